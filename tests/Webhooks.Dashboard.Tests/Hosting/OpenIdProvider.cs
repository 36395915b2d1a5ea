using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>
/// A small identity provider on Kestrel: discovery, keys, authorization code flow with PKCE. Whoever comes is the person that the test has set.
/// </summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "webhooks";
    public const string ClientSecret = "secret-of-the-client-0123456789";

    private readonly ConcurrentDictionary<string, Asked> _codes = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;

    public OpenIdProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = Address,
            authorization_endpoint = $"{Address}/authorize",
            token_endpoint = $"{Address}/token",
            jwks_uri = $"{Address}/keys",
        });
        _app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", TokenAsync).DisableAntiforgery();
    }

    public string Address => _app.Urls.First();

    /// <summary>Who signs in next: the claims of the ID token. Null: the person refuses.</summary>
    public Dictionary<string, object>? Person { get; set; }

    /// <summary>What the server asked for last.</summary>
    public IQueryCollection? LastRequest { get; private set; }

    public Task StartAsync() => _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private IResult Authorize(HttpRequest request)
    {
        LastRequest = request.Query;
        var answer = new Dictionary<string, string?> { ["state"] = request.Query["state"] };
        if (Person is { } person)
        {
            answer["code"] = Guid.NewGuid().ToString("N");
            _codes[answer["code"]!] = new Asked(request.Query["nonce"]!, request.Query["code_challenge"]!, person);
        }
        else
        {
            answer["error"] = "access_denied";
        }

        return Results.Redirect(QueryHelpers.AddQueryString(request.Query["redirect_uri"]!, answer));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var isClient = form["client_id"] == ClientId && form["client_secret"] == ClientSecret;
        if (!isClient || !_codes.TryRemove(form["code"].ToString(), out var asked) || Challenge(form["code_verifier"]!) != asked.Challenge)
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);

        return Results.Json(new { access_token = "none", token_type = "Bearer", id_token = IdToken(asked) });
    }

    private string IdToken(Asked asked) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Address,
        Audience = ClientId,
        Claims = new Dictionary<string, object>(asked.Person) { ["nonce"] = asked.Nonce },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(_key) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
    });

    private object PublicKey()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = "one", n = WebEncoders.Base64UrlEncode(key.Modulus!), e = WebEncoders.Base64UrlEncode(key.Exponent!) };
    }

    private static string Challenge(string verifier) => WebEncoders.Base64UrlEncode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier)));

    private sealed record Asked(string Nonce, string Challenge, Dictionary<string, object> Person);
}
