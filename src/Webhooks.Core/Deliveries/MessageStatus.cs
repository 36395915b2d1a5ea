namespace Webhooks.Core.Deliveries;

/// <summary>The wire's word for how a delivery, or one attempt of it, stands.</summary>
internal enum MessageStatus
{
    Success = 0,

    /// <summary>Not yet tried, or held. Never an attempt's status.</summary>
    Pending = 1,

    Fail = 2,

    /// <summary>Between two tries. Never an attempt's status.</summary>
    Sending = 3,

    /// <summary>The endpoint was deleted. Never an attempt's status.</summary>
    Canceled = 4,
}
