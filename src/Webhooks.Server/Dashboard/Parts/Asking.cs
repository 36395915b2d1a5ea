using MudBlazor;

namespace Webhooks.Server.Dashboard.Parts;

/// <summary>Asks before something is done.</summary>
internal static class Asking
{
    /// <summary>How all questions stand on the page.</summary>
    public static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true };

    /// <param name="text">What will happen, with the count.</param>
    /// <param name="verb">What the button says.</param>
    /// <param name="asksFor">What has to be said for it; null for nothing.</param>
    /// <returns>What was said, or an empty text; null when the answer is no.</returns>
    public static async Task<string?> AskAsync(
        this IDialogService dialogs, string title, string text, string verb, string? asksFor = null, bool isDestructive = false)
    {
        var parameters = new DialogParameters<Confirm>
        {
            { d => d.Title, title },
            { d => d.Text, text },
            { d => d.Verb, verb },
            { d => d.AsksFor, asksFor },
            { d => d.IsDestructive, isDestructive },
        };
        var dialog = await dialogs.ShowAsync<Confirm>(title, parameters, Options);
        return await dialog.Result is { Canceled: false } result ? (string?)result.Data : null;
    }
}
