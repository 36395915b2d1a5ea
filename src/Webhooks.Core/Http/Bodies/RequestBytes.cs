using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Webhooks.Core.Http.Bodies;

/// <summary>
/// The request's body, read once and kept for whoever needs it again: the reader of its fields, the hash of its idempotency key.
/// </summary>
/// <param name="Body">Null when it is longer than <see cref="ApiOptions.MaxBodyBytes"/>.</param>
internal sealed record RequestBytes(ReadOnlyMemory<byte>? Body, int Limit)
{
    private const int FirstChunk = 4_096;

    public static async ValueTask<RequestBytes> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<RequestBytes>() is { } known)
            return known;

        var limit = context.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value.MaxBodyBytes;
        var bytes = new RequestBytes(await ReadAsync(context.Request, limit, context.RequestAborted), limit);
        context.Features.Set(bytes);
        return bytes;
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return null;

        // One byte more than announced, so that the read that meets the end needs no growth.
        var buffer = new byte[request.ContentLength is { } length ? (int)length + 1 : FirstChunk];
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, limit + 1L));

            var read = await request.Body.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
                return buffer.AsMemory(0, filled);

            filled += read;
            if (filled > limit)
                return null;
        }
    }
}
