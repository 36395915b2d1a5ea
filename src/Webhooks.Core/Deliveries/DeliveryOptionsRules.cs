using Microsoft.Extensions.Options;

namespace Webhooks.Core.Deliveries;

/// <summary>The rules between settings that no single attribute can state.</summary>
internal sealed class DeliveryOptionsRules : IValidateOptions<DeliveryOptions>
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(DeliveryOptions options)
    {
        if (options.AttemptTimeout > options.LongestAttemptTimeout)
            yield return $"{DeliveryOptions.Section}:Lease ({options.Lease}) must be at least twice {DeliveryOptions.Section}:AttemptTimeout "
                + $"({options.AttemptTimeout}) plus {DeliveryOptions.LeaseMargin.TotalSeconds:0} seconds, or a delivery could be sent twice at "
                + "once.";
        if (options.ConnectTimeout > options.AttemptTimeout)
            yield return $"{DeliveryOptions.Section}:ConnectTimeout ({options.ConnectTimeout}) must not be longer than "
                + $"{DeliveryOptions.Section}:AttemptTimeout ({options.AttemptTimeout}).";
        foreach (var (i, wait) in (options.RetrySchedule ?? []).Index())
        {
            if (wait < ShortestWait || wait > LongestWait)
                yield return $"{DeliveryOptions.Section}:RetrySchedule:{i} ({wait}) must be between {ShortestWait} and {LongestWait}.";
        }
    }
}
