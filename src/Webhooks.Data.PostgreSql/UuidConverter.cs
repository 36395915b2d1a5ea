using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Data.PostgreSql;

/// <summary>An id as a uuid of the same 16 bytes.</summary>
internal sealed class UuidConverter<TId>() : ValueConverter<TId, Guid>(
    id => id.ToUuid(),
    uuid => IdUuid.Read<TId>(uuid))
    where TId : struct, IEntityId<TId>;
