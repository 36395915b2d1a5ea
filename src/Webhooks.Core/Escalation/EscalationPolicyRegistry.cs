using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Escalation;

/// <summary>Escalation policies come and change, inside the caller's transaction.</summary>
internal sealed class EscalationPolicyRegistry(WebhooksDbContext db, IdGenerator ids, TimeProvider clock)
{
    /// <summary>What only the database knows: which channels there are. All that are unknown are told at once.</summary>
    public async Task<Problem?> FindFaultAsync(EscalationPolicyUpdate settings, CancellationToken cancellationToken)
    {
        var named = settings.Steps
            .SelectMany(step => step.Value!.Channels.Select((text, index) => (step.Place, Index: index, Text: text))).ToList();
        var parsed = named.Select(channel => IdText.TryParse<ChannelId>(channel.Text, out var id) ? id : default).Distinct().ToList();
        var known = (await db.Channels.Where(c => parsed.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken))
            .ConvertAll(id => id.ToString());
        var faults = named.Where(channel => !known.Contains(channel.Text)).Select(channel => new ValidationErrorItem(
            [.. channel.Place, "channels", $"[{channel.Index}]"], "There is no channel with this id; create it first.")).ToList();
        return faults.Count == 0 ? null : ApiProblems.Invalid(faults);
    }

    public EscalationPolicy Add(ApplicationId? application, EscalationPolicyUpdate settings)
    {
        var now = clock.GetUtcMicroseconds();
        var policy = new EscalationPolicy
        {
            Id = ids.New<EscalationPolicyId>(),
            ApplicationId = application,
            Name = settings.Name,
            Steps = settings.ToSteps(),
            RepeatEvery = settings.ToRepeat(),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.EscalationPolicies.Add(policy);
        return policy;
    }

    /// <summary>Incidents that are being escalated go on with the new steps, at the place where they are.</summary>
    public void Update(EscalationPolicy policy, EscalationPolicyUpdate settings)
    {
        (policy.Name, policy.Steps, policy.RepeatEvery) = (settings.Name, settings.ToSteps(), settings.ToRepeat());
        policy.UpdatedAt = clock.GetUtcMicroseconds();
    }
}
