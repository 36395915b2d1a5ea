using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Data.SqlServer;

/// <summary>An id as its 16 big-endian bytes.</summary>
internal sealed class BinaryIdConverter<TId>() : ValueConverter<TId, byte[]>(
    id => id.ToBytes(),
    bytes => IdBytes.Read<TId>(bytes))
    where TId : struct, IEntityId<TId>;
