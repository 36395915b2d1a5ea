using Microsoft.AspNetCore.DataProtection;
using Webhooks.Core.Security;

namespace Webhooks.Core.Tests.Security;

public sealed class HeaderCacheTests : IDisposable
{
    private readonly SecretProtectors _protectors = new(new EphemeralDataProtectionProvider());
    private readonly HeaderCache _cache;

    public HeaderCacheTests() => _cache = new HeaderCache(_protectors);

    [Fact]
    public void Get_StoredHeaders_AreThoseStored()
    {
        var stored = _protectors.EndpointHeaders.Protect("""{"x-a":"1","authorization":"Bearer é"}""");

        _cache.Get(stored).ShouldBe([new("x-a", "1"), new("authorization", "Bearer é")]);
    }

    [Fact]
    public void Get_SameBytesInAnotherArray_IsTheSameList()
    {
        var stored = _protectors.EndpointHeaders.Protect("""{"x-a":"1"}""");

        var first = _cache.Get(stored);

        _cache.Get([.. stored]).ShouldBeSameAs(first);
    }

    [Fact]
    public void Get_Null_IsEmpty()
    {
        _cache.Get(null).ShouldBeEmpty();
    }

    [Fact]
    public void Get_MoreThanTheLimit_StaysBounded()
    {
        using var cache = new HeaderCache(_protectors, sizeLimit: 1_000);

        for (var i = 0; i < 50; i++)
            cache.Get(_protectors.EndpointHeaders.Protect("""{"x-a":"1"}"""));

        cache.Count.ShouldBeInRange(1, 10);
    }

    public void Dispose() => _cache.Dispose();
}
