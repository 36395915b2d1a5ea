using System.Text;
using System.Text.Json;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.Polling;

/// <summary>What a push of the message carries as its body.</summary>
/// <param name="IsRaw">It was given in the payload's place, and need not be JSON.</param>
internal sealed record PollPayload(byte[] Sent, bool IsRaw)
{
    /// <summary>
    /// As it stands in an answer: byte for byte where it is one JSON value, otherwise its text as a JSON string. Blanks around the value
    /// would be lost to a reader, so with them it is text, too.
    /// </summary>
    public RawJson Show() =>
        new(!IsRaw || IsBareJson() ? Sent : JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(Sent)));

    private bool IsBareJson()
    {
        if (IsBlank(Sent[0]) || IsBlank(Sent[^1]) || !StrictJson.TryParse(Sent, out var document, out _))
            return false;

        document.Dispose();
        return true;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
