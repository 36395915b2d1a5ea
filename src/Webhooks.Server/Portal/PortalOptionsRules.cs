using Microsoft.Extensions.Options;

namespace Webhooks.Server.Portal;

/// <summary>Origins go into a header that browsers read: nothing but an origin may get there.</summary>
internal sealed class PortalOptionsRules : IValidateOptions<PortalOptions>
{
    public ValidateOptionsResult Validate(string? name, PortalOptions options)
    {
        var broken = options.AllowedOrigins.Where(origin => !IsOrigin(origin)).ToList();
        return broken.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(broken.Select(origin =>
                $"{PortalOptions.Section}:{nameof(PortalOptions.AllowedOrigins)} has '{origin}', which is no origin such as https://app.example.com."));
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && string.Equals(address.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase);
}
