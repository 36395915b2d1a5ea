namespace Webhooks.Server.Portal;

/// <summary>Where the portal's pages are.</summary>
internal static class PortalPages
{
    public const string Path = "/portal";
}
