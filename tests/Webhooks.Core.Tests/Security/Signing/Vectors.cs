using System.Text;
using Webhooks.Core.Security.Signing;
using Webhooks.Protocol;

namespace Webhooks.Core.Tests.Security.Signing;

/// <summary>Known answers: the Standard Webhooks vector, and the same content signed by OpenSSL with the key of RFC 8032, section 7.1, test 1.</summary>
internal static class Vectors
{
    public const string Symmetric = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string SymmetricSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    public const string Ed25519 = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2DXWpgBgrEKt9VL/tPJZAc6DuFy89qmIyWvAhpo9wdRGg==";
    public const string Ed25519Public = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    public const string Ed25519Signature =
        "v1a,fldxM4gAKugP6nnt1hdz3sgGfZ6d99nzrMFnZOELIxbzEHoVmAb2ADpkJK7zgPePmPsle0zV9jSeGlHFG2NVAw==";

    public const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    public const string Timestamp = "1614265330";
    public static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    public static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

    public static SigningSecret Parse(string text) =>
        SigningSecrets.TryParse(text, out var secret, out var error) ? secret : throw new ArgumentException(error, nameof(text));

    public static string Sign(params string[] secrets) => new EndpointSigner(secrets.Select(Parse)).Sign(Id, SignedAt, Body);
}
