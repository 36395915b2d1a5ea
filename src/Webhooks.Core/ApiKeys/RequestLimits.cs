using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.ApiKeys;

/// <summary>
/// How often a key may call, on each node. Requests without a live key are refused anyway and not counted. Keys that have not called for
/// a while are forgotten by the framework, so only those at work take memory.
/// </summary>
internal sealed class RequestLimits(IOptions<ApiOptions> api, TimeProvider clock) : IConfigureOptions<RateLimiterOptions>
{
    public void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, KeyLimit>(PartitionOf);
        options.OnRejected = RefuseAsync;
    }

    private RateLimitPartition<KeyLimit> PartitionOf(HttpContext context)
    {
        if (context.Features.Get<Caller>() is not { } caller || LimitOf(caller) is not { } limit)
            return RateLimitPartition.GetNoLimiter(default(KeyLimit));

        return RateLimitPartition.Get<KeyLimit>(
            new(caller.KeyId, limit), partition => new KeyRateLimiter(partition.RequestsPerSecond, clock));
    }

    private int? LimitOf(Caller caller) => caller.RequestsPerSecond ?? api.Value.RequestsPerSecond;

    private async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter);
        var limit = LimitOf(Caller.Of(rejected.HttpContext)) ?? throw new InvalidOperationException("A key without a limit was refused.");
        await ApiProblems.RateLimited(limit, retryAfter).ExecuteAsync(rejected.HttpContext);
    }

    private readonly record struct KeyLimit(ApiKeyId KeyId, int RequestsPerSecond);
}
