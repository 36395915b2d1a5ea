using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Data.SqlServer.Tests.Recording;

/// <summary>A connection to nowhere, which opens at once.</summary>
internal sealed class RecordingConnection(RecordingServer server) : DbConnection
{
    private ConnectionState _state = ConnectionState.Closed;

    [AllowNull]
    public override string ConnectionString { get; set; } = "Data Source=nowhere";

    public override string Database => "webhooks";
    public override string DataSource => "nowhere";
    public override string ServerVersion => "15.00.0000";
    public override ConnectionState State => _state;

    public override void Open() => _state = ConnectionState.Open;

    public override void Close() => _state = ConnectionState.Closed;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        new RecordingTransaction(server, this, isolationLevel);

    protected override DbCommand CreateDbCommand() => new RecordingCommand(server) { Connection = this };
}

internal sealed class RecordingTransaction(RecordingServer server, DbConnection connection, IsolationLevel isolationLevel) : DbTransaction
{
    public override IsolationLevel IsolationLevel => isolationLevel;
    protected override DbConnection DbConnection => connection;

    public override void Commit() => server.Commit();

    public override void Rollback()
    {
    }
}
