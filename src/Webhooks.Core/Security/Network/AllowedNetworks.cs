using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Notifications;

namespace Webhooks.Core.Security.Network;

/// <summary>
/// Reads <c>Webhooks:Delivery:AllowedNetworks</c> and <c>Webhooks:Notifications:AllowedNetworks</c>; a bad entry stops the start.
/// </summary>
internal sealed class AllowedNetworks : IValidateOptions<DeliveryOptions>, IValidateOptions<NotificationOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options) => Validate(DeliveryOptions.Section, options.AllowedNetworks);

    public ValidateOptionsResult Validate(string? name, NotificationOptions options) =>
        Validate(NotificationOptions.Section, options.AllowedNetworks);

    private static ValidateOptionsResult Validate(string section, IEnumerable<string> entries)
    {
        var failures = entries.Where(entry => !TryParse(entry, out _))
            .Select(entry => $"{section}:{nameof(DeliveryOptions.AllowedNetworks)}: {Sentence(entry)}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>The networks of valid entries.</summary>
    /// <exception cref="FormatException">An entry is not valid: the options were not validated.</exception>
    public static IReadOnlyList<IPNetwork> Parse(IEnumerable<string> entries) =>
        [.. entries.Select(entry => TryParse(entry, out var network) ? network.Value : throw new FormatException(Sentence(entry)))];

    // IPNetwork.TryParse is too kind for a list that opens doors: it reads "10/8" as 0.0.0.0/8 and drops the bits after the prefix.
    private static bool TryParse(string entry, [NotNullWhen(true)] out IPNetwork? network)
    {
        network = null;
        if (!IPNetwork.TryParse(entry, out var parsed))
            return false;

        var address = entry[..entry.IndexOf('/', StringComparison.Ordinal)];
        var isWritten = address.Contains(':', StringComparison.Ordinal) ? !address.Contains('%', StringComparison.Ordinal) : address.Count(c => c == '.') == 3;
        if (!isWritten || !IPAddress.Parse(address).Equals(parsed.BaseAddress))
            return false;

        network = parsed;
        return true;
    }

    private static string Sentence(string entry) =>
        $"'{entry}' is not a network in CIDR form, such as 10.0.0.0/8 or fd00::/8, with nothing but zeros after the prefix.";
}
