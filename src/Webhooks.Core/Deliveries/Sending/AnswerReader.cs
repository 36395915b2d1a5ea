using System.Buffers;
using System.Net;
using System.Text;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>Reads what is stored of an answer. What was read stays readable when the rest fails to come.</summary>
/// <param name="maxBodyBytes">Where reading ends; an answer that reaches it counts as complete.</param>
internal sealed class AnswerReader(HttpResponseMessage response, int maxBodyBytes)
{
    private const int FirstBufferBytes = 1_024;

    public byte[] Body { get; private set; } = [];

    public string Headers { get; } = Format(response);

    public async Task ReadBodyAsync(CancellationToken cancellationToken)
    {
        // After 101 the connection speaks another protocol: it has no body, and its stream would wait for one.
        if (maxBodyBytes == 0 || response.StatusCode == HttpStatusCode.SwitchingProtocols || response.Content.Headers.ContentLength == 0)
            return;

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(maxBodyBytes, FirstBufferBytes));
        var filled = 0;
        try
        {
            while (filled < maxBodyBytes)
            {
                if (filled == buffer.Length)
                    buffer = Grow(buffer);
                var read = await stream.ReadAsync(buffer.AsMemory(filled, Math.Min(buffer.Length, maxBodyBytes) - filled), cancellationToken);
                if (read == 0)
                    return;
                filled += read;
            }
        }
        finally
        {
            Body = buffer.AsSpan(0, filled).ToArray();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static string Format(HttpResponseMessage response)
    {
        var text = new StringBuilder();
        foreach (var headers in new[] { response.Headers.NonValidated, response.Content.Headers.NonValidated })
        {
            foreach (var header in headers)
            {
                foreach (var value in header.Value)
                    text.Append(text.Length == 0 ? "" : "\n").Append(header.Key).Append(": ").Append(value);
            }
        }

        return text.ToString();
    }
}
