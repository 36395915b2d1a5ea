using Microsoft.EntityFrameworkCore;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>The one character that text of PostgreSQL can't hold.</summary>
public sealed class PostgreSqlNulTests() : PostgreSqlStoreTests(new PostgreSqlStore())
{
    [Fact]
    public async Task Record_AnswerHasANulCharacter_IsRecordedWithoutIt()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        var claim = await ClaimAsync();

        var written = await RecordAsync(Answers.Ok with { ResponseHeaders = "x-odd: a\0b" }, claim.Deliveries);

        written.ShouldBe([true]);
        (await Db.Attempts.SingleAsync(Cancel)).ResponseHeaders.ShouldBe("x-odd: a\uFFFDb");
    }
}
