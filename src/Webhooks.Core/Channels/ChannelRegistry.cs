using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Escalation;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Channels;

/// <summary>Makes, changes and deletes channels, inside the caller's transaction.</summary>
internal sealed class ChannelRegistry(WebhooksDbContext db, ChannelVault vault, ChannelHealth health, IdGenerator ids, TimeProvider clock)
{
    public (Channel? Channel, Problem? Refusal) Add(ChannelIn input)
    {
        var settings = input.Settings.ApplyTo(ChannelSettings.None);
        if (ChannelSettingTypes.FindFaults(input.Type, settings) is { Count: > 0 } faults)
            return (null, ApiProblems.Invalid(faults));

        var now = clock.GetUtcMicroseconds();
        var channel = new Channel
        {
            Id = ids.New<ChannelId>(),
            Name = input.Name,
            Type = input.Type,
            ProtectedSettings = vault.Protect(settings),
            Disabled = input.Disabled,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Channels.Add(channel);
        return (channel, null);
    }

    public Task<Problem?> ReplaceAsync(Channel channel, ChannelUpdate input, CancellationToken cancellationToken)
    {
        // What can't be shown can't be sent back: without it a secret stays.
        var secrets = ChannelSettingTypes.SecretsOf(channel.Type, vault.Read(channel.ProtectedSettings) ?? ChannelSettings.None);
        return ChangeAsync(channel, input.Name, input.Disabled, input.Settings.ApplyTo(secrets), cancellationToken);
    }

    public Task<Problem?> ChangeAsync(Channel channel, ChannelPatch input, CancellationToken cancellationToken)
    {
        var settings = input.Settings?.ApplyTo(vault.Read(channel.ProtectedSettings) ?? ChannelSettings.None);
        return ChangeAsync(channel, input.Name.Or(channel.Name), input.Disabled.Or(channel.Disabled), settings, cancellationToken);
    }

    /// <returns>Why not; null when it is deleted.</returns>
    public async Task<Problem?> DeleteAsync(Channel channel, CancellationToken cancellationToken)
    {
        if (await db.EscalationPolicies.UsingAsync(channel.Id, cancellationToken) is { Count: > 0 } users)
            return ApiProblems.Conflict($"Escalation policies name this channel: {string.Join(", ", users)}. Take it out of them first.");

        // What still waits for it is found without a channel when its turn comes, and the next step of its policy follows.
        await health.ForgetAsync(channel, "The channel was deleted.", cancellationToken);
        db.Channels.Remove(channel);
        return null;
    }

    /// <param name="settings">Null for those that it has.</param>
    private async Task<Problem?> ChangeAsync(
        Channel channel, string name, bool disabled, ChannelSettings? settings, CancellationToken cancellationToken)
    {
        if (settings is not null && ChannelSettingTypes.FindFaults(channel.Type, settings) is { Count: > 0 } faults)
            return ApiProblems.Invalid(faults);

        if (settings is not null)
        {
            channel.ProtectedSettings = vault.Protect(settings);
            channel.CheckedAt = null; // soon, by the heartbeat: whether these settings work nobody knows
        }

        if (disabled && !channel.Disabled)
            await health.ForgetAsync(channel, "The channel was disabled.", cancellationToken);
        (channel.Name, channel.Disabled, channel.UpdatedAt) = (name, disabled, clock.GetUtcMicroseconds());
        return null;
    }
}
