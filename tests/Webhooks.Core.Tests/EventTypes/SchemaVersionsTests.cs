using Webhooks.Core.EventTypes;

namespace Webhooks.Core.Tests.EventTypes;

public sealed class SchemaVersionsTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("1", "1")]
    [InlineData("1 2 10 9", "10")]
    [InlineData("2 010 9", "010")]
    [InlineData("99999999999999999999998 99999999999999999999999 1", "99999999999999999999999")]
    [InlineData("draft 1", "1")]
    [InlineData("v1 v2 v10", "v2")]
    [InlineData("1.0 1.1", "1.1")]
    [InlineData("a B", "a")]
    public void Highest_Versions_NumbersComeFirstAndCountAsNumbers(string versions, string? highest)
    {
        SchemaVersions.Highest(versions.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBe(highest);
    }
}
