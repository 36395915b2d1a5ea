using Microsoft.Extensions.DependencyInjection;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>Runs a feature against a recording and binds all that EF Core sent for it.</summary>
public abstract class BoundQueries : IAsyncLifetime
{
    private protected static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private FeatureHost _host = null!;

    // A row for each statement of a batch.
    private protected BoundQueries() =>
        Server = new(command => IsWithoutRows(command) || Left-- <= 0 ? [] : [.. Enumerable.Repeat(Row, 8)]);

    private protected RecordingServer Server { get; }

    private protected object?[][] Row { get; set; } = [[new Any(true)]];

    /// <summary>Loops work until nothing is left: after so many statements there is nothing.</summary>
    private protected int Left { get; set; } = 20;

    /// <summary>Marks of statements that find nothing. Any row has "{}" wherever there is a text, which is no list of steps.</summary>
    private protected List<string> Unanswered { get; } = ["FROM [escalation_policies]"];

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>With rows in which nothing is null.</summary>
    private protected Task BindsFullAsync(Func<IServiceProvider, Task> work, string mark, int left)
    {
        (Row, Left) = ([[new Any(true, IsFull: true)]], left);
        return BindsAsync(work, mark);
    }

    /// <param name="mark">What is in one of the statements, so that it surely was sent.</param>
    private protected async Task BindsAsync(Func<IServiceProvider, Task> work, string mark)
    {
        await using var scope = _host.Services.CreateAsyncScope();

        await work(scope.ServiceProvider);

        Server.Sent.ShouldContain(command => command.Text.Contains(mark, StringComparison.Ordinal));
        Server.ShouldBind();
    }

    public async ValueTask InitializeAsync() => _host = await FeatureHost.StartAsync(Server);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _host.DisposeAsync();
    }

    private bool IsWithoutRows(SentCommand command) => Unanswered.Exists(part => command.Text.Contains(part, StringComparison.Ordinal));
}
