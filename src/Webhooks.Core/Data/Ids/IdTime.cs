namespace Webhooks.Core.Data.Ids;

/// <summary>Ids as times: they begin with the millisecond in which they were made (RFC 9562, section 5.7).</summary>
internal static class IdTime
{
    private static readonly UInt128 WithinMillisecond = (UInt128.One << 80) - 1;

    /// <summary>No id made in that millisecond, or later, is below this one.</summary>
    public static TId FirstOf<TId>(DateTimeOffset time) where TId : struct, IEntityId<TId> => TId.From(Millisecond(time));

    /// <summary>No id made in that millisecond, or earlier, is above this one.</summary>
    public static TId LastOf<TId>(DateTimeOffset time) where TId : struct, IEntityId<TId> =>
        TId.From(Millisecond(time) | WithinMillisecond);

    /// <summary>The millisecond in which the id was made.</summary>
    public static DateTimeOffset Of<TId>(TId id) where TId : struct, IEntityId<TId> =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)(ulong)(id.Value >> 80));

    private static UInt128 Millisecond(DateTimeOffset time) => (UInt128)(ulong)Math.Max(0, time.ToUnixTimeMilliseconds()) << 80;

    /// <summary>The time that long before, or the first that there is.</summary>
    public static DateTimeOffset Before(DateTimeOffset time, TimeSpan span) =>
        time - DateTimeOffset.MinValue < span ? DateTimeOffset.MinValue : time - span;
}
