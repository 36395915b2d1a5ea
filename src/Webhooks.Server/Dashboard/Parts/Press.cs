namespace Webhooks.Server.Dashboard.Parts;

/// <summary>What a button starts. Pressed once more while it is under way, it does nothing.</summary>
internal sealed class Press
{
    public bool IsUnderWay { get; private set; }

    public async Task RunAsync(Func<Task> act)
    {
        if (IsUnderWay)
            return;

        IsUnderWay = true;
        try
        {
            await act();
        }
        finally
        {
            IsUnderWay = false;
        }
    }
}
