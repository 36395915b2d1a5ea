using Microsoft.AspNetCore.Components;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Messages;
using Webhooks.Server.Dashboard.Acting;
using Webhooks.Server.Dashboard.Messages;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Portal;

/// <summary>
/// Whose portal it is: the token that <c>app-portal-access</c> made, which the page's address brought. What the pages show and do goes
/// through the API's operations with just that token, so they can show and do no more than the application itself. The one list that the API
/// does not have, of messages and how they stand, is read for that application only, once the API has let the token in.
/// </summary>
internal sealed class PortalSession(ApiOperations api, ApiKeyLookup keys, DashboardReads reads, NavigationManager navigation)
{
    // The catalogue is the same for all applications, but for what the token's feature flags hide.
    private const string EventTypes = "v1.event-type.";

    private string? _token;

    /// <summary>The application's id; null until a good token is there.</summary>
    public string? ApplicationId { get; private set; }

    /// <returns>Whether the token is that of a portal, and works.</returns>
    public async Task<bool> OpenAsync(string? token, CancellationToken cancellationToken)
    {
        if (token is not { Length: > 0 } || await keys.FindAsync(token, cancellationToken) is not { ApplicationId: { } application })
            return false;

        (_token, ApplicationId) = (token, application.ToString());
        return true;
    }

    /// <summary>Runs an operation in the application; its own id is put into the slot for it.</summary>
    /// <inheritdoc cref="ApiOperations.CallAsync"/>
    public async Task<Reply> RunAsync(
        string operation, object? slots = null, object? body = null, CancellationToken cancellationToken = default)
    {
        // Each time, so that a token that was revoked or has expired does nothing more.
        if (_token is null || await keys.FindAsync(_token, cancellationToken) is not { ApplicationId: not null } caller)
            return Reply.Refused(StatusCodes.Status401Unauthorized, "Your session has ended. Open this page again from where you came.");

        var values = new RouteValueDictionary(slots);
        if (!operation.StartsWith(EventTypes, StringComparison.Ordinal))
            values["app_id"] = ApplicationId;
        return await api.CallAsync(caller, new Uri(navigation.BaseUri), operation, values, body, cancellationToken);
    }

    /// <summary>Reads a page of a list.</summary>
    /// <param name="at">Where it begins; null for the first.</param>
    public async Task<ListPage<T>> ListAsync<T>(string operation, string? at, object? slots, CancellationToken cancellationToken)
    {
        var asked = new RouteValueDictionary(slots) { ["iterator"] = at };
        var page = await ReadAsync<Page<T>>(operation, asked, cancellationToken);
        return page is null ? new ListPage<T>([], null, null) : page.ToList(at);
    }

    /// <summary>Reads a page of the application's messages, newest first, with how they stand.</summary>
    /// <param name="at">Where it begins; null for the first.</param>
    /// <exception cref="ReadRefusedException">It was refused.</exception>
    public async Task<ListPage<MessageRow>> MessagesAsync(PortalMessageFilter filter, string? at, CancellationToken cancellationToken)
    {
        // The token is looked at, the application is there, and one more question counts against the key's rate.
        if (await ReadAsync<PortalApplication>("v1.application.get", null, cancellationToken) is not { } application
            || !IdText.TryParse<ApplicationId>(application.Id, out var id))
            return new ListPage<MessageRow>([], null, null);

        var asked = ListPages.Request<MessageId>(at);
        return await reads.ReadAsync((db, cancel) => filter.ReadAsync(db, id, asked, cancel), cancellationToken);
    }

    /// <summary>Reads what an operation answers.</summary>
    /// <returns>Null where there is no such thing, for this application.</returns>
    /// <exception cref="ReadRefusedException">It was refused.</exception>
    public async Task<T?> ReadAsync<T>(string operation, object? slots, CancellationToken cancellationToken) where T : class
    {
        var reply = await RunAsync(operation, slots, null, cancellationToken);
        return reply switch
        {
            { IsDone: true } => PortalJson.Read<T>(reply.Body),
            { StatusCode: StatusCodes.Status404NotFound } => null,
            _ => throw new ReadRefusedException(reply.Problem),
        };
    }
}
