using System.Text;

namespace Webhooks.Protocol.Tests.Signatures;

public sealed class SignedContentTests
{
    [Fact]
    public void Compose_BodyThatIsNotText_KeepsItsBytes()
    {
        byte[] body = [0, 255, 10, 46, 128];

        using var content = SignedContent.Compose("msg_1", Vector.SignedAt, body);

        content.Bytes.ToArray().ShouldBe([.. "msg_1.1614265330."u8, .. body]);
    }

    [Fact]
    public void Compose_EmptyBody_EndsWithTheFullStop()
    {
        using var content = SignedContent.Compose("msg_1", Vector.SignedAt, []);

        Encoding.UTF8.GetString(content.Bytes).ShouldBe("msg_1.1614265330.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("msg.1")]
    public void Compose_IdThatCannotBeSigned_Throws(string id)
    {
        Should.Throw<ArgumentException>(() => SignedContent.Compose(id, Vector.SignedAt, []).Dispose());
    }
}
