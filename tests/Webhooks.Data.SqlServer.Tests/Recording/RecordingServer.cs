using System.Collections.Concurrent;
using System.Data.Common;
using Webhooks.Data.SqlServer.Tests.Binding;

namespace Webhooks.Data.SqlServer.Tests.Recording;

/// <summary>Stands where the server would: keeps what it is sent, and answers what the test says.</summary>
/// <param name="answer">The rows of each query of a command; it must not depend on the order in which connections come.</param>
internal sealed class RecordingServer(Func<SentCommand, IReadOnlyList<object?[][]>> answer)
{
    private readonly ConcurrentQueue<SentCommand> _sent = new();

    public IReadOnlyCollection<SentCommand> Sent => _sent;

    public int Commits { get; private set; }

    public SentCommand Single(string part) => _sent.Single(command => command.Text.Contains(part, StringComparison.Ordinal));

    /// <summary>All that was sent binds, with the parameters that it was sent with.</summary>
    public void ShouldBind() =>
        DatabaseModel.FindFaults([.. _sent.Select(command => command.Statement).DistinctBy(statement => statement.Text)]).ShouldBeEmpty();

    public DbConnection NewConnection() => new RecordingConnection(this);

    public SqlServerWebhooksSql NewSql() => new(new SqlServerDatabase(NewConnection));

    public AnswerReader Answer(SentCommand command)
    {
        _sent.Enqueue(command);
        return new AnswerReader(answer(command));
    }

    public void Commit() => Commits++;
}
