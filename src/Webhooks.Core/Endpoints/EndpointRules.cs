using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;
using Webhooks.Core.Security.Network;
using Webhooks.Core.Security.Signing;
using Webhooks.Protocol;

namespace Webhooks.Core.Endpoints;

/// <summary>What each field of an endpoint may be, whichever operation sends it.</summary>
internal static class EndpointRules
{
    private const int MaxUrlLength = 65_536;
    private const int MaxEventTypes = 10_000;
    private const int MaxChannels = 10;
    private const int MaxRetries = 30;
    private const int LongestTimeoutSeconds = 60;
    private const int LongestWaitSeconds = 7 * 24 * 60 * 60;

    public static void Aliases(ObjectReader body)
    {
        body.Alias("filterTypes", "eventTypes");
        body.Alias("rateLimit", "throttleRate");
    }

    public static string Url(ObjectReader body)
    {
        var url = body.Text("url", new TextRule(1, MaxUrlLength));
        if (url.Length > 0 && body.Services.GetRequiredService<EndpointUrlRule>().FindFault(url) is { } fault)
            body.Fault("url", fault);
        return url;
    }

    public static Optional<string?> ReceiptUrl(ObjectReader body) => body.IfSent("receiptUrl", ReadReceiptUrl);

    private static string? ReadReceiptUrl(ObjectReader body)
    {
        var url = body.OptionalText("receiptUrl", new TextRule(1, MaxUrlLength));
        if (url?.Length > 0 && body.Services.GetRequiredService<EndpointUrlRule>().FindFault(url) is { } fault)
            body.Fault("receiptUrl", fault);
        return url;
    }

    public static string Description(ObjectReader body) => body.OptionalText("description", TextRule.Description) ?? "";

    public static string? Uid(ObjectReader body) => body.OptionalText("uid", TextRule.Uid(EndpointId.Prefix));

    public static List<string>? EventTypes(ObjectReader body) => body.OptionalTexts("eventTypes", TextRule.EventType, 1, MaxEventTypes);

    public static List<string>? Channels(ObjectReader body) => body.OptionalTexts("channels", TextRule.Channel, 1, MaxChannels);

    public static int? ThrottleRate(ObjectReader body) => body.OptionalInteger("throttleRate", 1, ushort.MaxValue);

    public static SigningSecret? Secret(ObjectReader body, string field)
    {
        if (body.OptionalText(field, new TextRule(1, 256)) is not { } text)
            return null;
        if (SigningSecrets.TryParse(text, out var secret, out var fault))
            return secret;

        body.Fault(field, fault);
        return null;
    }

    /// <summary>All of an endpoint's own headers.</summary>
    public static Dictionary<string, string> Headers(ObjectReader body, bool isRequired)
    {
        var headers = body.Headers("headers", isRequired, mayBeNull: false, EndpointHeaderRule.FindFault);
        if (headers.Count > EndpointHeaders.MaxCount)
            body.Fault("headers", EndpointHeaders.TooMany);
        return headers.ToDictionary(header => header.Key, header => header.Value ?? "", StringComparer.Ordinal);
    }

    public static Optional<int?> MaxInFlight(ObjectReader body) =>
        body.IfSent("maxInFlight", b => b.OptionalInteger("maxInFlight", 1, 1_000));

    public static Optional<List<int>?> RetrySchedule(ObjectReader body) => body.IfSent(
        "retryScheduleSeconds", b => b.OptionalIntegers("retryScheduleSeconds", 1, LongestWaitSeconds, MaxRetries));

    public static Optional<RawJson?> Filter(ObjectReader body) => body.IfSent("filter", ReadFilter);

    private static RawJson? ReadFilter(ObjectReader body)
    {
        if (body.OptionalRawObject("filter") is not { } filter)
            return null;

        var reader = new ContentFilterReader();
        reader.Read(filter.Utf8);
        foreach (var fault in reader.Faults)
            body.Fault(["filter", .. fault.Loc], fault.Message);
        return filter;
    }

    public static Optional<UnknownOutcomePolicy> UnknownOutcome(ObjectReader body) => body.IfSent(
        "unknownOutcome",
        b => b.OneOf(
            "unknownOutcome", ("resend", UnknownOutcomePolicy.Resend), ("hold", UnknownOutcomePolicy.Hold),
            ("deadLetter", UnknownOutcomePolicy.DeadLetter)));

    public static Optional<int?> AttemptTimeout(ObjectReader body) => body.IfSent("attemptTimeoutSeconds", AttemptTimeoutSeconds);

    public static Optional<bool> Ordered(ObjectReader body) => body.IfSent("ordered", b => b.Boolean("ordered", fallback: false));

    public static Optional<int?> ParkAfter(ObjectReader body) =>
        body.IfSent("parkAfter", b => b.OptionalInteger("parkAfter", 1, MaxRetries));

    private static int? AttemptTimeoutSeconds(ObjectReader body)
    {
        const string Field = "attemptTimeoutSeconds";
        var options = body.Services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        var seconds = body.OptionalInteger(Field, 1, LongestTimeoutSeconds);
        if (seconds > options.LongestAttemptTimeout.TotalSeconds)
            body.Fault(Field, string.Create(
                CultureInfo.InvariantCulture,
                $"Must be {Math.Floor(options.LongestAttemptTimeout.TotalSeconds)} at most: twice this and "
                + $"{DeliveryOptions.LeaseMargin.TotalSeconds} seconds must fit into this deployment's lease of "
                + $"{options.Lease.TotalSeconds} seconds."));
        return seconds;
    }
}
