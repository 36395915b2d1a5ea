using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Webhooks.Core.Security;

namespace Webhooks.Core.Channels;

/// <summary>Encrypts channels' settings for the database, and reads them again.</summary>
internal sealed class ChannelVault(SecretProtectors protectors)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public byte[] Protect(ChannelSettings settings) => protectors.ChannelSettings.Protect(JsonSerializer.Serialize(settings, Json));

    /// <summary>Null when they can't be decrypted any more: the key ring that encrypted them is gone.</summary>
    public ChannelSettings? Read(byte[] protectedSettings)
    {
        try
        {
            return JsonSerializer.Deserialize<ChannelSettings>(protectors.ChannelSettings.Unprotect(protectedSettings), Json);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
