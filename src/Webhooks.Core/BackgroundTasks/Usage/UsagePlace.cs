using Webhooks.Core.Data.Ids;
using Webhooks.Core.Messages;

namespace Webhooks.Core.BackgroundTasks.Usage;

/// <summary>Where counting goes on; the task's cursor.</summary>
/// <param name="Application">The application that is counted, or was counted last; before the first, one below all others.</param>
/// <param name="From">The first of its messages that is not counted yet; null when all are.</param>
internal readonly record struct UsagePlace(ApplicationId Application, MessageId? From)
{
    public static UsagePlace Parse(string? cursor)
    {
        var parts = (cursor ?? "").Split('/');
        return IdText.TryParse<ApplicationId>(parts[0], out var application)
            ? new(application, parts.Length > 1 && IdText.TryParse<MessageId>(parts[1], out var from) ? from : null)
            : default;
    }

    public override string ToString() => From is { } from ? $"{Application}/{from}" : Application.ToString();
}
