using FsCheck;
using FsCheck.Xunit;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Polling;

namespace Webhooks.Core.Tests.Polling;

public sealed class PollIteratorTests
{
    [Property]
    public bool TryParse_WrittenIterator_IsTheSamePlace(ulong upper, ulong lower, long sequence)
    {
        var iterator = new PollIterator(new EndpointId(new UInt128(upper, lower)), sequence & long.MaxValue);

        return PollIterator.TryParse(iterator.ToString(), out var parsed) && parsed == iterator;
    }

    [Property]
    public bool TryParse_AnyText_IsFalseOrItsOnlyText(NonNull<string> text) =>
        !PollIterator.TryParse(text.Get, out var parsed) || parsed.ToString() == text.Get;

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA//////////")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAIAAAAAAAAAA")]
    [InlineData("AAAA AAAA\tAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void TryParse_AnythingElse_IsFalse(string text) => PollIterator.TryParse(text, out _).ShouldBeFalse();
}
