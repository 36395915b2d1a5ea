using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Channels;

/// <summary>The ways to tell people of incidents. They are the operator's: whoever has full access makes them.</summary>
internal static class ChannelsApi
{
    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/channel").RequireAuthorization(Access.Full).WithTags("Channels");
        channels.MapGet("", ListAsync)
            .WithName("v1.channel.list").WithSummary("List the channels over which people are told, newest first");
        channels.MapPost("", CreateAsync).Writes()
            .WithName("v1.channel.create").WithSummary("Create a channel: e-mail, Slack, Teams, PagerDuty or a signed webhook");
        channels.MapGet("{channel_id}", GetAsync).WithName("v1.channel.get").WithSummary("Get a channel and how it fares");
        channels.MapPut("{channel_id}", ReplaceAsync).Writes()
            .WithName("v1.channel.update").WithSummary("Replace a channel's settings; secrets that are left out stay");
        channels.MapPatch("{channel_id}", PatchAsync).Writes()
            .WithName("v1.channel.patch").WithSummary("Change some of a channel's settings");
        channels.MapDelete("{channel_id}", DeleteAsync).Writes()
            .WithName("v1.channel.delete").WithSummary("Delete a channel that no escalation policy names");
        channels.MapPost("{channel_id}/test", ChannelTest.RunAsync).WithMetadata(new ActsEachTime())
            .WithName("v1.channel.test").WithSummary("Send a test over a channel now, and say whether it was taken");
    }

    private static async Task<Ok<Page<ChannelOut>>> ListAsync(
        Query<ChannelQuery> query, WebhooksDbContext db, ChannelVault vault, CancellationToken cancellationToken)
    {
        var page = await db.Channels.AsNoTracking().ToPageAsync(
            query.Value.Page, c => c.Id, (Channel c) => c, c => c.Id, cancellationToken);
        return TypedResults.Ok(
            new Page<ChannelOut>([.. page.Data.Select(c => ChannelOut.Of(c, vault))], page.Iterator, page.PrevIterator, page.Done));
    }

    private static Results<Created<ChannelOut>, Problem> CreateAsync(Body<ChannelIn> body, ChannelRegistry registry, ChannelVault vault) =>
        registry.Add(body.Value) switch
        {
            { Refusal: { } refusal } => refusal,
            var (made, _) => TypedResults.Created((string?)null, ChannelOut.Of(made!, vault)),
        };

    private static async Task<Results<Ok<ChannelOut>, Problem>> GetAsync(
        [ChannelId] string channel, WebhooksDbContext db, ChannelVault vault, CancellationToken cancellationToken) =>
        await FindAsync(db.Channels.AsNoTracking(), channel, cancellationToken) is { } found
            ? TypedResults.Ok(ChannelOut.Of(found, vault))
            : ApiProblems.NotFound();

    private static async Task<Results<Ok<ChannelOut>, Problem>> ReplaceAsync(
        [ChannelId] string channel, Body<ChannelUpdate> body, WebhooksDbContext db, ChannelRegistry registry, ChannelVault vault,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(db.Channels, channel, cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        return await registry.ReplaceAsync(found, body.Value, cancellationToken) is { } refusal
            ? refusal
            : TypedResults.Ok(ChannelOut.Of(found, vault));
    }

    private static async Task<Results<Ok<ChannelOut>, Problem>> PatchAsync(
        [ChannelId] string channel, Body<ChannelPatch> body, WebhooksDbContext db, ChannelRegistry registry, ChannelVault vault,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(db.Channels, channel, cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        return await registry.ChangeAsync(found, body.Value, cancellationToken) is { } refusal
            ? refusal
            : TypedResults.Ok(ChannelOut.Of(found, vault));
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(
        [ChannelId] string channel, WebhooksDbContext db, ChannelRegistry registry, CancellationToken cancellationToken)
    {
        if (await FindAsync(db.Channels, channel, cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        return await registry.DeleteAsync(found, cancellationToken) is { } refusal ? refusal : TypedResults.NoContent();
    }

    private static async Task<Channel?> FindAsync(IQueryable<Channel> channels, string channel, CancellationToken cancellationToken) =>
        IdText.TryParse<ChannelId>(channel, out var id) ? await channels.FirstOrDefaultAsync(c => c.Id == id, cancellationToken) : null;

    internal sealed record ChannelQuery(PageRequest<ChannelId> Page) : IQuery<ChannelQuery>
    {
        public static ChannelQuery Read(QueryReader query) => new(query.Page<ChannelId>(isAscending: false));
    }
}
