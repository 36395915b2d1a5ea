namespace Webhooks.Server.Jobs;

/// <summary>Whether other nodes may take up the same tasks.</summary>
internal sealed record TaskSharing(bool IsShared)
{
    /// <summary>How long the table is not looked at where nobody says that there is something new: it costs an index that is mostly empty.</summary>
    public TimeSpan LookEvery => IsShared ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(1);
}
