using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Data.Sqlite;

/// <summary>An id as its 16 big-endian bytes.</summary>
internal sealed class BlobIdConverter<TId>() : ValueConverter<TId, byte[]>(
    id => id.ToBytes(),
    bytes => IdBytes.Read<TId>(bytes))
    where TId : struct, IEntityId<TId>;
