namespace Webhooks.Server.Tests.Properties;

/// <summary>What a PATCH does to a resource, as a table: of each field the values that are sent, and what null makes of it.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Fields">All that a PATCH may change.</param>
internal sealed record PatchedResource(string Name, params PatchedField[] Fields)
{
    public static readonly PatchedResource Application = new(
        "application",
        new("name", Refused, "\"A\"", "\"\\u00fc\""),
        new("uid", "null", "\"{run}-1\"", "\"{run}-2\""),
        new("throttleRate", "null", "1", "65535"),
        new("metadata", "{}", """{"a":"1"}""", """{"a":"2","b":""}""", "{}"));

    public static readonly PatchedResource Endpoint = new(
        "endpoint",
        new("url", Refused, "\"https://example.com/a\"", "\"http://example.org\""),
        new("description", "\"\"", "\"d\"", "\"\""),
        new("uid", "null", "\"{run}-1\"", "\"{run}-2\""),
        new("disabled", "false", "true", "false"),
        new("eventTypes", "null", """["patch.a"]""", """["patch.a","patch.b"]"""),
        new("channels", "null", """["c1"]""", """["c1","c2"]"""),
        new("throttleRate", "null", "1", "65535"),
        new("metadata", "{}", """{"a":"1"}""", "{}"),
        new("maxInFlight", "null", "1", "1000"),
        new("retryScheduleSeconds", "null", "[1,60]", "[]"),
        new("unknownOutcome", Refused, "\"hold\"", "\"resend\"", "\"deadLetter\""),
        new("attemptTimeoutSeconds", "null", "1", "25"),
        new("ordered", "false", "true", "false"),
        new("parkAfter", "null", "1", "30"),
        new("filter", "null", """{"path":"$.a","eq":1}""", """{"not":{"path":"$.b","exists":true}}"""));

    public static readonly PatchedResource EventType = new(
        "event type",
        new("description", Refused, "\"d\"", "\"\""),
        new("archived", "false", "true", "false"),
        new("deprecated", "false", "true", "false"),
        new("featureFlag", "null", "\"beta\"", "\"gamma\""),
        new("schemas", "null", """{"1":{"type":"object"}}""", """{"1":{},"2":{"title":"t"}}"""));

    public static readonly PatchedResource Channel = new(
        "channel",
        new("name", Refused, "\"C\"", "\"\\u00fc\""),
        new("disabled", "false", "true", "false"));

    /// <summary>Null is refused there.</summary>
    private const string? Refused = null;
}

/// <param name="Name">Its name in bodies.</param>
/// <param name="Cleared">What null makes of it; null where it must not be sent.</param>
/// <param name="Values">Values to send, as JSON.</param>
internal sealed record PatchedField(string Name, string? Cleared, params string[] Values)
{
    /// <summary>What a byte stands for: left out, null, or one of the values.</summary>
    public string? Sent(byte choice) => (choice % (Values.Length + 3)) switch
    {
        0 or 1 => null,
        2 => "null",
        var index => Values[index - 3],
    };

    /// <summary>What is there afterwards; null where the whole PATCH is refused.</summary>
    public string? After(string? sent, string before) => sent switch
    {
        null => before,
        "null" => Cleared,
        _ => sent,
    };
}
