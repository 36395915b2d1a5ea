using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Outbox;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>A node with connections, ids and a clock of its own, beside others on the same database.</summary>
internal sealed class Node : IAsyncDisposable
{
    public Node(string connectionString)
    {
        Database = new PostgreSqlDatabase(connectionString);
        Sql = new PostgreSqlWebhooksSql(Database);
        Writer = new OutboxWriter(
            Sql, new DatabaseResilience(Sql, TimeProvider.System), new IdGenerator(TimeProvider.System), new ContentFilterCache(), WakeUp,
            TimeProvider.System, Options.Create(new OutboxOptions()));
        Notifier = new ReadyNotifier(Database, Name, TimeProvider.System);
        Listener = new ReadyListener(Database, WakeUp, Name, TimeProvider.System, NullLogger<ReadyListener>.Instance);
    }

    public NodeName Name { get; } = new(Guid.NewGuid().ToString("n"));
    public PostgreSqlDatabase Database { get; }
    public PostgreSqlWebhooksSql Sql { get; }
    public OutboxWriter Writer { get; }
    public WakeUp WakeUp { get; } = new();
    public ReadyNotifier Notifier { get; }
    public ReadyListener Listener { get; }

    public async ValueTask DisposeAsync()
    {
        await Notifier.StopAsync(CancellationToken.None);
        await Listener.StopAsync(CancellationToken.None);
        Notifier.Dispose();
        Listener.Dispose();
        await Database.DisposeAsync();
    }
}
