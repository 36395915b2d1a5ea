using System.Xml.Linq;

namespace Webhooks.Core.Security.KeyRing;

internal static class PortableKey
{
    /// <summary>
    /// The element as it is to be stored: without the version of our assembly. The runtime refuses to load a type by a version above the
    /// one present, so a release that was rolled back could not read the keys made by the newer one.
    /// </summary>
    public static XElement Of(XElement element)
    {
        var type = typeof(MasterKeyXmlDecryptor);
        var portable = new XElement(element);
        foreach (var name in portable.Descendants().Attributes("decryptorType").Where(name => name.Value == type.AssemblyQualifiedName))
            name.Value = $"{type.FullName}, {type.Assembly.GetName().Name}";
        return portable;
    }
}
