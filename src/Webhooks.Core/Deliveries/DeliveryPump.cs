using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Lanes;

namespace Webhooks.Core.Deliveries;

/// <summary>Commit 2: claims due deliveries, no more than this node can send at once, and hands each to the worker.</summary>
internal sealed class DeliveryPump(
    IWebhooksSql sql,
    DeliveryWorker worker,
    AttemptRecorder recorder,
    WakeUp wakeUp,
    NodeName node,
    TimeProvider clock,
    IOptions<DeliveryOptions> options,
    ILogger<DeliveryPump> logger)
{
    private static readonly TimeSpan WaitAfterFault = TimeSpan.FromSeconds(1);

    private readonly DeliveryOptions _options = options.Value;

    /// <summary>Half of the node's places are out of reach for endpoints that hang, however many they are.</summary>
    private readonly int _maxProbes = Math.Max(1, options.Value.MaxInFlightPerNode / 2);

    private readonly FreshTurns _fresh = new(options.Value.FreshShare);

    private int _inFlight;
    private int _probes;
    private long _payloadBytes;
    private bool _outOfBytes;
    private long _lastTurn;

    /// <summary>Deliveries of this node that are leased and not yet recorded.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How long ago the pump last went round, which it does at least once in each poll interval; null before it runs.</summary>
    public TimeSpan? SinceLastTurn => Volatile.Read(ref _lastTurn) is var turn and > 0 ? clock.GetElapsedTime(turn) : null;

    /// <summary>
    /// Runs until <paramref name="stopping"/>; then finishes what is under way, cutting sends short after the longest time that an endpoint
    /// may have set.
    /// </summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        logger.PumpStarted(node.Value, _options.MaxInFlightPerNode);
        using var cutShort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        var underWay = new UnderWay();

        while (!stopping.IsCancellationRequested)
            await TurnAsync(underWay, cutShort.Token, stopping);

        logger.PumpStopping(InFlight);
        cutShort.CancelAfter(_options.LongestAttemptTimeout);
        await underWay.WhenEmptyAsync();
    }

    /// <summary>Claims once and waits until all that was claimed is recorded. Returns how many deliveries that were.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var claim = await ClaimAsync(cancellationToken);
        await Task.WhenAll(claim.Deliveries.Select(delivery => DeliverAsync(delivery, cancellationToken)));
        return claim.Deliveries.Count;
    }

    private async Task TurnAsync(UnderWay underWay, CancellationToken cutShort, CancellationToken stopping)
    {
        Volatile.Write(ref _lastTurn, clock.GetTimestamp());
        try
        {
            var claim = await ClaimAsync(stopping);

            // Not one after the other on this thread: signing and writing requests is work, and the next claim need not wait for it.
            foreach (var delivery in claim.Deliveries)
                underWay.Add(Task.Run(() => DeliverAsync(delivery, cutShort), CancellationToken.None));
            if (claim.Deliveries.Count == 0)
                await wakeUp.WaitAsync(claim.OutOfBytes ? _options.MaxPollInterval : UntilNextLook(claim.NextReadyAt), clock, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception fault)
        {
            // Recover here: the host would answer a fault with a back-off of minutes.
            logger.ClaimFailed(fault, WaitAfterFault);
            await Task.Delay(WaitAfterFault, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Claim> ClaimAsync(CancellationToken cancellationToken)
    {
        var free = _options.MaxInFlightPerNode - InFlight;
        if (free <= 0 || recorder.IsCutOff)
            return new Claim([], null); // the next delivery to end, or the next commit, signals the wake-up

        var payloadBytes = Interlocked.Read(ref _payloadBytes);
        var now = clock.GetUtcMicroseconds();
        var claim = await sql.ClaimAsync(
            new ClaimRequest(
                now, free, _maxProbes - Volatile.Read(ref _probes), RandomNumberGenerator.GetBytes(16), now + _options.Lease, node.Value,
                _options.MaxInFlightPerEndpoint)
            {
                MaxPayloadBytes = Math.Max(0, _options.MaxPayloadBytesInFlight - payloadBytes),
                FirstMayExceed = payloadBytes == 0,
                Fresh = _fresh,
            },
            cancellationToken);

        // Crash here: leases without a sender. They run out, and the sweep closes the attempts as Unknown.
        Interlocked.Add(ref _inFlight, claim.Deliveries.Count);
        Interlocked.Add(ref _probes, claim.Deliveries.Count(delivery => delivery.IsProbe));
        Account(claim, payloadBytes);
        return claim;
    }

    private void Account(Claim claim, long payloadBytesBefore)
    {
        // Fenced on both sides: whoever freed bytes since the claim began either sees the flag, or is seen here.
        Interlocked.Exchange(ref _outOfBytes, claim.OutOfBytes);
        if (claim.OutOfBytes && Interlocked.Read(ref _payloadBytes) < payloadBytesBefore)
            wakeUp.Signal();
        Interlocked.Add(ref _payloadBytes, claim.Deliveries.Sum(delivery => (long)delivery.Request.Payload.Length));
    }

    private async Task DeliverAsync(ClaimedDelivery delivery, CancellationToken cutShort)
    {
        await worker.DeliverAsync(delivery, cutShort);
        var wasFull = Interlocked.Decrement(ref _inFlight) == _options.MaxInFlightPerNode - 1;
        var probesWereFull = delivery.IsProbe && Interlocked.Decrement(ref _probes) == _maxProbes - 1;
        Interlocked.Add(ref _payloadBytes, -delivery.Request.Payload.Length);
        if (wasFull || probesWereFull || Volatile.Read(ref _outOfBytes))
            wakeUp.Signal(); // the pump may wait for just this
    }

    private TimeSpan UntilNextLook(DateTimeOffset? nextReadyAt)
    {
        var wait = nextReadyAt - clock.GetUtcNow() ?? _options.MaxPollInterval;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < _options.MaxPollInterval ? wait : _options.MaxPollInterval;
    }
}
