namespace Webhooks.Dashboard.Tests.Access;

/// <summary>The tests' own app against the vectors of RFC 6238, appendix B (their last six digits).</summary>
public sealed class TotpTests
{
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(20_000_000_000, "353130")]
    public void CodeOf_VectorOfTheStandard_IsItsCode(long seconds, string code) =>
        Totp.CodeOf("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", DateTimeOffset.FromUnixTimeSeconds(seconds)).ShouldBe(code);
}
