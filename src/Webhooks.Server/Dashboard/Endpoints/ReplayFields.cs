using System.Globalization;
using Webhooks.Server.Dashboard.Parts;
using Webhooks.Server.Dashboard.Shell;

namespace Webhooks.Server.Dashboard.Endpoints;

/// <summary>Which messages to send again, as it is typed.</summary>
internal static class ReplayFields
{
    public static readonly IReadOnlyList<(string Word, string Text)> Statuses =
        [("", "Any"), ("2", "Failed"), ("1", "Not yet tried, or held"), ("3", "On their way"), ("0", "Delivered"), ("4", "Canceled")];

    public static readonly IReadOnlyList<(string Word, string Text)> Classes =
        [("", "Anything"), ("0", "No answer"), ("200", "2xx"), ("300", "3xx"), ("400", "4xx"), ("500", "5xx")];

    private const string Minutes = "yyyy-MM-dd'T'HH:mm";

    /// <param name="isBulk">Whether it is a bulk replay, which takes more than a time.</param>
    /// <param name="viewer">In whose zone times are typed.</param>
    public static FormFields Of(bool isBulk, Viewer viewer)
    {
        var time = FieldForm.Time(viewer.OfLocal);
        var fields = new FormFields()
            .With("since", time, viewer.Local(viewer.Now.AddDays(-1)).ToString(Minutes, CultureInfo.InvariantCulture))
            .With("until", time);
        return isBulk
            ? fields.With("eventTypes", FieldForm.Texts).With("channel", FieldForm.OptionalText).With("status", FieldForm.Number)
                .With("statusCodeClass", FieldForm.Number)
            : fields;
    }
}
