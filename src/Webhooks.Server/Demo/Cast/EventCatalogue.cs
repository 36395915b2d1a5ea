namespace Webhooks.Server.Demo.Cast;

/// <summary>What happens at the played publisher: a platform that shops, travel agencies and clinics sell and bill over.</summary>
internal static class EventCatalogue
{
    private static readonly string[] Money = ["billing"];
    private static readonly string[] Goods = ["warehouse"];

    public static readonly IReadOnlyList<EventKind> Kinds =
    [
        new("order.created", "A customer placed an order.", 20, draw => new
        {
            orderId = draw.Id("ord_"), customerId = draw.Customer(), shipTo = Address(draw), currency = draw.Currency(),
            amount = draw.Amount(), items = draw.Items(),
        }) { OrderedBy = "customerId" },
        new("order.paid", "The payment of an order was confirmed.", 16, draw => new
        {
            orderId = draw.Id("ord_"), customerId = draw.Customer(), amount = draw.Amount(), currency = draw.Currency(),
            method = draw.Of("card", "sepa", "twint", "invoice"),
        }) { OrderedBy = "customerId" },
        new("order.shipped", "An order left the warehouse.", 13, draw => new
        {
            orderId = draw.Id("ord_"), customerId = draw.Customer(), carrier = draw.Of("Posten Nord", "Kurier 24", "飛脚便"),
            trackingNumber = draw.Id("", 12), city = draw.City(), parcels = draw.Number(1, 4),
        }) { Channels = Goods, OrderedBy = "customerId" },
        new("order.canceled", "An order was canceled before it was shipped.", 3, draw => new
        {
            orderId = draw.Id("ord_"), customerId = draw.Customer(),
            reason = draw.Of("Zu spät geliefert", "changed my mind", "nicht mehr nötig", "在庫切れ"),
        }) { OrderedBy = "customerId" },
        new("shipment.delivered", "A parcel was handed over.", 10, draw => new
        {
            shipmentId = draw.Id("shp_"), city = draw.City(), receivedBy = draw.Person(), deliveredAt = draw.Now,
        }) { Channels = Goods },
        new("invoice.created", "An invoice was written.", 10, draw => Invoice(draw)) { Channels = Money, OrderedBy = "customerId" },
        new("invoice.paid", "An invoice was paid in full.", 9, draw => Invoice(draw)) { Channels = Money, OrderedBy = "customerId" },
        new("invoice.overdue", "An invoice was not paid in time.", 2, draw => Invoice(draw)) { Channels = Money, OrderedBy = "customerId" },
        new("payment.failed", "A payment was refused by the bank.", 3, draw => new
        {
            paymentId = draw.Id("pay_"), customerId = draw.Customer(), amount = draw.Amount(), currency = draw.Currency(),
            code = draw.Of("insufficient_funds", "card_expired", "do_not_honor"), retryable = draw.Number(0, 2) == 1,
        }) { Channels = Money },
        new("refund.issued", "Money was sent back to a customer.", 2, draw => new
        {
            refundId = draw.Id("ref_"), orderId = draw.Id("ord_"), amount = draw.Amount(), currency = draw.Currency(),
            note = draw.Of("Kulanz – Tasse zerbrochen ☕", "duplicate payment", "Rücksendung vollständig"),
        }) { Channels = Money },
        new("customer.created", "Somebody opened an account.", 4, draw => Customer(draw)),
        new("customer.updated", "Somebody changed their account.", 5, draw => Customer(draw)),
        new("inventory.low", "Less of an article is left than it should be.", 2, draw => new
        {
            sku = draw.Of("ESP-060", "RUC-45L", "LMP-002", "TEA-GYO"), left = draw.Number(0, 6), warehouse = draw.City(),
        }) { Channels = Goods },
        new("order.updated", "Use order.paid, order.shipped and order.canceled: this one does not say what changed.", 1, draw => new
        {
            orderId = draw.Id("ord_"), status = draw.Of("paid", "shipped", "canceled"),
        }) { Deprecated = true },
    ];

    private static object Customer(Draw draw) => new
    {
        customerId = draw.Customer(), name = draw.Person(), city = draw.City(), email = draw.Id("", 8) + "@example.com",
        newsletter = draw.Number(0, 3) == 0,
    };

    private static object Address(Draw draw) => new { name = draw.Person(), city = draw.City() };

    private static object Invoice(Draw draw) => new
    {
        invoiceId = draw.Id("inv_"), customerId = draw.Customer(), amount = draw.Amount(), currency = draw.Currency(),
        dueAt = draw.Now.AddDays(14), lines = draw.Items(),
    };
}
