using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Protocol.Tests.Signatures;

public sealed class WebhookVerifierTests
{
    private readonly FakeTimeProvider _clock = new(Vector.SignedAt);

    [Fact]
    public void Verify_PublishedVector_IsValid()
    {
        Verify().ShouldBe(VerificationResult.Valid);
    }

    [Theory]
    [InlineData(300, VerificationResult.Valid)]
    [InlineData(300.9, VerificationResult.Valid)]
    [InlineData(301, VerificationResult.TimestampTooOld)]
    [InlineData(-300, VerificationResult.Valid)]
    [InlineData(-301, VerificationResult.TimestampTooNew)]
    public void Verify_AgeAroundTheTolerance_ChangesBeyondIt(double seconds, VerificationResult expected)
    {
        _clock.AdjustTime(Vector.SignedAt.AddSeconds(seconds));

        Verify().ShouldBe(expected);
    }

    [Fact]
    public void Verify_TimestampFarInTheFuture_IsTooNew()
    {
        Verify(timestamp: "253402300799").ShouldBe(VerificationResult.TimestampTooNew);
    }

    [Fact]
    public void Verify_WiderTolerance_AcceptsOlder()
    {
        _clock.Advance(TimeSpan.FromHours(1));
        var verifier = new WebhookVerifier([Vector.Parse(Vector.Secret)], _clock, TimeSpan.FromHours(1));

        verifier.Verify(Vector.Id, Vector.Timestamp, Vector.Signature, Vector.Body).ShouldBe(VerificationResult.Valid);
    }

    [Fact]
    public void Verify_OtherSecret_HasNoMatchingSignature()
    {
        Verify(secrets: [SymmetricSecret.Generate()]).ShouldBe(VerificationResult.NoMatchingSignature);
    }

    [Fact]
    public void Verify_OtherId_HasNoMatchingSignature()
    {
        Verify(id: "msg_other").ShouldBe(VerificationResult.NoMatchingSignature);
    }

    [Fact]
    public void Verify_OtherTimestamp_HasNoMatchingSignature()
    {
        Verify(timestamp: "1614265331").ShouldBe(VerificationResult.NoMatchingSignature);
    }

    [Fact]
    public void Verify_OtherBody_HasNoMatchingSignature()
    {
        Verify(body: [.. Vector.Body, (byte)' ']).ShouldBe(VerificationResult.NoMatchingSignature);
    }

    [Theory]
    [InlineData("v1,")]
    [InlineData(",g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1=g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData(" ")]
    public void Verify_NoEntryOfTheForm_IsMalformed(string signature)
    {
        Verify(signature: signature).ShouldBe(VerificationResult.MalformedSignature);
    }

    [Fact]
    public void Verify_MoreEntriesThanAllowed_IsMalformed()
    {
        var signature = string.Join(' ', Enumerable.Repeat(Vector.Signature, SignatureHeader.MaxEntries + 1));

        Verify(signature: signature).ShouldBe(VerificationResult.MalformedSignature);
    }

    [Theory]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1O")] // cut
    [InlineData("v1,é0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=")] // other spelling of the same 32 bytes
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=,v1")]
    public void Verify_SignatureThatIsNotExact_HasNoMatchingSignature(string signature)
    {
        Verify(signature: signature).ShouldBe(VerificationResult.NoMatchingSignature);
    }

    [Theory]
    [InlineData("v1,AAAA {0}")]
    [InlineData("{0} v1,AAAA")]
    [InlineData("v1a,AAAA v2,BBBB {0}")]
    [InlineData("garbage  {0} ")]
    public void Verify_RightSignatureAmongOthers_IsValid(string format)
    {
        var signature = format.Replace("{0}", Vector.Signature, StringComparison.Ordinal);

        Verify(signature: signature).ShouldBe(VerificationResult.Valid);
    }

    [Fact]
    public void Verify_SenderRotatesSecret_IsValidForEither()
    {
        var old = Vector.Parse(Vector.Secret);
        var current = SymmetricSecret.Generate();
        var signature = $"{Vector.Sign(current)} {Vector.Sign(old)}";

        Verify(signature: signature, secrets: [old]).ShouldBe(VerificationResult.Valid);
        Verify(signature: signature, secrets: [current]).ShouldBe(VerificationResult.Valid);
    }

    [Fact]
    public void Verify_ReceiverKnowsTwoSecrets_IsValidByTheSecond()
    {
        Verify(secrets: [SymmetricSecret.Generate(), Vector.Parse(Vector.Secret)]).ShouldBe(VerificationResult.Valid);
    }

    [Fact]
    public void Verify_OnlyUnknownVersions_SaysSo()
    {
        Verify(signature: "v2,AAAA v1a,AAAA").ShouldBe(VerificationResult.NoKnownVersion);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Verify_HeaderMissing_NamesIt(string? value)
    {
        var verifier = new WebhookVerifier([Vector.Parse(Vector.Secret)], _clock);

        verifier.Verify(value, Vector.Timestamp, Vector.Signature, Vector.Body).ShouldBe(VerificationResult.MissingId);
        verifier.Verify(Vector.Id, value, Vector.Signature, Vector.Body).ShouldBe(VerificationResult.MissingTimestamp);
        verifier.Verify(Vector.Id, Vector.Timestamp, value, Vector.Body).ShouldBe(VerificationResult.MissingSignature);
    }

    [Fact]
    public void Verify_IdWithFullStop_IsMalformed()
    {
        Verify(id: "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330").ShouldBe(VerificationResult.MalformedId);
    }

    [Fact]
    public void Verify_TimestampThatIsNoNumber_IsMalformed()
    {
        Verify(timestamp: "soon").ShouldBe(VerificationResult.MalformedTimestamp);
    }

    [Fact]
    public void Constructor_NoKey_Throws()
    {
        Should.Throw<ArgumentException>(() => new WebhookVerifier([], _clock));
    }

    [Fact]
    public void Constructor_NegativeTolerance_Throws()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new WebhookVerifier([SymmetricSecret.Generate()], _clock, TimeSpan.FromTicks(-1)));
    }

    private VerificationResult Verify(
        string id = Vector.Id,
        string timestamp = Vector.Timestamp,
        string signature = Vector.Signature,
        byte[]? body = null,
        SymmetricSecret[]? secrets = null) =>
        new WebhookVerifier(secrets ?? [Vector.Parse(Vector.Secret)], _clock).Verify(id, timestamp, signature, body ?? Vector.Body);
}
