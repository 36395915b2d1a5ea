using FsCheck.Xunit;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Tests.Data.Ids;

public sealed class IdTextTests
{
    [Property]
    public bool TryParse_FormattedId_IsTheSameId(ulong upper, ulong lower)
    {
        var id = new MessageId(new UInt128(upper, lower));

        return IdText.TryParse<MessageId>(id.ToString(), out var parsed) && parsed == id;
    }

    [Property]
    public bool Format_TwoIds_TextsSortAsTheirBytesDo(ulong upper, ulong lower, ulong otherUpper, ulong otherLower)
    {
        var (id, other) = (new MessageId(new UInt128(upper, lower)), new MessageId(new UInt128(otherUpper, otherLower)));

        var texts = Math.Sign(string.CompareOrdinal(id.ToString(), other.ToString()));

        return texts == Math.Sign(id.ToBytes().AsSpan().SequenceCompareTo(other.ToBytes())) && texts == id.CompareTo(other);
    }

    [Property]
    public bool Read_WrittenBytes_IsTheSameId(ulong upper, ulong lower)
    {
        var id = new MessageId(new UInt128(upper, lower));

        return IdBytes.Read<MessageId>(id.ToBytes()) == id;
    }

    [Property]
    public bool TryParse_AnIdWithACharacterChanged_IsFalseOrAnotherId(ulong upper, ulong lower, byte place, char character)
    {
        var text = new MessageId(new UInt128(upper, lower)).ToString().ToCharArray();
        text[place % text.Length] = character;

        return !IdText.TryParse<MessageId>(new string(text), out var parsed) || parsed.ToString() == new string(text);
    }

    [Theory]
    [InlineData("0", "msg_00000000000000000000000000")]
    [InlineData("1", "msg_00000000000000000000000001")]
    [InlineData("340282366920938463463374607431768211455", "msg_7zzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void Format_KnownValues_IsCrockfordInLowerCase(string value, string text)
    {
        new MessageId(UInt128.Parse(value)).ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("msg_")]
    [InlineData("msg_0000000000000000000000000")]
    [InlineData("msg_000000000000000000000000000")]
    [InlineData("msg_80000000000000000000000000")]
    [InlineData("msg_0000000000000000000000000u")]
    [InlineData("msg_0000000000000000000000000A")]
    [InlineData("MSG_00000000000000000000000000")]
    [InlineData("dlv_00000000000000000000000000")]
    public void TryParse_AnythingElse_IsFalse(string? text)
    {
        IdText.TryParse<MessageId>(text, out var id).ShouldBeFalse();
        id.ShouldBe(default);
    }

    [Fact]
    public void TryParse_IdOfAnotherKind_IsFalse()
    {
        IdText.TryParse<MessageId>(new EndpointId(1).ToString(), out _).ShouldBeFalse();
    }
}
