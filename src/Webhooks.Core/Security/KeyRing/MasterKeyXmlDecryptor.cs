using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>
/// Decrypts what <see cref="MasterKeyXmlEncryptor"/> encrypted. Key files name this type, and Data Protection makes it by that name with
/// this constructor: renaming or moving it makes every existing key ring unreadable.
/// </summary>
internal sealed class MasterKeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public const string ElementName = "masterKeyEncrypted";
    public const string KeyIdName = "keyId";

    private readonly MasterKeys _keys = services.GetRequiredService<MasterKeys>();

    public XElement Decrypt(XElement encryptedElement)
    {
        var key = _keys.Find((string?)encryptedElement.Attribute(KeyIdName) ?? "");
        var plaintext = key.Decrypt(Convert.FromBase64String(encryptedElement.Value));
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(plaintext));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}
