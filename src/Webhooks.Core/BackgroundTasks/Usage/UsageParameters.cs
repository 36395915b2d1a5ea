namespace Webhooks.Core.BackgroundTasks.Usage;

/// <summary>Whose usage is counted, as the task keeps it.</summary>
/// <param name="Applications">Null for all.</param>
internal sealed record UsageParameters(DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<ApplicationId>? Applications);

/// <summary>What was counted until now, as the task shows it.</summary>
/// <param name="AppStats">An entry for each application, in the order of their ids; the last one grows while the task runs.</param>
internal sealed record UsageProgress(IReadOnlyList<ApplicationUsage> AppStats);

/// <summary>What one application used.</summary>
/// <param name="AppUid">Its uid when it was counted; null for none.</param>
/// <param name="Messages">Messages that it published.</param>
/// <param name="MessageDestinations">
/// Those messages times the endpoints that each went to. Repeated attempts and resends count no more.
/// </param>
internal sealed record ApplicationUsage(ApplicationId AppId, string? AppUid, long Messages, long MessageDestinations)
{
    public ApplicationUsage Plus(int messages, int destinations) =>
        this with { Messages = Messages + messages, MessageDestinations = MessageDestinations + destinations };
}
