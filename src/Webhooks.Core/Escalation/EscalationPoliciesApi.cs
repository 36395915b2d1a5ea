using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Escalation;

/// <summary>Who is told of incidents: one policy for all, and one for each application that wants its own.</summary>
internal static class EscalationPoliciesApi
{
    public static void MapEscalationPolicies(this IEndpointRouteBuilder api)
    {
        var policies = api.MapGroup("/escalation-policy").RequireAuthorization(Access.Full).WithTags("Escalation policies");
        policies.MapGet("", ListAsync).WithName("v1.escalation-policy.list").WithSummary("List escalation policies, newest first");
        policies.MapPost("", CreateAsync).Writes()
            .WithName("v1.escalation-policy.create").WithSummary("Create the default policy, or that of an application");
        policies.MapGet("{policy_id}", GetAsync).WithName("v1.escalation-policy.get").WithSummary("Get an escalation policy");
        policies.MapPut("{policy_id}", ReplaceAsync).Writes()
            .WithName("v1.escalation-policy.update").WithSummary("Replace an escalation policy's settings");
        policies.MapDelete("{policy_id}", DeleteAsync).Writes()
            .WithName("v1.escalation-policy.delete").WithSummary("Delete an escalation policy; the default one takes its place");
    }

    private static async Task<Ok<Page<EscalationPolicyOut>>> ListAsync(
        Query<PolicyQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.EscalationPolicies.AsNoTracking()
            .ToPageAsync(query.Value.Page, p => p.Id, p => EscalationPolicyOut.Of(p), p => p.Id, cancellationToken));

    private static async Task<Results<Created<EscalationPolicyOut>, Problem>> CreateAsync(
        Body<EscalationPolicyIn> body, Caller caller, WebhooksDbContext db, EscalationPolicyRegistry registry,
        CancellationToken cancellationToken)
    {
        ApplicationId? application = null;
        if (body.Value.ApplicationId is { } idOrUid)
        {
            application = await db.FindApplicationAsync(caller, idOrUid, cancellationToken);
            if (application is null)
                return ApiProblems.Invalid(["body", "applicationId"], "There is no such application.");
        }

        if (await registry.FindFaultAsync(body.Value, cancellationToken) is { } fault)
            return fault;
        if (await db.EscalationPolicies.AnyAsync(p => p.ApplicationId == application, cancellationToken))
            return ApiProblems.Conflict(
                application is null
                    ? "There is a default policy already. Change that one."
                    : "This application has an escalation policy already. Change that one.");

        return TypedResults.Created((string?)null, EscalationPolicyOut.Of(registry.Add(application, body.Value)));
    }

    private static async Task<Results<Ok<EscalationPolicyOut>, Problem>> GetAsync(
        [PolicyId] string policy, WebhooksDbContext db, CancellationToken cancellationToken) =>
        await FindAsync(db.EscalationPolicies.AsNoTracking(), policy, cancellationToken) is { } found
            ? TypedResults.Ok(EscalationPolicyOut.Of(found))
            : ApiProblems.NotFound();

    private static async Task<Results<Ok<EscalationPolicyOut>, Problem>> ReplaceAsync(
        [PolicyId] string policy, Body<EscalationPolicyUpdate> body, WebhooksDbContext db, EscalationPolicyRegistry registry,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(db.EscalationPolicies, policy, cancellationToken) is not { } found)
            return ApiProblems.NotFound();
        if (await registry.FindFaultAsync(body.Value, cancellationToken) is { } fault)
            return fault;

        registry.Update(found, body.Value);
        return TypedResults.Ok(EscalationPolicyOut.Of(found));
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(
        [PolicyId] string policy, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (await FindAsync(db.EscalationPolicies, policy, cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        db.EscalationPolicies.Remove(found);
        return TypedResults.NoContent();
    }

    private static async Task<EscalationPolicy?> FindAsync(
        IQueryable<EscalationPolicy> policies, string slot, CancellationToken cancellationToken) =>
        IdText.TryParse<EscalationPolicyId>(slot, out var id)
            ? await policies.FirstOrDefaultAsync(p => p.Id == id, cancellationToken)
            : null;

    internal sealed record PolicyQuery(PageRequest<EscalationPolicyId> Page) : IQuery<PolicyQuery>
    {
        public static PolicyQuery Read(QueryReader query) => new(query.Page<EscalationPolicyId>(isAscending: false));
    }
}
