using Webhooks.Core.Applications;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>
/// The application that the service itself publishes to: its endpoints are the operational webhooks. It is there from the first migration
/// on, and no operation on applications shows it.
/// </summary>
internal static class OperationalApplication
{
    public static readonly ApplicationId Id = new(UInt128.One);

    private static readonly string Text = Id.ToString();

    public static readonly Application Row = new()
    {
        Id = Id,
        Name = "Operational webhooks",
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>Whether a path's slot names it: for an operation that does not look applications up by itself. It has no uid.</summary>
    public static bool IsNamedBy(string idOrUid) => idOrUid == Text;
}
