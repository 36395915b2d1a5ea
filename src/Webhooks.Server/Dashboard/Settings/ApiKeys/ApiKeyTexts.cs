using Webhooks.Core.ApiKeys;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Settings.ApiKeys;

/// <summary>What the pages say of API keys.</summary>
internal static class ApiKeyTexts
{
    public static string Text(this ApiKeyScope scope) => scope switch
    {
        ApiKeyScope.Full => "Everything",
        ApiKeyScope.Publish => "Publish only",
        ApiKeyScope.Application => "One application",
        _ => scope.ToString(),
    };

    public static (Tone Tone, string Text) State(this ApiKeyOut key, DateTimeOffset now) => key switch
    {
        { RevokedAt: not null } => (Tone.Quiet, "Revoked"),
        { ExpiresAt: { } end } when end <= now => (Tone.Quiet, "Expired"),
        _ => (Tone.Good, "Works"),
    };
}
