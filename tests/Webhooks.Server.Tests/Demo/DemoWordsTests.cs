using Webhooks.Server.Demo;
using Webhooks.Server.Startup;

namespace Webhooks.Server.Tests.Demo;

public sealed class DemoWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_NoWords_IsTheFixedSeedUntilNow() => DemoWords.Read([], Now).ShouldBe(new DemoWords(7, Now));

    [Fact]
    public void Read_BothFormsBesideSettings_AreRead()
    {
        var read = DemoWords.Read(
            ["--seed", "42", "--Webhooks:DataDirectory", "x", "--Webhooks:Storage:MigrateOnStart=true", "--until=2026-01-30T18:00:00+01:00"],
            Now);

        read.ShouldBe(new DemoWords(42, new DateTimeOffset(2026, 1, 30, 17, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("--seed must be followed by a number from 0 to 2,147,483,647; 'x' is none.", "--seed", "x")]
    [InlineData("--seed must be followed by a number from 0 to 2,147,483,647; '' is none.", "--seed")]
    [InlineData("--until must be followed by a time such as 2026-01-31T18:00:00Z that is not to come; 'soon' is none.", "--until", "soon")]
    [InlineData(
        "--until must be followed by a time such as 2026-01-31T18:00:00Z that is not to come; '2026-02-01' is none.", "--until=2026-02-01")]
    [InlineData(
        "'demo' may be followed by --seed <number>, --until <time> and settings such as --Webhooks:DataDirectory=<folder>; 'now' is none "
        + "of them.",
        "now")]
    public void Read_WordThatIsNone_IsToldInASentence(string sentence, params string[] words) =>
        Should.Throw<StartupException>(() => DemoWords.Read(words, Now)).Message.ShouldBe(sentence);
}
