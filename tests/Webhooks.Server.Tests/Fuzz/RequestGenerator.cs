using System.Text;
using System.Text.RegularExpressions;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.Fuzz;

/// <summary>Makes requests of every operation that the API's description has: mostly right, each in some way odd at times.</summary>
internal sealed class RequestGenerator(OpenApiDescription document, ResourcePool pool, Random random)
{
    private static readonly string[] OddQueryValues =
    [
        "", "0", "-1", "1", "2", "251", "99999999999", "x", "true", "false", "%00", "%C3%28", "a,b", ",", "-", "2026-01-31T12:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z", "2026-01-31T12%3A00%3A00%2B02%3A00", "yesterday", "ascending", "descending", "500", "%F0%9F%98%80",
        "-app_00000000000000000000000000",
    ];

    private static readonly string[] ContentTypes =
        [
            "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/problem+json",
            "multipart/form-data; boundary=x",
        ];

    private static readonly string[] IdempotencyKeys = ["k-1", "k-2", "k-3", "", " ", "a b", "\u00e4", new('k', 257), "auto_1"];

    private static readonly string[] Methods = ["GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"];

    private static readonly string[] Authorizations =
        [
            "", "Bearer", "Bearer ", "Bearer whk_", "Basic Ym9vdHN0cmFw", "bearer \u00e4", "Bearer a b", "Bearer null",
            $"Bearer {new string('x', 4_000)}",
        ];

    private readonly JsonGenerator _json = new(document, pool, random);

    // Things that are made come up more often than things that are asked for or removed, so that there is something to ask for.
    private readonly List<ApiOperation> _operations =
        [.. document.Operations.Values.SelectMany(o => Enumerable.Repeat(o, o.Method switch { "post" => 4, "delete" => 1, _ => 2 }))];

    public FuzzRequest Next()
    {
        var operation = _operations[random.Next(_operations.Count)];
        var path = Regex.Replace(operation.Path, "{(.*?)}", slot => pool.Slot(slot.Groups[1].Value));
        var method = random.Next(100) == 0 ? Methods[random.Next(Methods.Length)] : operation.Method.ToUpperInvariant();
        return new FuzzRequest(
            method, path + Query(operation), operation,
            operation.Body is { } schema && random.Next(50) > 0 ? Mutate(Encoding.UTF8.GetBytes(_json.Value("", schema))) : null)
        {
            ContentType = random.Next(30) == 0 ? ContentTypes[random.Next(ContentTypes.Length)] : "application/json",
            IdempotencyKey = random.Next(5) == 0 ? IdempotencyKeys[random.Next(IdempotencyKeys.Length)] : null,
            Who = random.Next(20) switch { 1 or 2 => FuzzCaller.Application, 3 => FuzzCaller.Publisher, _ => FuzzCaller.Full },
            Authorization = random.Next(50) == 0 ? Authorizations[random.Next(Authorizations.Length)] : null,
        };
    }

    private string Query(ApiOperation operation)
    {
        var parameters = operation.QueryParameters.Where(_ => random.Next(4) == 0)
            .Select(name => $"{name}={QueryValue(operation, name)}").ToList();
        if (parameters.Count > 0 && random.Next(20) == 0)
            parameters.Add(parameters[0]);
        if (random.Next(50) == 0)
            parameters.Add("%00=%zz&&=");
        return parameters.Count == 0 ? "" : "?" + string.Join('&', parameters);
    }

    private string QueryValue(ApiOperation operation, string name)
    {
        var parameter = operation.Json.GetProperty("parameters").EnumerateArray().First(p => p.GetProperty("name").GetString() == name);
        return random.Next(4) switch
        {
            0 => OddQueryValues[random.Next(OddQueryValues.Length)],
            1 => Uri.EscapeDataString(pool.AnyId()),
            _ when parameter.TryGetProperty("example", out var example) => Uri.EscapeDataString(example.ToString()),
            _ => name == "limit" ? $"{random.Next(1, 60)}" : Uri.EscapeDataString(pool.AnyId()),
        };
    }

    private byte[] Mutate(byte[] body) => random.Next(200) switch
    {
        0 => body[..random.Next(body.Length)],
        1 => [.. body, 0],
        2 => [.. body[..(body.Length / 2)], 0xC3, 0x28, .. body[(body.Length / 2)..]],
        3 => [0xEF, 0xBB, 0xBF, .. body],
        4 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)),
        5 => [.. "["u8, .. body, .. "]"u8],
        6 => Encoding.ASCII.GetBytes("{\"x\":" + new string('[', random.Next(1, 2_000))),
        7 => [.. "{\"x\":1,\"x\":2,"u8, .. body.AsSpan(1)],
        8 => new byte[random.Next(3 * 1024 * 1024)],
        9 or 10 => Flip(body),
        _ => body,
    };

    private byte[] Flip(byte[] body)
    {
        body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
        return body;
    }
}

/// <summary>With which key a request is sent.</summary>
internal enum FuzzCaller
{
    Full,
    Application,
    Publisher,
}

/// <param name="Path">Path and query, as they are sent.</param>
internal sealed record FuzzRequest(string Method, string Path, ApiOperation Operation, byte[]? Body)
{
    public required string ContentType { get; init; }
    public required string? IdempotencyKey { get; init; }
    public required FuzzCaller Who { get; init; }

    /// <summary>What is sent in the place of the caller's key; null for the key.</summary>
    public required string? Authorization { get; init; }

    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 2_000)));
        return $"{Authorization ?? $"{Who}"} {Method} {Path} key:{IdempotencyKey} {ContentType} {body}";
    }
}
