using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Network;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.Tests.Deliveries.Sending;

/// <summary>A real sender on a clock of its own, with loopback opened.</summary>
internal sealed class SenderHarness : IDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly SecretProtectors _protectors = new(new EphemeralDataProtectionProvider());
    private readonly AttemptExchange _exchange;
    private readonly AttemptPipelines _pipelines;
    private readonly SignerCache _signers;
    private readonly HeaderCache _headers;
    private readonly DeliverySender _sender;
    private readonly ReceiptCheck _receipts;

    public SenderHarness(DeliveryOptions? options = null, ResolveHost? resolve = null, SslClientAuthenticationOptions? tls = null, string[]? opened = null)
    {
        options ??= new DeliveryOptions();
        Options = options;
        resolve ??= (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        var policy = new NetworkPolicy(AllowedNetworks.Parse(opened ?? NetworkPolicy.LoopbackNetworks));
        var connector = new GuardedConnector(policy, (host, cancel) => { Lookups++; return resolve(host, cancel); }, options.ConnectTimeout, Clock);
        _exchange = new(DeliveryHandler.Create(options, connector, tls), options.MaxResponseBodyBytes, Clock, NullLogger<AttemptExchange>.Instance);
        _pipelines = new(_exchange, options, Clock, NullLogger<AttemptPipelines>.Instance);
        _signers = new(_protectors);
        _headers = new(_protectors);
        _sender = new(_pipelines, _signers, _headers, options, NullLogger<DeliverySender>.Instance);
        _receipts = new(DeliveryHandler.Create(options, connector, tls), _signers, options, Clock, NullLogger<ReceiptCheck>.Instance);
    }

    public DeliveryOptions Options { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>How often a name was looked up: once for every connection to a named host.</summary>
    public int Lookups { get; private set; }

    public AttemptRequest Request(string url) => new(
        new DeliveryId(1), new MessageId(2), new EndpointId(3), Number: 1, PriorOutcome: null, Sequence: 7, url,
        [_protectors.EndpointSecrets.Protect(Secret)], ProtectedHeaders: null, "{\"a\": 1}"u8.ToArray(), TraceParent: null);

    public byte[] ProtectHeaders(Dictionary<string, string> headers) =>
        _protectors.EndpointHeaders.Protect(System.Text.Json.JsonSerializer.Serialize(headers));

    public Task<AttemptResult> SendAsync(string url) => SendAsync(Request(url));

    public Task<AttemptResult> SendAsync(AttemptRequest request) => SendUntilAsync(request, TestContext.Current.CancellationToken);

    public Task<AttemptResult> SendUntilAsync(AttemptRequest request, CancellationToken shutdown) =>
        _sender.SendAsync(request, Clock.GetUtcNow(), shutdown).AsTask();

    public Task<ReceiptFinding> AskAsync(string receiptUrl, CancellationToken? shutdown = null) =>
        AskAsync(Request("https://subscriber.test/"), receiptUrl, shutdown);

    public Task<ReceiptFinding> AskAsync(AttemptRequest request, string receiptUrl, CancellationToken? shutdown = null) =>
        _receipts.AskAsync(request, receiptUrl, shutdown ?? TestContext.Current.CancellationToken);

    public void TimeOut() => Clock.Advance(Options.AttemptTimeout);

    public void Dispose()
    {
        _pipelines.Dispose();
        _exchange.Dispose();
        _receipts.Dispose();
        _signers.Dispose();
        _headers.Dispose();
    }
}
