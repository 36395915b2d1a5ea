using System.Globalization;
using Webhooks.Core.Escalation;

namespace Webhooks.Server.Dashboard.Settings.Escalation;

/// <summary>A policy as it is typed.</summary>
internal sealed class PolicyDraft
{
    public const int MostSteps = 10;

    public string Name { get; set; } = "";
    public string Application { get; set; } = "";
    public string RepeatEvery { get; set; } = "";
    public List<Step> Steps { get; } = [new()];

    public static PolicyDraft Of(EscalationPolicyOut policy)
    {
        var repeat = policy.RepeatEveryMinutes?.ToString(CultureInfo.InvariantCulture) ?? "";
        var draft = new PolicyDraft { Name = policy.Name, RepeatEvery = repeat };
        draft.Steps.Clear();
        draft.Steps.AddRange(policy.Steps.Select(step => new Step
        {
            AfterMinutes = step.AfterMinutes.ToString(CultureInfo.InvariantCulture),
            Channels = [.. step.Channels],
        }));
        return draft;
    }

    /// <summary>Adds a step a while after the last one.</summary>
    public void AddStep()
    {
        const int later = 15;
        var last = int.TryParse(Steps[^1].AfterMinutes, CultureInfo.InvariantCulture, out var minutes) ? minutes : 0;
        Steps.Add(new Step { AfterMinutes = (last + later).ToString(CultureInfo.InvariantCulture) });
    }

    /// <summary>As the API takes it.</summary>
    public Dictionary<string, object?> ToBody() => new()
    {
        ["name"] = Name.Trim(),
        ["steps"] = Steps.ConvertAll(step => new { afterMinutes = Typed.Number(step.AfterMinutes), channels = step.Channels.ToList() }),
        ["repeatEveryMinutes"] = Typed.Number(RepeatEvery),
    };

    internal sealed class Step
    {
        public string AfterMinutes { get; set; } = "0";
        public HashSet<string> Channels { get; init; } = [];
    }
}
