using System.Collections;
using System.Data.Common;

namespace Webhooks.Data.SqlServer.Tests.Recording;

/// <summary>Rows that a test says: columns must be asked for with the types that these values have. Or <see cref="Any"/> row.</summary>
internal sealed class AnswerReader(IReadOnlyList<object?[][]> results) : DbDataReader
{
    private int _result;
    private int _row = -1;

    private object?[] Row => results[_result][_row];

    public override int RecordsAffected => results.Count == 0 ? 0 : results[0].Length;
    public override int FieldCount => 64;
    public override bool HasRows => _result < results.Count && results[_result].Length > 0;
    public override bool IsClosed => false;
    public override int Depth => 0;

    public override object this[int ordinal] => GetValue(ordinal);
    public override object this[string name] => throw new NotSupportedException();

    public override bool Read() => _result < results.Count && ++_row < results[_result].Length;

    public override bool NextResult()
    {
        (_result, _row) = (_result + 1, -1);
        return _result < results.Count;
    }

    // Of any row, the first column is a key.
    public override bool IsDBNull(int ordinal) => Row is [Any any] ? !any.IsFull && ordinal > 0 : Row[ordinal] is null;
    public override object GetValue(int ordinal) => Row is [Any] ? 1 : Row[ordinal] ?? DBNull.Value;
    public override T GetFieldValue<T>(int ordinal) => (T)(Row is [Any any] ? any.Of(typeof(T), ordinal) : Row[ordinal]!);

    public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);
    public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);
    public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);
    public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);
    public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);

    public override byte GetByte(int ordinal) => throw new NotSupportedException();
    public override char GetChar(int ordinal) => throw new NotSupportedException();
    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();
    public override decimal GetDecimal(int ordinal) => throw new NotSupportedException();
    public override float GetFloat(int ordinal) => throw new NotSupportedException();
    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();
    public override short GetInt16(int ordinal) => throw new NotSupportedException();
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override string GetDataTypeName(int ordinal) => throw new NotSupportedException();
    public override Type GetFieldType(int ordinal) => throw new NotSupportedException();
    public override string GetName(int ordinal) => throw new NotSupportedException();
    public override int GetOrdinal(string name) => throw new NotSupportedException();
    public override int GetValues(object[] values) => throw new NotSupportedException();
    public override IEnumerator GetEnumerator() => throw new NotSupportedException();
}

/// <summary>A row of whatever is asked for.</summary>
/// <param name="Answer">What a question (EXISTS) is answered.</param>
/// <param name="IsFull">Nothing in it is null, where otherwise all but its key is.</param>
internal sealed record Any(bool Answer, bool IsFull = false)
{
    private static readonly byte[] Id = [.. Enumerable.Repeat((byte)7, 16)];

    /// <summary>What the columns have that are texts.</summary>
    public Func<int, string> Texts { get; init; } = _ => "{}";

    public object Of(Type type, int column) =>
        type == typeof(bool) ? Answer
        : type == typeof(byte[]) ? Id
        : type == typeof(string) ? Texts(column)
        : Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);
}
