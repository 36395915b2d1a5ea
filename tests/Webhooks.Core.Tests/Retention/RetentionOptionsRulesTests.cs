using Webhooks.Core.Retention;

namespace Webhooks.Core.Tests.Retention;

public sealed class RetentionOptionsRulesTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Validate_Defaults_Succeeds() => Validate(new RetentionOptions()).ShouldBeEmpty();

    [Fact]
    public void Validate_AllEqual_Succeeds() =>
        Validate(new RetentionOptions { Messages = 3 * Day, Attempts = 3 * Day, DeadLetters = 3 * Day, Ledger = 3 * Day }).ShouldBeEmpty();

    [Fact]
    public void Validate_AttemptsLongerAndOthersShorterThanMessages_TellsAll()
    {
        var faults = Validate(new RetentionOptions { Messages = 30 * Day, Attempts = 31 * Day, DeadLetters = 29 * Day, Ledger = 28 * Day });

        faults.Count.ShouldBe(3);
        faults[0].ShouldStartWith("Webhooks:Retention:Attempts (31.00:00:00) must not be longer than Webhooks:Retention:Messages");
        faults[1].ShouldStartWith("Webhooks:Retention:DeadLetters (29.00:00:00) must not be shorter than Webhooks:Retention:Messages");
        faults[2].ShouldStartWith("Webhooks:Retention:Ledger (28.00:00:00) must not be shorter than Webhooks:Retention:Messages");
    }

    private static List<string> Validate(RetentionOptions options) =>
        [.. new RetentionOptionsRules().Validate(null, options).Failures ?? []];
}
