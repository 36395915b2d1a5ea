using Microsoft.AspNetCore.Identity;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>What became of a change of operators.</summary>
internal sealed record OperatorAnswer
{
    public static readonly OperatorAnswer Done = new();

    /// <summary>Why it was refused, in sentences for people; null when it was done.</summary>
    public string? Fault { get; private init; }

    /// <summary>What is shown once and kept nowhere: a one-time password, or recovery codes.</summary>
    public IReadOnlyList<string> Secrets { get; private init; } = [];

    public bool IsDone => Fault is null;

    public static OperatorAnswer Refused(string fault) => new() { Fault = fault };

    public static OperatorAnswer With(params IReadOnlyList<string> secrets) => new() { Secrets = secrets };

    /// <summary>Identity's own answer.</summary>
    public static OperatorAnswer Of(IdentityResult result) =>
        result.Succeeded ? Done : Refused(string.Join(' ', result.Errors.Select(error => error.Description)));
}
