using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Webhooks.Data.SqlServer.Tests.Recording;

/// <summary>A real command, so that its parameters have the types that the server would see; only that it is not sent.</summary>
internal sealed class RecordingCommand(RecordingServer server) : DbCommand
{
    private readonly SqlCommand _command = new();

    [AllowNull]
    public override string CommandText { get => _command.CommandText; set => _command.CommandText = value; }

    public override int CommandTimeout { get => _command.CommandTimeout; set => _command.CommandTimeout = value; }
    public override CommandType CommandType { get => _command.CommandType; set => _command.CommandType = value; }
    public override UpdateRowSource UpdatedRowSource { get => _command.UpdatedRowSource; set => _command.UpdatedRowSource = value; }
    public override bool DesignTimeVisible { get; set; }
    protected override DbConnection? DbConnection { get; set; }
    protected override DbTransaction? DbTransaction { get; set; }
    protected override DbParameterCollection DbParameterCollection => _command.Parameters;

    public override int ExecuteNonQuery() => server.Answer(SentCommand.Of(_command)).RecordsAffected;

    public override object? ExecuteScalar()
    {
        var reader = server.Answer(SentCommand.Of(_command));
        return reader.Read() ? reader.GetValue(0) : null;
    }

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => _command.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => server.Answer(SentCommand.Of(_command));

    protected override void Dispose(bool disposing)
    {
        _command.Dispose();
        base.Dispose(disposing);
    }
}
