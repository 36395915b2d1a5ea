using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>The key ring as a table, for nodes that share a database.</summary>
internal sealed class KeyTable(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        return [.. db.DataProtectionKeys.Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    // Not through the gate of writers: nothing was looked up for it, and whoever comes here may be inside it.
    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        db.DataProtectionKeys.Add(new StoredKey
        {
            Name = friendlyName,
            Xml = PortableKey.Of(element).ToString(SaveOptions.DisableFormatting),
        });
        db.SaveChanges();
    }
}
