using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>The key ring's files, readable by the service's user only.</summary>
internal sealed class KeyDirectory : FileSystemXmlRepository
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public KeyDirectory(DirectoryInfo directory, ILoggerFactory loggerFactory) : base(directory, loggerFactory)
    {
        if (OperatingSystem.IsWindows())
            return; // There the data directory's own access list is inherited.

        System.IO.Directory.CreateDirectory(directory.FullName, OwnerOnly);
        try
        {
            // It may be there already, from a restored backup or an image, with other rights.
            File.SetUnixFileMode(directory.FullName, OwnerOnly);
        }
        catch (UnauthorizedAccessException fault)
        {
            // Network shares often know no file modes; whoever mounts one decides who reads it.
            loggerFactory.CreateLogger<KeyDirectory>().KeyDirectoryNotRestricted(directory.FullName, fault);
        }
    }

    public override void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);

        // The base class makes the file with mode 0600, under another name, and then moves it into place.
        base.StoreElement(PortableKey.Of(element), friendlyName);
    }
}
