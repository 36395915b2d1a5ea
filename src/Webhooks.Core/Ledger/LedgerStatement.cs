using System.Text;
using System.Text.Json;

namespace Webhooks.Core.Ledger;

/// <summary>What a seal says of its day: sums for people, digests for proof. Of facts that can't change any more once the day is closed.</summary>
internal sealed record LedgerStatement
{
    /// <summary>How the digests are made.</summary>
    public int Version { get; init; } = 1;

    public required string Day { get; init; }

    /// <summary>Endpoints and hours of the day.</summary>
    public required long Entries { get; init; }

    /// <summary>Deliveries that came in it.</summary>
    public required long Accepted { get; init; }

    public required long Filtered { get; init; }

    /// <summary>SHA-256 over what each of the entries was given, in their order.</summary>
    public required string EntriesDigest { get; init; }

    /// <summary>Entries, also of earlier days, whose last delivery came to its end in it.</summary>
    public required long Settled { get; init; }

    /// <summary>What became of the deliveries of those.</summary>
    public required LedgerCounts SettledCounts { get; init; }

    /// <summary>SHA-256 over what became of each of those, in their order.</summary>
    public required string SettledDigest { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>A line of the first digest.</summary>
    public static byte[] GivenLine(LedgerHour entry) => Line(
        $"{entry.Id} {entry.Hour:O} {entry.ApplicationId} {entry.EndpointId} {entry.FirstSequence} {entry.LastSequence} {entry.Filtered}\n");

    /// <summary>A line of the second digest. In this order for ever: a column that comes later goes behind a new version of the statement.</summary>
    public static byte[] SettledLine(LedgerHour entry)
    {
        var counts = entry.Counts;
        return Line(
            $"{entry.Id} {entry.SettledAt:O} {counts.Delivered} {counts.Replayed} {counts.Discarded} {counts.Canceled} {counts.EndedLater} {counts.Replays} {counts.DuplicatesPossible}\n");
    }

    private static byte[] Line(FormattableString text) => Encoding.UTF8.GetBytes(FormattableString.Invariant(text));
}
