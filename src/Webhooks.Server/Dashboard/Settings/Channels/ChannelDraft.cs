using Webhooks.Core.Channels;

namespace Webhooks.Server.Dashboard.Settings.Channels;

/// <summary>A channel as it is typed.</summary>
internal sealed class ChannelDraft
{
    public string Name { get; set; } = "";
    public ChannelType Type { get; set; } = ChannelType.Email;
    public string Host { get; set; } = "";
    public string Port { get; set; } = "";
    public string Security { get; set; } = "startTls";
    public string User { get; set; } = "";
    public string Password { get; set; } = "";
    public string From { get; set; } = "";
    public string To { get; set; } = "";
    public string Url { get; set; } = "";
    public string RoutingKey { get; set; } = "";
    public string Secret { get; set; } = "";

    public static ChannelDraft Of(ChannelOut channel) => new()
    {
        Name = channel.Name,
        Type = channel.Type,
        Host = channel.Settings?.Host ?? "",
        Port = channel.Settings?.Port?.ToString(null, null) ?? "",
        Security = channel.Settings?.Security switch { MailSecurity.Tls => "tls", MailSecurity.None => "none", _ => "startTls" },
        User = channel.Settings?.User ?? "",
        From = channel.Settings?.From ?? "",
        To = string.Join('\n', channel.Settings?.To ?? []),
        Url = channel.Settings?.Url ?? "",
    };

    /// <summary>The type's own settings, as the API takes them. Secrets that were not typed are left out, which means that they stay.</summary>
    public Dictionary<string, object?> ToSettings()
    {
        var settings = Type switch
        {
            ChannelType.Email => Mail(),
            ChannelType.PagerDuty => new() { ["url"] = Typed.Text(Url) },
            ChannelType.Webhook => new() { ["url"] = Typed.Text(Url) },
            _ => new Dictionary<string, object?>(),
        };
        AddIfTyped(settings, "password", Password, ChannelType.Email);
        AddIfTyped(settings, "routingKey", RoutingKey, ChannelType.PagerDuty);
        AddIfTyped(settings, "secret", Secret, ChannelType.Webhook);
        AddIfTyped(settings, "url", Url, ChannelType.Slack, ChannelType.Teams);
        return settings;
    }

    private Dictionary<string, object?> Mail()
    {
        var settings = new Dictionary<string, object?>
        {
            ["host"] = Typed.Text(Host),
            ["port"] = Typed.Number(Port),
            ["security"] = Security,
            ["user"] = Typed.Text(User),
            ["from"] = Typed.Text(From),
        };
        if (Typed.Lines(To) is { } recipients)
            settings["to"] = recipients; // a list is left out rather than null
        if (Typed.Text(User) is null)
            settings["password"] = null; // nobody logs in any more
        return settings;
    }

    private void AddIfTyped(Dictionary<string, object?> settings, string name, string text, params ReadOnlySpan<ChannelType> types)
    {
        if (types.Contains(Type) && Typed.Text(text) is { } typed)
            settings[name] = typed;
    }
}
