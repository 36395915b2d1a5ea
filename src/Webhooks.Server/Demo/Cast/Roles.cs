namespace Webhooks.Server.Demo.Cast;

/// <summary>The uids of endpoints that people have to do with during the week.</summary>
internal static class Roles
{
    public const string Maintained = "erp-orders";
    public const string Ordered = "warehouse";
    public const string Picky = "accounting";
    public const string Silent = "patients";
    public const string AtMostOnce = "payouts";
    public const string RateLimited = "workshop";
    public const string DownNow = "reservas";
    public const string Gone = "old-inventory";
    public const string BrokenTls = "kasse";
    public const string Dead = "booking";
    public const string Paused = "studio";
}
