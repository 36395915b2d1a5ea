using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;

namespace Webhooks.Data.SqlServer.Tests;

public sealed class SqlServerServicesTests
{
    private const string Database = "Data Source=db.example.com;Initial Catalog=webhooks;User ID=a;Password=b";

    [Fact]
    public async Task AddWebhooksSqlServer_ConnectionString_GivesTheEngineAndItsContext()
    {
        await using var services = new ServiceCollection().AddWebhooksSqlServer(Database).BuildServiceProvider(validateScopes: true);
        await using var scope = services.CreateAsyncScope();

        services.GetRequiredService<IWebhooksSql>().ShouldBeOfType<SqlServerWebhooksSql>();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>().ShouldBeOfType<SqlServerWebhooksDbContext>();
        (db.Database.GetDbConnection().DataSource, db.Database.GetDbConnection().Database).ShouldBe(("db.example.com", "webhooks"));
    }
}
