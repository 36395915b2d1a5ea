using Webhooks.Core.Endpoints;
using Webhooks.Server.Dashboard.AuditLog;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Dashboard.Tests.AuditLog;

public sealed class AuditTargetTests
{
    private static readonly ApplicationId Application = new(UInt128.One);
    private static readonly EndpointId Endpoint = new(UInt128.One);

    private static readonly Names Known = new(
        new Dictionary<ApplicationId, string> { [Application] = "Acme" },
        new Dictionary<EndpointId, string> { [Endpoint] = "https://acme.example/hooks" });

    public static TheoryData<string, string?> Targets => new()
    {
        { $"/api/v1/app/{Application}", "application Acme" },
        { $"/api/v1/app/{Application}/endpoint/{Endpoint}/secret/rotate", "endpoint https://acme.example/hooks" },
        { $"/api/v1/app/{Application}/msg/msg_1/endpoint/{Endpoint}/resend", "message msg_1, endpoint https://acme.example/hooks" },
        { "/api/v1/incident/inc_1/resolve", "incident inc_1" },
        { "/api/v1/dead-letter/dlv_1/discard", "dead letter dlv_1" },
        { "/api/v1/dead-letter/discard", "dead letters" },
        { "/api/v1/event-type/invoice.paid", "event type invoice.paid" },
        { "/api/v1/health", null },
        { "ada (op_1): Viewer", null },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void Text_OfAPath_IsWhatPeopleCallIt(string target, string? text) => AuditTarget.Text(target, Known).ShouldBe(text);
}
