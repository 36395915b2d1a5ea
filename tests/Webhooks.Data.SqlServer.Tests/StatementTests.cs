using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Webhooks.Data.SqlServer.Tests.Binding;

namespace Webhooks.Data.SqlServer.Tests;

/// <summary>No server is at hand where these run: what is written by hand is parsed and bound instead.</summary>
public sealed partial class StatementTests
{
    [Fact]
    public void EveryConstant_OfASqlClass_ParsesAndBinds()
    {
        Constants.All.Count.ShouldBeGreaterThan(20);

        DatabaseModel.FindFaults([.. Constants.All.Values.Select(Statement.Of)]).ShouldBeEmpty();
    }

    [Fact]
    public void EveryStatement_InTheAssembly_IsAConstantOfASqlClass()
    {
        var known = Constants.All.Values.ToHashSet();

        var statements = Literals().Where(text => StartsLikeSql().IsMatch(text) && !MigrationScript.Text.Contains(text)).ToList();

        statements.ShouldNotBeEmpty();
        statements.ShouldBeSubsetOf(known);
    }

    [Theory]
    [InlineData("SELECT due_on FROM deliveries;", "due_on")]
    [InlineData("SELECT id FROM delivery;", "delivery")]
    [InlineData("SELECT d.id FROM deliveries AS d WHERE d.stat = 0;", "stat")]
    [InlineData("SELECT d.id FROM deliveries AS d ORDER BY d.due;", "due")]
    [InlineData("UPDATE d SET leased = NULL FROM deliveries AS d;", "leased")]
    [InlineData("INSERT INTO lanes (endpoint) VALUES (0x00);", "endpoint")]
    [InlineData("UPDATE d SET state = 1 OUTPUT inserted.place FROM deliveries AS d;", "place")]
    [InlineData("UPDATE l SET held = k.hold FROM OPENJSON(@x) WITH (held bit) AS k JOIN lanes AS l ON l.held = k.held;", "hold")]
    [InlineData("SELECT t.b FROM lanes AS l CROSS APPLY (SELECT l.ready_at AS a) AS t;", "b")]
    [InlineData("SELECT id FORM deliveries;", "FORM")]
    [InlineData("SELECT GREATEST(1, 2", "GREATEST")]
    public void FindFaults_AWrongStatement_IsFound(string sql, string named)
    {
        var faults = DatabaseModel.FindFaults(Statement.Of(sql));

        faults.ShouldNotBeEmpty();
        faults.ShouldContain(fault => fault.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void FindFaults_AParameterThatIsNotSent_IsFound()
    {
        DatabaseModel.FindFaults(new Statement("SELECT id FROM lanes WHERE ready_at <= @now;", [("@then", "bigint")])).ShouldNotBeEmpty();
    }

    // Every string literal of the assembly's code.
    private static List<string> Literals()
    {
        using var file = new PEReader(File.OpenRead(typeof(SqlServerWebhooksSql).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var literals = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
            literals.Add(metadata.GetUserString(handle));
        return literals;
    }

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|DECLARE|EXEC|ALTER|CREATE|DROP|WITH|SET|IF)\s")]
    private static partial Regex StartsLikeSql();
}
