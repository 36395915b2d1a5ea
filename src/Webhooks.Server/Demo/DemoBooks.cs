using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Ledger;

namespace Webhooks.Server.Demo;

/// <summary>
/// Keeps the books: lanes are read shortly before each hour ends, so that what came is booked in its hour; counts are made twice a day,
/// and days are sealed once they are closed.
/// </summary>
internal sealed class DemoBooks(DemoStage stage) : IHappening
{
    private const int CountEvery = 12;
    private static readonly TimeSpan BeforeTheHour = TimeSpan.FromSeconds(5);

    public DateTimeOffset NextAt { get; private set; } = LedgerTime.HourOf(stage.Since) + LedgerTime.Hour - BeforeTheHour;

    public async Task GoOnAsync()
    {
        var hour = LedgerTime.HourOf(NextAt);
        NextAt += LedgerTime.Hour;
        if (hour.Hour % CountEvery == CountEvery - 1)
            await AuditAsync();
        else
            await stage.Service.InScopeAsync<LedgerBooking>(booking => booking.RunAsync(CancellationToken.None));
        await SealAsync();
    }

    /// <summary>Until every count is of now.</summary>
    public async Task CloseAsync()
    {
        var now = stage.Now;
        do
            await AuditAsync();
        while (await stage.Service.ReadAsync(db => db.LedgerHours.AnyAsync(h => h.SettledAt == null && h.CountedAt < now)));
        await SealAsync();
    }

    private Task AuditAsync() => stage.Service.InScopeAsync<LedgerAudit>(audit => audit.RunAsync(CancellationToken.None));

    private Task SealAsync() => stage.Service.InScopeAsync<LedgerSealer>(sealer => sealer.RunAsync(CancellationToken.None));
}
