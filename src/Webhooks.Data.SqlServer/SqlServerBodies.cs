namespace Webhooks.Data.SqlServer;

/// <summary>
/// The payloads of many rows, one after the other in one binary parameter; each row says where its own begins. In JSON they would be
/// text, of three times the size.
/// </summary>
internal sealed class SqlServerBodies
{
    private readonly List<ReadOnlyMemory<byte>> _bodies = [];
    private int _length;

    /// <summary>Returns where the body begins, from 1 as SUBSTRING counts.</summary>
    public int Add(ReadOnlyMemory<byte> body)
    {
        var start = _length + 1;
        _bodies.Add(body);
        _length = checked(_length + body.Length);
        return start;
    }

    public byte[] ToArray()
    {
        var all = new byte[_length];
        var rest = all.AsSpan();
        foreach (var body in _bodies)
        {
            body.Span.CopyTo(rest);
            rest = rest[body.Length..];
        }

        return all;
    }
}
