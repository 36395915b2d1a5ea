namespace Webhooks.Core.Channels;

/// <summary>How a channel reaches people.</summary>
internal enum ChannelType
{
    /// <summary>SMTP with TLS.</summary>
    Email = 1,

    /// <summary>An incoming webhook of Slack.</summary>
    Slack = 2,

    /// <summary>A workflow webhook of Microsoft Teams, which takes an Adaptive Card.</summary>
    Teams = 3,

    /// <summary>Events API v2 of PagerDuty.</summary>
    PagerDuty = 4,

    /// <summary>A signed webhook (Standard Webhooks) to any address.</summary>
    Webhook = 5,
}
