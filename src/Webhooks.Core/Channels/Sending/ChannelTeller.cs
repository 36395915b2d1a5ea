using System.Globalization;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels.Sending;

/// <summary>
/// Tells a channel: each try within its time, and twice more at once where that may help. What must outlast this process is in the
/// notification's row.
/// </summary>
internal sealed class ChannelTeller
{
    /// <summary>The longest that telling takes: three tries of the slowest type, and the waits between them.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(75);

    private const int Retries = 2;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ChannelType, Way> _ways;
    private readonly ChannelVault _vault;
    private readonly ILogger<ChannelTeller> _logger;

    public ChannelTeller(IEnumerable<IChannelSender> senders, ChannelVault vault, TimeProvider clock, ILogger<ChannelTeller> logger)
    {
        (_vault, _logger) = (vault, logger);
        _ways = senders.ToDictionary(sender => sender.Type, sender => new Way(sender, Once(sender, clock), Often(sender, clock)));
    }

    public bool Gathers(ChannelType type) => _ways[type].Sender.Gathers;

    public bool ChecksUnseen(ChannelType type) => _ways[type].Sender.ChecksUnseen;

    public Task<ChannelAnswer> SendAsync(Channel channel, NoticeMessage message, CancellationToken cancellationToken) =>
        TryAsync(
            channel, way => way.Often, (sender, settings, token) => sender.SendAsync(settings, message, token), cancellationToken);

    /// <summary>One try only: for somebody who waits for the answer.</summary>
    public Task<ChannelAnswer> SendOnceAsync(Channel channel, NoticeMessage message, CancellationToken cancellationToken) =>
        TryAsync(
            channel, way => way.Once, (sender, settings, token) => sender.SendAsync(settings, message, token), cancellationToken);

    public Task<ChannelAnswer> CheckAsync(Channel channel, NoticeMessage heartbeat, CancellationToken cancellationToken) =>
        TryAsync(
            channel, way => way.Often, (sender, settings, token) => sender.CheckAsync(settings, heartbeat, token), cancellationToken);

    private async Task<ChannelAnswer> TryAsync(
        Channel channel, Func<Way, ResiliencePipeline<ChannelAnswer>> pipeline,
        Func<IChannelSender, ChannelSettings, CancellationToken, Task<ChannelAnswer>> send, CancellationToken cancellationToken)
    {
        if (_vault.Read(channel.ProtectedSettings) is not { } settings)
            return ChannelAnswer.Refused(
                "The channel's settings can't be decrypted; this service's operator must restore its keys, or set the channel up anew.");

        var way = _ways[channel.Type];
        try
        {
            return await pipeline(way).ExecuteAsync(async token => await send(way.Sender, settings, token), cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            return ChannelAnswer.Failed(string.Create(
                CultureInfo.InvariantCulture, $"There was no answer within {way.Sender.Timeout.TotalSeconds} seconds."));
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _logger.ChannelFailedInternally(channel.Id, fault);
            return ChannelAnswer.Failed($"This service failed ({fault.GetType().Name}); its log tells more.");
        }
    }

    private static ResiliencePipeline<ChannelAnswer> Once(IChannelSender sender, TimeProvider clock) =>
        New(clock).AddTimeout(sender.Timeout).Build();

    private static ResiliencePipeline<ChannelAnswer> Often(IChannelSender sender, TimeProvider clock) => New(clock)
        .AddRetry(new RetryStrategyOptions<ChannelAnswer>
        {
            ShouldHandle = static tried => ValueTask.FromResult(
                tried.Outcome.Exception is TimeoutRejectedException
                || (tried.Outcome.Result is { MayPass: true } answer && !(answer.RetryAfter > LongestWait))),
            MaxRetryAttempts = Retries,
            Delay = FirstWait,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            MaxDelay = LongestWait,
            DelayGenerator = static tried => ValueTask.FromResult(tried.Outcome.Result?.RetryAfter),
        })
        .AddTimeout(sender.Timeout)
        .Build();

    private static ResiliencePipelineBuilder<ChannelAnswer> New(TimeProvider clock) => new() { TimeProvider = clock };

    private sealed record Way(IChannelSender Sender, ResiliencePipeline<ChannelAnswer> Once, ResiliencePipeline<ChannelAnswer> Often);
}
