using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Notifications;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.Channels;

/// <summary>What each setting of a channel may be by itself. Which a type needs is said by <see cref="ChannelSettingTypes"/>.</summary>
internal static class ChannelSettingRules
{
    private const int MaxRecipients = 50;

    private static readonly TextRule Address = new(3, 320);

    public static string? Host(ObjectReader body)
    {
        var host = body.OptionalText("host", new TextRule(1, 253));
        if (host is not null && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            body.Fault("host", "Must be a host's name or address, without a scheme or a port.");
        return host;
    }

    public static MailSecurity? Security(ObjectReader body)
    {
        var security = body.OptionalOneOf(
            "security", ("startTls", MailSecurity.StartTls), ("tls", MailSecurity.Tls), ("none", MailSecurity.None));
        if (security is MailSecurity.None && !OptionsOf(body).AllowPlaintext)
            body.Fault(
                "security",
                $"Must be startTls or tls: this deployment sends nothing in the clear ({NotificationOptions.Section}:"
                + $"{nameof(NotificationOptions.AllowPlaintext)}).");
        return security;
    }

    public static string? From(ObjectReader body)
    {
        var from = body.OptionalText("from", Address);
        if (from is not null && MailAddress.FindFault(from) is { } fault)
            body.Fault("from", fault);
        return from;
    }

    public static List<string>? To(ObjectReader body)
    {
        var to = body.Texts("to", Address, 1, MaxRecipients);
        foreach (var (index, recipient) in to.Index())
        {
            if (MailAddress.FindFault(recipient) is { } fault)
                body.Fault(["to", $"[{index}]"], fault);
        }

        return to;
    }

    public static string? Url(ObjectReader body)
    {
        var url = body.OptionalText("url", new TextRule(1, 4_096));
        if (url is not null && body.Services.GetRequiredService<ChannelNetwork>().UrlRule.FindFault(url) is { } fault)
            body.Fault("url", fault);
        return url;
    }

    public static string? Secret(ObjectReader body)
    {
        var secret = body.OptionalText("secret", new TextRule(1, 256));
        if (secret is not null && !SigningSecrets.TryParse(secret, out _, out var fault))
            body.Fault("secret", fault);
        return secret;
    }

    private static NotificationOptions OptionsOf(ObjectReader body) =>
        body.Services.GetRequiredService<IOptions<NotificationOptions>>().Value;
}
