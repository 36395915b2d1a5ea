using Webhooks.Core.Messages;

namespace Webhooks.Core.Retention;

/// <summary>How much one transaction removes: while it does, an engine with one writer lets nobody else write.</summary>
internal static class SmallBatch
{
    public const int MaxRows = 500;

    /// <summary>One message may have gone to thousands of endpoints: the rows below it are counted by themselves.</summary>
    public const int MaxMessages = 100;

    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>The first of these payloads that go together: one at least, and no more bytes than that.</summary>
    public static List<MessageId> Cut(IEnumerable<PayloadSize> payloads)
    {
        var bytes = 0L;
        return [.. payloads.TakeWhile((payload, index) => (bytes += payload.Bytes) <= MaxBytes || index == 0).Select(p => p.MessageId)];
    }
}

internal readonly record struct PayloadSize(MessageId MessageId, int Bytes);
