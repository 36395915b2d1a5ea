using Webhooks.Data.ComplianceTests.Deliveries;
using Webhooks.Data.ComplianceTests.Endpoints;
using Webhooks.Data.ComplianceTests.Http;
using Webhooks.Data.ComplianceTests.Invariants;
using Webhooks.Data.ComplianceTests.Lanes;
using Webhooks.Data.ComplianceTests.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

// The whole suite on PostgreSQL.
public sealed class PostgreSqlPublishTests() : PublishTests(new PostgreSqlStore());
public sealed class PostgreSqlIdempotencyTests() : IdempotencyTests(new PostgreSqlStore());
public sealed class PostgreSqlLaneArrivalTests() : LaneArrivalTests(new PostgreSqlStore());
public sealed class PostgreSqlGroupedPublishTests() : GroupedPublishTests(new PostgreSqlStore());
public sealed class PostgreSqlClaimTests() : ClaimTests(new PostgreSqlStore());
public sealed class PostgreSqlLaneClaimTests() : LaneClaimTests(new PostgreSqlStore());
public sealed class PostgreSqlLanePauseTests() : LanePauseTests(new PostgreSqlStore());
public sealed class PostgreSqlLanePaceTests() : LanePaceTests(new PostgreSqlStore());
public sealed class PostgreSqlLaneProbeTests() : LaneProbeTests(new PostgreSqlStore());
public sealed class PostgreSqlRecordTests() : RecordTests(new PostgreSqlStore());
public sealed class PostgreSqlFencingTests() : FencingTests(new PostgreSqlStore());
public sealed class PostgreSqlLeaseSweepTests() : LeaseSweepTests(new PostgreSqlStore());
public sealed class PostgreSqlRandomWalkTests() : RandomWalkTests(new PostgreSqlStore());
public sealed class PostgreSqlDeliveryPumpTests() : DeliveryPumpTests(new PostgreSqlStore());
public sealed class PostgreSqlEndpointCleanupTests() : EndpointCleanupTests(new PostgreSqlStore());
public sealed class PostgreSqlIdempotencyCleanupTests() : IdempotencyCleanupTests(new PostgreSqlStore());
