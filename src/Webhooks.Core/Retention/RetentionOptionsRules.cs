using Microsoft.Extensions.Options;

namespace Webhooks.Core.Retention;

/// <summary>The rules between settings that no single attribute can state.</summary>
internal sealed class RetentionOptionsRules : IValidateOptions<RetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(RetentionOptions options)
    {
        if (options.Attempts > options.Messages)
            yield return $"{RetentionOptions.Section}:Attempts ({options.Attempts}) must not be longer than "
                + $"{RetentionOptions.Section}:Messages ({options.Messages}): attempts go with their message.";
        if (options.DeadLetters < options.Messages)
            yield return $"{RetentionOptions.Section}:DeadLetters ({options.DeadLetters}) must not be shorter than "
                + $"{RetentionOptions.Section}:Messages ({options.Messages}): a dead letter is kept at least as long as one that arrived.";
        if (options.Ledger < options.Messages)
            yield return $"{RetentionOptions.Section}:Ledger ({options.Ledger}) must not be shorter than "
                + $"{RetentionOptions.Section}:Messages ({options.Messages}): what is there is in the books.";
    }
}
