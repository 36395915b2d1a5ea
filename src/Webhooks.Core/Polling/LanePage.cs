using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Polling;

/// <summary>What a page shows of the rows that were looked at, and how far it got.</summary>
/// <param name="Position">Everything up to this sequence number was shown or is not to be shown.</param>
/// <param name="IsDone">Whether nothing follows just now.</param>
internal sealed record LanePage(IReadOnlyList<LaneRow> Rows, long Position, bool IsDone)
{
    // Pages of the largest payloads would fill the memory otherwise. One row fits always.
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <param name="looked">Rows in the lane's order, one more than <paramref name="scan"/> where the lane goes on.</param>
    /// <param name="position">Where the page before ended.</param>
    public static LanePage Cut(IReadOnlyList<LaneRow> looked, long position, PollFilter filter, int limit, int scan)
    {
        var rows = new List<LaneRow>();
        var bytes = 0L;
        foreach (var row in looked.Take(scan))
        {
            if (row.State is not DeliveryState.Filtered && filter.LetsThrough(row))
            {
                if (rows.Count == limit || (rows.Count > 0 && bytes + row.Bytes > MaxBytes))
                    return new LanePage(rows, position, IsDone: false);

                rows.Add(row);
                bytes += row.Bytes;
            }

            position = row.Sequence;
        }

        return new LanePage(rows, position, looked.Count <= scan);
    }
}
