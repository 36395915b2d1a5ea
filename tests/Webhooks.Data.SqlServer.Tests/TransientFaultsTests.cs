using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Webhooks.Data.SqlServer.Tests;

public sealed class TransientFaultsTests
{
    private const string Nobody = "Data Source=tcp:127.0.0.1,1;User ID=a;Password=b;Connect Timeout=5;ConnectRetryCount=0;Encrypt=false";

    [Fact]
    public async Task Is_NobodyListens_True()
    {
        await using var connection = new SqlConnection(Nobody);

        var fault = await Should.ThrowAsync<SqlException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));

        TransientFaults.Is(fault).ShouldBeTrue();
        TransientFaults.Is(fault.GetBaseException()).ShouldBeTrue();
        TransientFaults.Is(new InvalidOperationException("", new DbUpdateException("", fault))).ShouldBeTrue();
    }

    [Theory]
    [InlineData(-2, ""), InlineData(1205, ""), InlineData(1222, ""), InlineData(40613, ""), InlineData(9002, ""), InlineData(50_001, "")]
    [InlineData(2627, "Violation of PRIMARY KEY constraint 'PK_idempotency_records'. Cannot insert duplicate key in object 'dbo.x'.")]
    [InlineData(2601, "Cannot insert duplicate key row in object 'dbo.messages' with unique index 'IX_messages_application_id_event_id'.")]
    public void Is_ErrorThatPasses_True(int number, string message) => TransientFaults.Is(number, message).ShouldBeTrue();

    [Theory]
    [InlineData(207, ""), InlineData(547, ""), InlineData(8152, ""), InlineData(2628, "")]
    [InlineData(2627, "Violation of PRIMARY KEY constraint 'PK_deliveries'. Cannot insert duplicate key in object 'dbo.deliveries'.")]
    public void Is_ErrorThatStays_False(int number, string message) => TransientFaults.Is(number, message).ShouldBeFalse();

    [Fact]
    public void Is_StreamThatEnded_True() => TransientFaults.Is(new InvalidOperationException("", new EndOfStreamException())).ShouldBeTrue();

    [Fact]
    public void Is_FaultOfOurOwn_False() => TransientFaults.Is(new InvalidOperationException("")).ShouldBeFalse();
}
