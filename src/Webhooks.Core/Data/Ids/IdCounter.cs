namespace Webhooks.Core.Data.Ids;

/// <summary>
/// The last id made, as RFC 9562 version 7 with a 74-bit counter (section 6.2, methods 1 and 2): seeded at random each millisecond, with
/// its highest bit free, and raised by a random step for each id.
/// </summary>
internal readonly record struct IdCounter(long Millisecond, UInt128 Counter)
{
    private static readonly UInt128 Limit = UInt128.One << 74;
    private static readonly UInt128 SeedMask = (UInt128.One << 73) - 1;

    /// <param name="now">The clock's millisecond; one that is not later than the last id's counts as the same.</param>
    /// <param name="random">128 random bits.</param>
    public IdCounter Next(long now, UInt128 random)
    {
        if (now > Millisecond)
            return new IdCounter(now, random & SeedMask);

        var next = Counter + 1 + (uint)random;
        return next < Limit ? this with { Counter = next } : new IdCounter(Millisecond + 1, next - Limit); // borrows from the next millisecond
    }

    /// <summary>48 bits of milliseconds, version 7, the counter's upper 12 bits, variant 10, its lower 62 bits.</summary>
    public UInt128 ToId() =>
        ((UInt128)(ulong)Millisecond << 80)
        | ((UInt128)7 << 76)
        | ((Counter >> 62) << 64)
        | ((UInt128)2 << 62)
        | (Counter & ((UInt128.One << 62) - 1));
}
