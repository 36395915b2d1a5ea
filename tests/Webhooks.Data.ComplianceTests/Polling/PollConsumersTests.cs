using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Polling;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Polling;

/// <summary>Where named readers are: moved forwards by what they confirm, anywhere by a seek.</summary>
public abstract class PollConsumersTests(Store store) : StoreTests(store)
{
    private const string Name = "warehouse";

    [Fact]
    public async Task Confirm_LaterThenEarlier_StaysAtTheLater()
    {
        var endpoint = await Given.EndpointAsync();

        await ConfirmAsync(endpoint, 5);
        await ConfirmAsync(endpoint, 7);
        await ConfirmAsync(endpoint, 6);

        (await PositionsAsync(endpoint)).ShouldBe([7]);
    }

    [Fact]
    public async Task Confirm_ManyAtOnceByAReaderThatIsNew_MakeOneAtTheLatest()
    {
        var endpoint = await Given.EndpointAsync();

        await Task.WhenAll(Enumerable.Range(1, 8).Select(sequence => ConfirmAsync(endpoint, sequence)));

        (await PositionsAsync(endpoint)).ShouldBe([8]);
    }

    [Fact]
    public async Task Place_Earlier_GoesBack()
    {
        var endpoint = await Given.EndpointAsync();
        await ConfirmAsync(endpoint, 7);

        await Given.WriteAsync(db => new PollConsumers(db, Sql, Clock).PlaceAsync(endpoint, Name, 3, Cancel));

        (await PositionsAsync(endpoint)).ShouldBe([3]);
    }

    [Fact]
    public async Task Confirm_ReaderOfTheSameNameAtAnotherEndpoint_IsAnother()
    {
        var (endpoint, other) = (await Given.EndpointAsync(), await Given.EndpointAsync());
        await ConfirmAsync(endpoint, 7);
        await ConfirmAsync(other, 1);

        (await PositionsAsync(endpoint)).ShouldBe([7]);
    }

    private async Task ConfirmAsync(EndpointId endpoint, long sequence)
    {
        await using var db = NewContext();
        (await new PollConsumers(db, Sql, Clock).ConfirmAsync(endpoint, Name, sequence, Cancel)).ShouldBeNull();
    }

    private Task<List<long>> PositionsAsync(EndpointId endpoint) =>
        Db.PollConsumers.Where(c => c.EndpointId == endpoint).Select(c => c.Sequence).ToListAsync(Cancel);
}
