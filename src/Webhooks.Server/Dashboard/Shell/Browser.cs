using Microsoft.JSInterop;

namespace Webhooks.Server.Dashboard.Shell;

/// <summary>What only the browser can do for its page. One for each page that is open.</summary>
internal sealed class Browser(IJSRuntime script) : IAsyncDisposable
{
    private readonly Lazy<Task<IJSObjectReference>> _module = new(() => script.InvokeAsync<IJSObjectReference>("import", "./dashboard.js").AsTask());

    public async Task<T> CallAsync<T>(string function, params object?[] arguments) =>
        await (await _module.Value).InvokeAsync<T>(function, arguments);

    public async Task CallAsync(string function, params object?[] arguments) =>
        await (await _module.Value).InvokeVoidAsync(function, arguments);

    public async ValueTask DisposeAsync()
    {
        if (!_module.IsValueCreated || !_module.Value.IsCompletedSuccessfully)
            return;

        try
        {
            await _module.Value.Result.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the page is closed, and the module with it
        }
    }
}
