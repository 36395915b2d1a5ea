using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Data.Configurations;

internal sealed class MessagePayloadConfiguration : IEntityTypeConfiguration<MessagePayload>
{
    public void Configure(EntityTypeBuilder<MessagePayload> builder)
    {
        builder.ToTable("message_payloads");
        builder.HasKey(p => p.MessageId);

        // Retention walks it from its left end. Not an index of the messages: there, those whose payload is gone already would be in the way.
        builder.HasIndex(p => new { p.ExpiresAt, p.MessageId });
    }
}
