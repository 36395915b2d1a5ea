using Microsoft.Extensions.Logging;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Data;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Channels;

/// <summary>Writes down how a channel fares, inside the caller's transaction, which saves.</summary>
internal sealed class ChannelHealth(IncidentDesk desk, TimeProvider clock, ILogger<ChannelHealth> logger)
{
    private const int MaxError = 1_024;

    /// <param name="channel">Tracked.</param>
    /// <param name="isGivenUp">Whether people should know now that it can't notify.</param>
    public Task NoteAsync(Channel channel, ChannelAnswer answer, bool isGivenUp, CancellationToken cancellationToken)
    {
        channel.CheckedAt = clock.GetUtcMicroseconds();
        return answer.Error is { } error
            ? NoteFailureAsync(channel, Cut(error), isGivenUp, cancellationToken)
            : NoteSuccessAsync(channel, cancellationToken);
    }

    /// <summary>It need not work any more, or is another one from now on.</summary>
    /// <param name="why">In a sentence for people.</param>
    public async Task ForgetAsync(Channel channel, string why, CancellationToken cancellationToken)
    {
        var wasFailing = channel.FailingSince is not null;
        (channel.FailingSince, channel.Error, channel.CheckedAt) = (null, null, null);
        if (wasFailing)
            await desk.ResolveItselfAsync(IncidentKeys.Of(channel.Id), why, cancellationToken);
    }

    private async Task NoteSuccessAsync(Channel channel, CancellationToken cancellationToken)
    {
        var wasFailing = channel.FailingSince is not null;
        (channel.SucceededAt, channel.FailingSince, channel.Error) = (channel.CheckedAt, null, null);
        if (!wasFailing)
            return;

        logger.ChannelWorksAgain(channel.Id);
        await desk.ResolveItselfAsync(IncidentKeys.Of(channel.Id), "The channel took a message again.", cancellationToken);
    }

    private async Task NoteFailureAsync(Channel channel, string error, bool isGivenUp, CancellationToken cancellationToken)
    {
        if (channel.FailingSince is null)
            logger.ChannelFails(channel.Id, error);
        (channel.FailingSince, channel.Error) = (channel.FailingSince ?? channel.CheckedAt, error);
        if (!isGivenUp)
            return;

        var summary = Cut($"People can't be told over the channel {channel.Name}. {error}");
        await desk.ReportAsync(IncidentReport.Of(channel.Id, summary) with { Update = error }, cancellationToken);
    }

    private static string Cut(string text) => text.Length > MaxError ? text[..MaxError] : text;
}
