using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;

namespace Webhooks.Data.SqlServer;

/// <summary>
/// The model as SQL Server stores it. Ids as <c>binary(16)</c>, because <c>uniqueidentifier</c> does not sort by its bytes. Times as
/// whole microseconds in a <c>bigint</c>: <c>datetime2(6)</c> would round a tick where <see cref="UnixMicroseconds"/> cuts it, and a
/// time that was just written would compare as later than the same time in C#. Text is compared by its code units, as SQLite does.
/// </summary>
internal sealed class SqlServerWebhooksDbContext(DbContextOptions<SqlServerWebhooksDbContext> options) : WebhooksDbContext(options)
{
    /// <summary>Case, accents and width count, whatever the database's own collation is.</summary>
    public const string TextCollation = "Latin1_General_100_BIN2";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // The unique index on (application_id, uid) holds only endpoints with a uid here: it does not find all of an application.
        modelBuilder.Entity<Endpoint>().HasIndex(e => new { e.ApplicationId, e.Id });

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(IsText))
            property.SetCollation(TextCollation);
    }

    // A list of channels is filtered by OPENJSON, which compares in the collation of the column that it reads.
    private static bool IsText(IReadOnlyProperty property) =>
        property.ClrType == typeof(string)
        || property.GetValueConverter()?.ProviderClrType == typeof(string)
        || property.IsPrimitiveCollection;

    protected override void Id<TId>(ModelConfigurationBuilder configuration) =>
        configuration.Properties<TId>().HaveConversion<BinaryIdConverter<TId>>().HaveColumnType("binary(16)");
}
