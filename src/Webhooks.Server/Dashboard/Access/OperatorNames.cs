using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Incidents;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>What people may be called: the audit log names them, so nobody takes another's name.</summary>
internal static class OperatorNames
{
    public const int Longest = 256;

    // Who acts where no person does.
    private static readonly string[] Reserved = [IncidentDesk.Service, "The service", "The command line", "The first start"];

    /// <returns>Why not, in a sentence; null when it is free.</returns>
    public static async Task<string?> FindFaultAsync(
        this WebhooksDbContext db, string name, OperatorId? own, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > Longest || name.Any(IsUnseen))
            return $"A name has 1 to {Longest} characters, on one line, all of them to be seen.";
        if (IdText.TryParse<ApiKeyId>(name, out _) || Reserved.Any(reserved => IsSame(reserved, name)))
            return "The audit log calls others so.";

        // Few people, and names in every script: compared here, where all engines do it alike.
        var others = await db.Operators.AsNoTracking().Where(o => o.Id != own).Select(o => new { o.UserName, o.DisplayName })
            .ToListAsync(cancellationToken);
        return others.Exists(o => IsSame(o.UserName, name) || IsSame(o.DisplayName, name)) ? "Somebody else has this name." : null;
    }

    private static bool IsUnseen(char letter) => char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format;

    private static bool IsSame(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
