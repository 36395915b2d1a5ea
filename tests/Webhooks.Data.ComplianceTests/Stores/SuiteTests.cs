namespace Webhooks.Data.ComplianceTests.Stores;

/// <summary>The lists of what runs on which engine. The classes of the suite are known here, so none can be left out of one.</summary>
public sealed class SuiteTests
{
    private static readonly Type[] All = typeof(StoreTests).Assembly.GetTypes();

    [Theory]
    [InlineData("Sqlite", false)]
    [InlineData("PostgreSql", true)]
    [InlineData("SqlServer", true)]
    public void Suite_AnyEngine_HasEveryClass(string engine, bool isShared)
    {
        var suite = All.Where(type => type.IsAbstract && type.IsSubclassOf(typeof(StoreTests)) && HasTests(type))
            .Where(type => isShared || !type.IsSubclassOf(typeof(SharedStoreTests))).ToList();

        var onEngine = All.Where(type => suite.Contains(type.BaseType!) && type.Name == engine + type.BaseType!.Name)
            .Select(type => type.BaseType!);

        suite.ShouldNotBeEmpty();
        onEngine.ShouldBe(suite, ignoreOrder: true);
    }

    // What only other classes of the suite derive from has none.
    private static bool HasTests(Type type) => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true));
}
