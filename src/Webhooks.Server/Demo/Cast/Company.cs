using Webhooks.Server.Demo.Weather;

namespace Webhooks.Server.Demo.Cast;

/// <summary>Who is in it. All names are invented, and all hosts are reserved for examples (RFC 2606): nobody is ever reached.</summary>
internal static class Company
{
    /// <summary>Waits that end within minutes: what is refused is in front of a person soon.</summary>
    private static readonly int[] Impatient = [5, 30, 120];

    private static readonly string[] Invoices = ["invoice.created", "invoice.paid", "invoice.overdue"];
    private static readonly string[] Orders = ["order.created", "order.paid", "order.shipped", "order.canceled"];

    public static readonly IReadOnlyList<CastApplication> Applications =
    [
        new("Tannenhof Möbel", "tannenhof", 3_200, 35,
        [
            new("https://erp.tannenhof.example/hooks/orders", "ERP: orders", Climates.Maintained)
            {
                Uid = Roles.Maintained, EventTypes = Orders,
            },
            new("https://shop.tannenhof.example/webhooks", "Shop", Climates.Healthy(70)) { Uid = "shop" },
            new("https://bi.tannenhof.example/ingest", "Reporting: larger orders only", Climates.Healthy(35))
            {
                Uid = "reporting", EventTypes = ["order.created", "order.paid"], Filter = new { path = "$.data.amount", gte = 250 },
            },
        ]) { Metadata = Notes("plan", "enterprise"), ThrottleRate = 200 },
        new("Halmstad Outdoor", "halmstad", 2_700, 33,
        [
            new("https://api.halmstad.example/v2/webhooks", "Warehouse, one by one in the order of the order", Climates.Conflicting)
            {
                Uid = Roles.Ordered, EventTypes = Orders, Ordered = true, ParkAfter = 3, RetryScheduleSeconds = [5, 30, 300, 1_800],
            },
            new("https://crm.halmstad.example/inbound", "CRM, at its pace", Climates.Healthy(210))
            {
                Uid = "crm", EventTypes = ["customer.created", "customer.updated"], ThrottleRate = 5, MaxInFlight = 2,
            },
            new("https://hooks.halmstad.example/slack-relay", "Team channel", Climates.Flaky)
            {
                EventTypes = ["inventory.low", "refund.issued"],
            },
        ]) { Metadata = Notes("plan", "business") },
        new("Brightwater Books", "brightwater", 2_300, 30,
        [
            new("https://books.brightwater.test/api/hooks", "Storefront", Climates.Flaky) { Uid = "storefront" },
            new("https://accounting.brightwater.test/import", "Accounting", Climates.Picky)
            {
                Uid = Roles.Picky, EventTypes = [.. Invoices, "order.paid", "payment.failed"], RetryScheduleSeconds = Impatient,
                Headers = Notes("x-tenant", "brightwater"),
            },
        ]) { Metadata = Notes("plan", "business") },
        new("Zelkova Health", "zelkova", 1_900, 28,
        [
            new("https://patients.zelkova.example/events", "Patient portal: never twice unasked", Climates.Silent)
            {
                Uid = Roles.Silent, EventTypes = ["invoice.created", "payment.failed", "customer.updated"], UnknownOutcome = "hold",
                Headers = Notes("x-clinic", "ZH-04"),
            },
            new("https://archive.zelkova.example/put", "Archive", Climates.Slow) { Uid = "archive", Channels = ["billing"] },
            new("https://labs.zelkova.example/hook", "Lab supplies", Climates.Healthy(55)) { Channels = ["warehouse"] },
        ]) { Metadata = Notes("plan", "enterprise") },
        new("Osprey Cycles", "osprey", 1_500, 26,
        [
            new("https://osprey-cycles.example/webhook", "Workshop planner", Climates.RateLimited)
            {
                Uid = Roles.RateLimited, ThrottleRate = 20,
            },
            new("https://pay.osprey-cycles.example/notify", "Payouts: at most once", Climates.SilentOnce)
            {
                Uid = Roles.AtMostOnce, EventTypes = ["refund.issued", "invoice.paid", "payment.failed", "order.paid"],
                UnknownOutcome = "deadLetter",
            },
        ]) { Metadata = Notes("plan", "starter") },
        new("Puerto Azul Travel", "puerto-azul", 1_900, 24,
        [
            new("https://reservas.puerto-azul.example/eventos", "Reservas", Climates.DownNow) { Uid = Roles.DownNow },
            new("https://mail.puerto-azul.example/lists", "Boletín", Climates.Healthy(120)) { EventTypes = ["customer.created"] },
        ]) { Metadata = Notes("plan", "business") },
        new("瑞木陶器 Mizuki Ceramics", "mizuki", 1_300, 20,
        [
            new("https://mizuki.example/hooks/orders", "注文 Orders", Climates.Healthy(240)) { Uid = "orders", EventTypes = Orders },
            new("https://old.mizuki.example/callback", "Old inventory system", Climates.Gone)
            {
                Uid = Roles.Gone, Channels = ["warehouse"],
            },
        ]) { Metadata = Notes("plan", "starter") },
        new("Café Kolibri", "kolibri", 900, 17,
        [
            new("https://kasse.kolibri.example/hook", "Kasse", Climates.BrokenTls) { Uid = Roles.BrokenTls },
            new("https://buchhaltung.kolibri.example/in", "Buchhaltung", Climates.Healthy(95)) { EventTypes = Invoices },
        ]) { Metadata = Notes("plan", "starter") },
        new("Fjellheim Ski", "fjellheim", 750, 12,
        [
            new("https://hooks.fjellheim.invalid/v1", "Booking system, moved away", Climates.Dead)
            {
                Uid = Roles.Dead, EventTypes = ["order.created", "order.canceled", "customer.created", "payment.failed"],
            },
            new("https://fjellheim.example/webhooks", "Shop", Climates.Healthy(60)) { Uid = "shop" },
        ]) { Metadata = Notes("plan", "business") },
        new("Lumen & Larch", "lumen-larch", 700, 9,
        [
            new("https://studio.lumen-larch.example/hooks", "Studio, moves house", Climates.Healthy(80)) { Uid = Roles.Paused },
            new("https://staging.lumen-larch.example/hooks", "Staging", Climates.Flaky) { Metadata = Notes("stage", "test") },
        ]) { Metadata = Notes("plan", "starter") },
    ];

    private static Dictionary<string, string> Notes(string name, string value) => new() { [name] = value };
}
