using System.Security.Cryptography;

namespace Webhooks.Core.Data.Ids;

/// <summary>Makes ids that rise within the process, also when the clock steps back.</summary>
internal sealed class IdGenerator(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private IdCounter _counter;

    public TId New<TId>() where TId : struct, IEntityId<TId>
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        var bits = BitConverter.ToUInt128(random);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();

        lock (_lock)
        {
            _counter = _counter.Next(now, bits);
            return TId.From(_counter.ToId());
        }
    }
}
