using Webhooks.Data.ComplianceTests.Deliveries;
using Webhooks.Data.ComplianceTests.Endpoints;
using Webhooks.Data.ComplianceTests.Http;
using Webhooks.Data.ComplianceTests.Invariants;
using Webhooks.Data.ComplianceTests.Lanes;
using Webhooks.Data.ComplianceTests.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.SqlServer;

// The whole suite on SQL Server.
public sealed class SqlServerPublishTests() : PublishTests(new SqlServerStore());
public sealed class SqlServerIdempotencyTests() : IdempotencyTests(new SqlServerStore());
public sealed class SqlServerLaneArrivalTests() : LaneArrivalTests(new SqlServerStore());
public sealed class SqlServerGroupedPublishTests() : GroupedPublishTests(new SqlServerStore());
public sealed class SqlServerClaimTests() : ClaimTests(new SqlServerStore());
public sealed class SqlServerLaneClaimTests() : LaneClaimTests(new SqlServerStore());
public sealed class SqlServerLanePauseTests() : LanePauseTests(new SqlServerStore());
public sealed class SqlServerLanePaceTests() : LanePaceTests(new SqlServerStore());
public sealed class SqlServerLaneProbeTests() : LaneProbeTests(new SqlServerStore());
public sealed class SqlServerRecordTests() : RecordTests(new SqlServerStore());
public sealed class SqlServerFencingTests() : FencingTests(new SqlServerStore());
public sealed class SqlServerLeaseSweepTests() : LeaseSweepTests(new SqlServerStore());
public sealed class SqlServerRandomWalkTests() : RandomWalkTests(new SqlServerStore());
public sealed class SqlServerDeliveryPumpTests() : DeliveryPumpTests(new SqlServerStore());
public sealed class SqlServerEndpointCleanupTests() : EndpointCleanupTests(new SqlServerStore());
public sealed class SqlServerIdempotencyCleanupTests() : IdempotencyCleanupTests(new SqlServerStore());
