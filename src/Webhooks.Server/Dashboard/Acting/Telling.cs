using MudBlazor;

namespace Webhooks.Server.Dashboard.Acting;

/// <summary>Tells the person what became of an action.</summary>
internal static class Telling
{
    /// <returns>Whether it was done.</returns>
    public static bool Tell(this ISnackbar snackbar, Reply reply, string done)
    {
        snackbar.Add(reply.IsDone ? done : reply.Problem, reply.IsDone ? Severity.Success : Severity.Error);
        return reply.IsDone;
    }
}
