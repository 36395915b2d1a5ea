namespace Webhooks.Data.SqlServer;

internal static class LaneSql
{
    // Who adds to a lane's deliveries, or moves them, holds the lane. The loop join locks in the order of @lanes, which is always that of
    // their ids, so no two wait for each other crosswise. This waits for a lane that is locked; a claim passes over it meanwhile.
    public const string Lock = """
        SELECT l.endpoint_id
        FROM OPENJSON(@lanes) WITH (id char(32) '$') AS k
        INNER LOOP JOIN lanes AS l WITH (UPDLOCK, ROWLOCK) ON l.endpoint_id = CONVERT(binary(16), k.id, 2);

        """;
}
