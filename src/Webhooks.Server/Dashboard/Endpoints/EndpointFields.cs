using System.Globalization;
using System.Text;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Json;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Endpoints;

/// <summary>An endpoint's settings as they are typed.</summary>
/// <param name="Form">The fields.</param>
/// <param name="HasLimits">Whether a limit or mode is set, so that they are shown at once.</param>
/// <param name="HasFilter">The same of the filter.</param>
/// <param name="HasMetadata">The same of the notes.</param>
internal sealed record EndpointFields(FormFields Form, bool HasLimits, bool HasFilter, bool HasMetadata)
{
    public static readonly IReadOnlyList<(string Word, string Text)> UnknownOutcomes =
        [("resend", "Send it again"), ("hold", "Hold it for a person"), ("deadLetter", "Never send it again: a dead letter")];

    /// <summary>What people read for a policy.</summary>
    public static string Text(UnknownOutcomePolicy policy) => UnknownOutcomes.First(outcome => outcome.Word == Word(policy)).Text;

    public static EndpointFields Empty() => new(
        Fields("", "", "", "", "")
            .With("throttleRate", FieldForm.Number).With("maxInFlight", FieldForm.Number).With("attemptTimeoutSeconds", FieldForm.Number)
            .With("retryScheduleSeconds", FieldForm.Numbers).With("unknownOutcome", FieldForm.Text, "resend").With("ordered", isOn: false)
            .With("parkAfter", FieldForm.Number).With("filter", FieldForm.Json).With("metadata", FieldForm.Pairs),
        HasLimits: false, HasFilter: false, HasMetadata: false);

    public static EndpointFields Of(EndpointOut endpoint) => new(
        Fields(endpoint.Url, endpoint.Description, Lines(endpoint.EventTypes), Listed(endpoint.Channels), endpoint.Uid)
            .With("throttleRate", FieldForm.Number, Number(endpoint.ThrottleRate))
            .With("maxInFlight", FieldForm.Number, Number(endpoint.MaxInFlight))
            .With("attemptTimeoutSeconds", FieldForm.Number, Number(endpoint.AttemptTimeoutSeconds))
            .With("retryScheduleSeconds", FieldForm.Numbers, Listed(endpoint.RetryScheduleSeconds?.Select(wait => Number(wait)!)))
            .With("unknownOutcome", FieldForm.Text, Word(endpoint.UnknownOutcome))
            .With("ordered", endpoint.Ordered)
            .With("parkAfter", FieldForm.Number, Number(endpoint.ParkAfter))
            .With("filter", FieldForm.Json, Json(endpoint.Filter))
            .With("metadata", FieldForm.Pairs, FieldForm.TextOf(endpoint.Metadata)),
        endpoint.ThrottleRate is not null || endpoint.MaxInFlight is not null || endpoint.AttemptTimeoutSeconds is not null
            || endpoint.RetryScheduleSeconds is not null || endpoint.UnknownOutcome != UnknownOutcomePolicy.Resend || endpoint.Ordered,
        endpoint.Filter is not null,
        endpoint.Metadata.Count > 0);

    private static FormFields Fields(string url, string description, string? eventTypes, string? channels, string? uid) => new FormFields()
        .With("url", FieldForm.Text, url)
        .With("description", FieldForm.Text, description)
        .With("eventTypes", FieldForm.Texts, eventTypes)
        .With("channels", FieldForm.Texts, channels)
        .With("uid", FieldForm.OptionalText, uid);

    private static string Word(UnknownOutcomePolicy policy) => policy switch
    {
        UnknownOutcomePolicy.Hold => "hold",
        UnknownOutcomePolicy.DeadLetter => "deadLetter",
        _ => "resend",
    };

    private static string? Json(RawJson? json) => json is { } some ? FieldForm.Pretty(Encoding.UTF8.GetString(some.Utf8.Span)) : null;

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Lines(IEnumerable<string>? texts) => string.Join('\n', texts ?? []);

    private static string Listed(IEnumerable<string>? texts) => string.Join(", ", texts ?? []);
}
