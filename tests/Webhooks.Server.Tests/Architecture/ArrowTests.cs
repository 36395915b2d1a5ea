using System.Reflection;
using NetArchTest.Rules;
using Webhooks.Core.Data;
using Webhooks.Data.PostgreSql;
using Webhooks.Data.Sqlite;
using Webhooks.Data.SqlServer;
using Webhooks.Protocol;
using Webhooks.Server.Jobs;

namespace Webhooks.Server.Tests.Architecture;

/// <summary>Server → Data.* → Core → Protocol, and each foreign thing in one place.</summary>
public sealed class ArrowTests
{
    private static readonly Assembly Protocol = typeof(WebhookHeaders).Assembly;
    private static readonly Assembly Core = typeof(WebhooksDbContext).Assembly;
    private static readonly Assembly Sqlite = typeof(SqliteWebhooksSql).Assembly;
    private static readonly Assembly PostgreSql = typeof(PostgreSqlWebhooksSql).Assembly;
    private static readonly Assembly SqlServer = typeof(SqlServerWebhooksSql).Assembly;
    private static readonly Assembly Server = typeof(DeliveryServer).Assembly;

    [Fact]
    public void Protocol_ReferencesTheBaseLibraryOnly() =>
        Protocol.GetReferencedAssemblies().ShouldAllBe(name => name.Name!.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void Core_ReferencesNoEngineAndNoServer() =>
        ReferencesOf(Core).ShouldNotContain(name => name.StartsWith("Webhooks.Data", StringComparison.Ordinal)
            || name.StartsWith("Webhooks.Server", StringComparison.Ordinal)
            || name.StartsWith("Hangfire", StringComparison.Ordinal)
            || name.Contains("Sqlite", StringComparison.Ordinal)
            || name.Contains("Npgsql", StringComparison.Ordinal)
            || name.Contains("SqlClient", StringComparison.Ordinal));

    [Fact]
    public void Engines_ReferenceNeitherServerNorHangfireNorEachOther()
    {
        foreach (var engine in new[] { Sqlite, PostgreSql, SqlServer })
        {
            ReferencesOf(engine).ShouldNotContain(name => name.StartsWith("Webhooks.Server", StringComparison.Ordinal)
                || name.StartsWith("Webhooks.Data", StringComparison.Ordinal)
                || name.StartsWith("Hangfire", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Hangfire", "Webhooks.Server.Jobs")]
    [InlineData("Swashbuckle", "Webhooks.Server.OpenApi")]
    [InlineData("OpenTelemetry", "Webhooks.Server.Telemetry")]
    [InlineData("Microsoft.Data.Sqlite", "Webhooks.Data.Sqlite")]
    [InlineData("Npgsql", "Webhooks.Data.PostgreSql")]
    [InlineData("Microsoft.Data.SqlClient", "Webhooks.Data.SqlServer")]
    [InlineData("NSec", "Webhooks.Core.Security.Signing")]
    [InlineData("NJsonSchema", "Webhooks.Core.EventTypes")]
    [InlineData("MailKit", "Webhooks.Core.Channels.Sending")]
    [InlineData("MimeKit", "Webhooks.Core.Channels.Sending")]
    public void Library_IsUsedInItsOnePlaceOnly(string library, string place)
    {
        var result = Types.InAssemblies([Protocol, Core, Sqlite, PostgreSql, SqlServer, Server])
            .That().DoNotResideInNamespace(place)
            .ShouldNot().HaveDependencyOn(library)
            .GetResult();

        (result.FailingTypeNames ?? []).ShouldBeEmpty();
    }

    [Fact]
    public void Polly_IsUsedByBothSendersAndDatabaseResilienceOnly()
    {
        var result = Types.InAssemblies([Protocol, Core, Sqlite, PostgreSql, SqlServer, Server])
            .That().DoNotResideInNamespace("Webhooks.Core.Deliveries.Sending")
            .And().DoNotResideInNamespace("Webhooks.Core.Channels.Sending").And().DoNotHaveName(nameof(DatabaseResilience))
            .ShouldNot().HaveDependencyOn("Polly")
            .GetResult();

        (result.FailingTypeNames ?? []).ShouldBeEmpty();
    }

    [Fact]
    public void Classes_ThatNobodyDerivesFrom_AreSealed()
    {
        var classes = new[] { Protocol, Core, Sqlite, PostgreSql, SqlServer }
            .SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsClass).ToList();
        var bases = classes.Select(type => type.BaseType).ToHashSet();

        var open = classes.Where(type => !type.IsSealed && !bases.Contains(type) && !type.Name.Contains('<', StringComparison.Ordinal));

        open.Where(type => type.Namespace?.EndsWith("Migrations", StringComparison.Ordinal) == false).ShouldBeEmpty();
    }

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
