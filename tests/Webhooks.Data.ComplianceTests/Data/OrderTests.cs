using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Applications;
using Webhooks.Core.EventTypes;
using Webhooks.Core.Http.Paging;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Data;

/// <summary>
/// The database sorts as the code does, or pages by key would leave rows out. Its own collation, on PostgreSQL and SQL Server, does not.
/// </summary>
public abstract class OrderTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Names_AnyCharacters_SortByTheirBytes()
    {
        string[] names = ["b", "A", "a.b", "a-b", "a", "_", "Z", "a_b", "9", "aB"];
        await Given.SaveAsync([.. names.Select(name => new EventType { Name = name, Description = "", CreatedAt = Now, UpdatedAt = Now })]);

        var saved = await Db.EventTypes.OrderBy(type => type.Name).Select(type => type.Name).ToListAsync(Cancel);
        var beforeA = new PageRequest<string> { Iterator = "-a", Cursor = "a", IsBackwards = true, IsAscending = true };
        var page = await Db.EventTypes.ToPageAsync(beforeA, type => type.Name, type => type.Name, name => name, Cancel);

        saved.ShouldBe(names.Order(StringComparer.Ordinal));
        page.Data.ShouldBe(["9", "A", "Z", "_"]);
    }

    [Fact]
    public async Task Ids_AnyBytes_SortAndCompareAsInTheCode()
    {
        var ids = Enumerable.Range(0, 200).Select(_ => new ApplicationId(BitConverter.ToUInt128(Guid.NewGuid().ToByteArray()))).ToList();
        await Given.SaveAsync([.. ids.Select(id => new Application { Id = id, Name = "", CreatedAt = Now, UpdatedAt = Now })]);

        var saved = Db.Applications.Where(application => application.Name == "").Select(application => application.Id);

        (await saved.OrderBy(id => id).ToListAsync(Cancel)).ShouldBe(ids.Order());
        (await saved.CountAsync(id => id > ids[0], Cancel)).ShouldBe(ids.Count(id => id > ids[0]));
    }
}
