using Microsoft.Extensions.Options;

namespace Webhooks.Server.Dashboard.Access.OpenId;

/// <summary>What the settings of the identity provider must be together. All that is wrong is told at once.</summary>
internal sealed class IdentityProviderRules(IOptions<DashboardOptions> dashboard) : IValidateOptions<IdentityProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityProviderOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(IdentityProviderOptions options)
    {
        if (!options.IsOn)
        {
            if (!dashboard.Value.AllowPasswords)
                yield return $"{DashboardOptions.Section}:{nameof(DashboardOptions.AllowPasswords)} can be false only with "
                    + $"{Key(nameof(options.Authority))}: nobody could sign in.";
            yield break;
        }

        if (!IsGoodAddress(options.Authority!))
            yield return $"{Key(nameof(options.Authority))} must be an https address, such as https://login.example.com; http only on this "
                + "machine.";
        if (options.ClientId is null)
            yield return $"{Key(nameof(options.ClientId))} must be set with {Key(nameof(options.Authority))}.";
        if (options.Administrators.Count + options.Operators.Count + options.Viewers.Count == 0)
            yield return $"{Key(nameof(options.Administrators))}, {Key(nameof(options.Operators))} or {Key(nameof(options.Viewers))} must "
                + $"name a value of the claim '{options.RoleClaim}': nobody could sign in.";
    }

    private static bool IsGoodAddress(string authority) => Uri.TryCreate(authority, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static string Key(string name) => $"{IdentityProviderOptions.Section}:{name}";
}
