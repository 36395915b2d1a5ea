using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Tests.Notifications;

/// <summary>Things to tell people, for tests.</summary>
internal static class Told
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What an attacker would write wherever the service lets him.</summary>
    public const string Hostile = "<!channel> <https://evil.test|Click> [Click](https://evil.test) <b onload=\"x\">&amp;\r\nBcc: a@evil.test \u202E";

    public static ToldIncident Incident(int number = 1) => new()
    {
        Id = new IncidentId((UInt128)number),
        Kind = IncidentKind.Rejected,
        State = IncidentState.Open,
        Summary = "The endpoint answers and refuses deliveries.",
        OpenedAt = Now.AddMinutes(-90),
        OccurredAt = Now,
        Openings = 1,
        ApplicationId = new ApplicationId(2),
        ApplicationName = "Acme Corp.",
        EndpointId = new EndpointId(3),
        EndpointUrl = "https://api.example.com:8443/hooks?token=s3cret",
        EndpointDescription = "Order system",
        FailingSince = Now.AddHours(-3),
        Waiting = 1_234,
        DeadLetters = 7,
        LastAnswer = new LastAnswer(Now.AddMinutes(-1), 503, "The endpoint answered 503."),
    };

    public static Notice Notice(ToldIncident? incident = null, NotificationReason reason = NotificationReason.Escalated, int step = 0)
    {
        incident ??= Incident();
        return new(
            reason, step, incident, new Uri($"https://webhooks.test/incidents/{incident.Id}"), new Uri("https://webhooks.test/ack/t0ken?a=1&b=2"));
    }

    public static NoticeMessage Message(params Notice[] notices) => new("ntf_1", NoticeMessageKind.Incidents, "On-call", Now, notices);

    public static NoticeMessage Test() => new("ntf_2", NoticeMessageKind.Test, "On-call", Now, []);

    public static NoticeMessage Heartbeat() => new("ntf_3", NoticeMessageKind.Heartbeat, "On-call", Now, []);

    public static NoticeMessage Digest(int incidents) =>
        Message([.. Enumerable.Range(1, incidents).Select(number => Notice(Incident(number)))]);

    public static ToldIncident HostileIncident() => Incident() with
    {
        Summary = Hostile, ApplicationName = Hostile, EndpointDescription = Hostile, LastAnswer = new LastAnswer(Now, 500, Hostile),
    };
}
