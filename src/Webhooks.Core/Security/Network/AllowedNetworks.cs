using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Security.Network;

/// <summary>Reads <c>Webhooks:Delivery:AllowedNetworks</c>; a bad entry stops the start.</summary>
internal sealed class AllowedNetworks : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var failures = options.AllowedNetworks.Where(entry => !TryParse(entry, out _)).Select(Sentence).ToList();
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
        $"{DeliveryOptions.Section}:{nameof(DeliveryOptions.AllowedNetworks)}: '{entry}' is not a network in CIDR form, "
        + "such as 10.0.0.0/8 or fd00::/8, with nothing but zeros after the prefix.";
}
