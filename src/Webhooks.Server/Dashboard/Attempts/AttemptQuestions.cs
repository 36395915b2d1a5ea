using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>Attempts as pages ask for them.</summary>
internal static class AttemptQuestions
{
    /// <summary>Those of a message, of an endpoint, or of a message at an endpoint. An id that isn't good has none.</summary>
    public static IQueryable<Attempt> Of(this IQueryable<Attempt> attempts, string? message, string? endpoint)
    {
        if (message is null && endpoint is null)
            throw new ArgumentException("Whose attempts is not said.", nameof(message));

        if (message is not null)
            attempts = IdText.TryParse<MessageId>(message, out var id) ? attempts.Where(a => a.MessageId == id) : None(attempts);
        if (endpoint is not null)
            attempts = IdText.TryParse<EndpointId>(endpoint, out var id) ? attempts.Where(a => a.EndpointId == id) : None(attempts);
        return attempts;
    }

    private static IQueryable<Attempt> None(IQueryable<Attempt> attempts) => attempts.Where(a => false);
}
