using System.Security.Cryptography;

namespace Webhooks.Core.Data.Ids;

/// <summary>
/// Makes ids that rise within the process, also when the clock steps back: RFC 9562 version 7 with a 74-bit counter
/// (section 6.2, methods 1 and 2), seeded at random each millisecond and raised by a random step for each id.
/// </summary>
internal sealed class IdGenerator(TimeProvider clock)
{
    private static readonly UInt128 CounterLimit = UInt128.One << 74;

    private readonly Lock _lock = new();
    private long _millisecond;
    private UInt128 _counter;

    public TId New<TId>() where TId : struct, IEntityId<TId> => TId.From(Next());

    private UInt128 Next()
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();

        lock (_lock)
        {
            if (now > _millisecond)
            {
                _millisecond = now;
                _counter = BitConverter.ToUInt128(random) & ((UInt128.One << 73) - 1);
            }
            else
            {
                _counter += 1 + (UInt128)BitConverter.ToUInt32(random);
                if (_counter >= CounterLimit)
                {
                    _millisecond++;
                    _counter &= CounterLimit - 1;
                }
            }

            return Layout(_millisecond, _counter);
        }
    }

    // 48 bits of milliseconds, version 7, the counter's upper 12 bits, variant 10, its lower 62 bits.
    private static UInt128 Layout(long millisecond, UInt128 counter) =>
        ((UInt128)(ulong)millisecond << 80)
        | ((UInt128)7 << 76)
        | ((counter >> 62) << 64)
        | ((UInt128)2 << 62)
        | (counter & ((UInt128.One << 62) - 1));
}
