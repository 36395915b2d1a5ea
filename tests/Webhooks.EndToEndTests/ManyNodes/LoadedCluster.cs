using Webhooks.EndToEndTests.Hosting;
using Webhooks.EndToEndTests.Ledger;
using Webhooks.EndToEndTests.Load;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>Several nodes on one database that started together while it was empty, their subscribers and their publishers.</summary>
internal sealed class LoadedCluster : IAsyncDisposable
{
    private const int PublisherCount = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StoppedWithin = TimeSpan.FromSeconds(60);

    private readonly LoadedEndpoints _endpoints;

    private LoadedCluster(IReadOnlyList<Node> nodes, LoadedEndpoints endpoints, Outbox outbox, int seed)
    {
        (Nodes, _endpoints, Outbox) = (nodes, endpoints, outbox);
        Publishers = new Publishers([.. nodes.Select(node => node.Api)], LoadedEndpoints.Application, LoadedEndpoints.EventTypes, seed);
    }

    /// <summary>
    /// Leases that a test can see the end of, with attempts as short as these allow; not so short that a busy machine makes attempts time
    /// out.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> ShortLeases { get; } = new Dictionary<string, string?>
    {
        ["Webhooks__Delivery__Lease"] = "00:00:16",
        ["Webhooks__Delivery__AttemptTimeout"] = "00:00:03",
        ["Webhooks__Delivery__ConnectTimeout"] = "00:00:03",
    };

    public IReadOnlyList<Node> Nodes { get; }

    public Publishers Publishers { get; }

    /// <summary>Read by a connection of its own.</summary>
    public Outbox Outbox { get; }

    public string Output => string.Join('\n', Nodes.Select((node, number) => $"--- node {number}\n{node.Server.Output}"));

    /// <param name="database">How the test itself reaches it.</param>
    /// <param name="slowest">How long an answer takes at most.</param>
    public static async Task<LoadedCluster> StartAsync(
        string database, IReadOnlyList<NodeSetup> nodes, TimeSpan slowest, int seed, CancellationToken cancellationToken)
    {
        var endpoints = await LoadedEndpoints.StartAsync(seed, slowest, cancellationToken);
        var cluster = new LoadedCluster(
            [.. nodes.Select(node => new Node(node))], endpoints, Outbox.OfPostgreSql(database), seed);
        try
        {
            await cluster.ReadyAsync(cancellationToken);
            await endpoints.SubscribeAsync(cluster.Nodes[0].Api, cancellationToken);
            cluster.Publishers.Start(PublisherCount, Pause, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task ReadyAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Nodes.Select(node => node.Server.ReadyAsync(cancellationToken)));

    /// <summary>Waits until that many more events were accepted: then the nodes are under load.</summary>
    public Task AcceptedAsync(int more, CancellationToken cancellationToken) =>
        Publishers.AcceptedAsync(more, () => Output, cancellationToken);

    public Task EventuallyAsync(Func<bool> holds, string otherwise, CancellationToken cancellationToken) =>
        EventuallyAsync(_ => Task.FromResult(holds()), otherwise, cancellationToken);

    public Task EventuallyAsync(Func<CancellationToken, Task<bool>> holds, string otherwise, CancellationToken cancellationToken) =>
        Eventually.TrueAsync(holds, Within, LookEvery, () => $"{otherwise} The servers printed:\n{Output}", cancellationToken);

    /// <summary>Ends publishing, waits until nothing is on its way but to the dead endpoint, reads the service's books, stops all nodes and opens ours.</summary>
    public async Task<Books> SettleAsync(CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        await Publishers.FinishAsync();
        await EventuallyAsync(() => Outbox.Unfinished([_endpoints.Dead.Id]) == 0, "Deliveries are still on their way.", cancellationToken);

        // The service's own books must say the same as ours.
        await LedgerReading.BalancesAsync(
            Nodes[0].Api, Outbox.Deliveries().Count, since: TimeProvider.System.GetUtcNow(), () => Output, cancellationToken);
        var exitCodes = await Task.WhenAll(Nodes.Select(node => node.Server.StopAsync(StoppedWithin, cancellationToken)));
        exitCodes.ShouldAllBe(code => code == 0, Output);
        return new Books(Publishers.Published, _endpoints.All, Outbox);
    }

    public string Summary(Books books) =>
        $"{Publishers.Published.Count} messages in {Publishers.Sent} requests; {books.Deliveries} deliveries; "
        + $"{books.Unknowns} attempts unknown; {books.Repeats} requests were repeats, {books.Duplicates} of them of one that was answered 2xx; "
        + $"most at once: {books.MostAtOnce}";

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Nodes.Select(node => node.DisposeAsync().AsTask()));
        await _endpoints.DisposeAsync();
    }
}
