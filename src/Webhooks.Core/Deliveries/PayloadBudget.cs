namespace Webhooks.Core.Deliveries;

/// <summary>How many bytes of payloads one claim may still take. One that is larger than all of it can be taken only as the first.</summary>
internal sealed class PayloadBudget(ClaimRequest request)
{
    private long _left = request.MaxPayloadBytes;
    private bool _mayExceed = request.FirstMayExceed;

    /// <summary>Due deliveries were left behind because their payloads did not fit.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Takes the bytes off, unless they do not fit.</summary>
    public bool TryTake(long bytes)
    {
        if (bytes > _left && !_mayExceed)
        {
            IsSpent = true;
            return false;
        }

        _mayExceed = false;
        _left = Math.Max(0, _left - bytes);
        return true;
    }
}
