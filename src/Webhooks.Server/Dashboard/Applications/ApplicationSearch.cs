using Webhooks.Core.Applications;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Server.Dashboard.Applications;

/// <summary>Applications as people look for them.</summary>
internal static class ApplicationSearch
{
    /// <summary>Those whose name or uid has the text, or whose id it is; all of them where it is empty.</summary>
    public static IQueryable<Application> Named(this IQueryable<Application> applications, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return applications;

        var wanted = text.Trim();
        return IdText.TryParse<ApplicationId>(wanted, out var id)
            ? applications.Where(a => a.Id == id)
            : applications.Where(a => a.Name.Contains(wanted) || a.Uid!.Contains(wanted));
    }
}
