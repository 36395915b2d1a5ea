using Webhooks.Core.Data.Ids;

namespace Webhooks.Data.SqlServer.Tests.HotPath;

internal static class Ids
{
    /// <summary>An id as the server returns it.</summary>
    public static byte[] Bytes<TId>(TId id) where TId : struct, IEntityId<TId> => id.ToBytes();

    /// <summary>An id as it is sent.</summary>
    public static string Hex<TId>(TId id) where TId : struct, IEntityId<TId> => Convert.ToHexString(id.ToBytes());
}
