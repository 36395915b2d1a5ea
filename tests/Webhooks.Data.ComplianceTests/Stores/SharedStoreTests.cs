namespace Webhooks.Data.ComplianceTests.Stores;

/// <summary>What only engines have to do that several nodes share.</summary>
public abstract class SharedStoreTests(Store store) : StoreTests(store);
