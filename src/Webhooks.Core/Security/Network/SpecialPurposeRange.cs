using System.Net;

namespace Webhooks.Core.Security.Network;

/// <summary>A network that no delivery goes to unless <c>Webhooks:Delivery:AllowedNetworks</c> opens it.</summary>
/// <param name="Purpose">What the network is for, in the words of its registry; shown to people.</param>
/// <param name="Source">The document that sets it apart.</param>
internal sealed record SpecialPurposeRange(IPNetwork Network, string Purpose, string Source)
{
    public static SpecialPurposeRange Of(string cidr, string purpose, string source) => new(IPNetwork.Parse(cidr), purpose, source);

    public override string ToString() => $"{Purpose} ({Network}, {Source})";
}
