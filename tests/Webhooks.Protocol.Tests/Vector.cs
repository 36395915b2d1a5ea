using System.Text;

namespace Webhooks.Protocol.Tests;

/// <summary>The test vector that the Standard Webhooks libraries publish.</summary>
internal static class Vector
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    public const string Timestamp = "1614265330";
    public const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    public static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    public static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

    public static SymmetricSecret Parse(string text) =>
        SymmetricSecret.TryParse(text, out var secret, out var error) ? secret : throw new ArgumentException(error, nameof(text));

    public static string Sign(SymmetricSecret secret)
    {
        using var content = SignedContent.Compose(Id, SignedAt, Body);
        return secret.Sign(content);
    }
}
