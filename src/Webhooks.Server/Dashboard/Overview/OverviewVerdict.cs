using Webhooks.Server.Dashboard.Parts;
using Webhooks.Server.Dashboard.Shell;

namespace Webhooks.Server.Dashboard.Overview;

/// <summary>Whether everything is all right, in a sentence, and what is not. Pure.</summary>
internal sealed record OverviewVerdict(Tone Tone, string Sentence, IReadOnlyList<OverviewVerdict.Point> Points)
{
    /// <param name="backlogAfter">From which wait on the service does not keep up.</param>
    public static OverviewVerdict Of(OverviewFigures figures, TimeSpan backlogAfter)
    {
        var ours = OfService(figures, backlogAfter).ToList();
        List<Point> points = [.. ours, .. OfSubscribers(figures).OrderByDescending(point => point.Tone)];
        return points switch
        {
            _ when ours.Count > 0 => new(Tone.Bad, "The service itself needs a person.", points),
            [{ Tone: Tone.Bad }, ..] => new(Tone.Bad, "The service is well; some deliveries need a person.", points),
            [_, ..] => new(Tone.Warning, "The service is well; some subscribers have trouble.", points),
            [] when !figures.IsUsed => new(Tone.Quiet, "Everything is ready. No message was published yet.", points),
            [] => new(Tone.Good, "Everything is all right: what was accepted is delivered or on its way.", points),
        };
    }

    private static IEnumerable<Point> OfService(OverviewFigures figures, TimeSpan backlogAfter)
    {
        if (figures.LivingWorkers == 0)
            yield return Bad("No worker is alive: nothing is delivered.", "/#nodes");
        if (figures.Unbalanced > 0)
            yield return Bad(
                $"The books don't balance in {Many(figures.Unbalanced, "hour", "hours")} of endpoints.", "/ledger?only=unbalanced");
        if (figures.Lanes is { Stranded: > 0 } lanes)
            yield return Bad(
                $"{Many(lanes.Stranded, "endpoint has", "endpoints have")} deliveries that nothing takes up.",
                "/messages?status=on-its-way");
        if (figures.OldestDue > backlogAfter)
            yield return Bad(
                $"The service does not keep up: a delivery that could go out has waited for {Spans.Short(figures.OldestDue)}.",
                "/messages?status=on-its-way");
    }

    private static IEnumerable<Point> OfSubscribers(OverviewFigures figures)
    {
        if (figures.OpenIncidents > 0)
            yield return Bad($"{Many(figures.OpenIncidents, "incident", "incidents")} nobody sees to yet.", "/incidents?state=open");
        if (figures.Undecided > 0)
            yield return Bad($"{Many(figures.Undecided, "dead letter waits", "dead letters wait")} for a decision.", "/dead-letters");
        if (figures.AcknowledgedIncidents > 0)
            yield return new(
                Tone.Warning, $"{Many(figures.AcknowledgedIncidents, "incident", "incidents")} somebody sees to.",
                "/incidents?state=acknowledged");
        if (figures.Failing > 0)
            yield return new(
                Tone.Warning, $"Nothing gets through to {Many(figures.Failing, "endpoint", "endpoints")}; deliveries are retried.",
                "/endpoints?state=failing");
    }

    private static Point Bad(string text, string href) => new(Tone.Bad, text, href);

    private static string Many(int count, string one, string many) =>
        count == 1 ? $"1 {one}" : $"{Spans.Count(count)}{(count >= OverviewFigures.Most ? " or more" : "")} {many}";

    /// <param name="Text">A sentence.</param>
    /// <param name="Href">Where it can be looked at.</param>
    internal sealed record Point(Tone Tone, string Text, string Href);
}
