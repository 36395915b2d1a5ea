using System.Globalization;

namespace Webhooks.Server.Demo.Cast;

/// <summary>What chance puts into payloads.</summary>
internal sealed class Draw(Random chance, DateTimeOffset now)
{
    private static readonly string[] People =
    [
        "Zoë Müller", "Łukasz Wójcik", "山田 花子", "Søren Østergård", "Amélie Dûbois", "José Núñez", "Ana Ćosić", "Oluwaseun Adeyemi",
        "Priya Raman", "Tomáš Dvořák", "Ingrid Håkansson", "Emre Yıldız", "Noor Haddad", "Liam O’Connor", "Κατερίνα Παππά", "Mia Becker",
    ];

    private static readonly string[] Cities =
        ["Zürich", "Kraków", "京都", "Århus", "Besançon", "Cádiz", "Malmö", "İzmir", "Brno", "Galway", "Θεσσαλονίκη", "Köln", "Wien"];

    private static readonly (string Sku, string Name, decimal Price)[] Goods =
    [
        ("ESP-060", "Espressotasse „Kolibri“, 60 ml", 12.50m), ("RUC-45L", "Trekkingrucksack 45 l", 129.00m),
        ("BOOK-118", "Die Wälder – ein Atlas 🌲", 34.90m), ("LMP-002", "Schreibtischlampe, Messing", 89.00m),
        ("TEA-GYO", "玉露 Gyokuro, 100 g", 24.00m), ("WOOL-S3", "Fäustlinge aus Schurwolle", 29.95m),
        ("BIKE-LGT", "Clip-on bike light, 300 lm", 39.00m), ("CER-021", "茶碗 tea bowl, celadon", 58.00m),
        ("SOAP-OLV", "Jabón de oliva, 3 × 100 g", 9.80m), ("CHAIR-OAK", "Stuhl, Eiche geölt", 245.00m),
    ];

    public DateTimeOffset Now => now;

    public int Number(int from, int to) => chance.Next(from, to);

    public T Of<T>(params T[] choices) => choices[chance.Next(choices.Length)];

    public string Id(string prefix, int length = 10) =>
        prefix + string.Concat(Enumerable.Range(0, length).Select(_ => "abcdefghijkmnpqrstuvwxyz23456789"[chance.Next(32)]));

    /// <summary>Of a few hundred, so that the same ones come again.</summary>
    public string Customer() => string.Create(CultureInfo.InvariantCulture, $"cus_{chance.Next(100, 400)}");

    public string Person() => Of(People);

    public string City() => Of(Cities);

    public string Currency() => Of("EUR", "EUR", "EUR", "CHF", "PLN", "SEK", "JPY");

    public decimal Amount() => Math.Round((decimal)(8 + Math.Pow(chance.NextDouble(), 3) * 2_400), 2);

    public object[] Items() =>
    [
        .. Enumerable.Range(0, chance.Next(1, 4)).Select(_ => Of(Goods))
            .Select(good => new { sku = good.Sku, name = good.Name, quantity = chance.Next(1, 4), unitPrice = good.Price }),
    ];
}
