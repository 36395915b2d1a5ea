using Webhooks.Data.ComplianceTests.Deliveries;
using Webhooks.Data.ComplianceTests.Endpoints;
using Webhooks.Data.ComplianceTests.Http;
using Webhooks.Data.ComplianceTests.Invariants;
using Webhooks.Data.ComplianceTests.Lanes;
using Webhooks.Data.ComplianceTests.Outbox;
using Webhooks.Data.ComplianceTests.Polling;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Sqlite;

// The whole suite on SQLite. Another engine is another file like this one.
public sealed class SqlitePublishTests() : PublishTests(new SqliteStore());
public sealed class SqliteIdempotencyTests() : IdempotencyTests(new SqliteStore());
public sealed class SqliteLaneArrivalTests() : LaneArrivalTests(new SqliteStore());
public sealed class SqliteGroupedPublishTests() : GroupedPublishTests(new SqliteStore());
public sealed class SqliteClaimTests() : ClaimTests(new SqliteStore());
public sealed class SqliteLaneClaimTests() : LaneClaimTests(new SqliteStore());
public sealed class SqliteLanePauseTests() : LanePauseTests(new SqliteStore());
public sealed class SqliteLanePaceTests() : LanePaceTests(new SqliteStore());
public sealed class SqliteLaneProbeTests() : LaneProbeTests(new SqliteStore());
public sealed class SqliteRecordTests() : RecordTests(new SqliteStore());
public sealed class SqliteFencingTests() : FencingTests(new SqliteStore());
public sealed class SqliteLeaseSweepTests() : LeaseSweepTests(new SqliteStore());
public sealed class SqliteRandomWalkTests() : RandomWalkTests(new SqliteStore());
public sealed class SqliteDeliveryPumpTests() : DeliveryPumpTests(new SqliteStore());
public sealed class SqliteEndpointCleanupTests() : EndpointCleanupTests(new SqliteStore());
public sealed class SqliteLaneReaderTests() : LaneReaderTests(new SqliteStore());
public sealed class SqlitePollConsumersTests() : PollConsumersTests(new SqliteStore());
public sealed class SqliteIdempotencyCleanupTests() : IdempotencyCleanupTests(new SqliteStore());
