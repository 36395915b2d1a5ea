using System.ComponentModel.DataAnnotations;

namespace Webhooks.Server.Portal;

/// <summary>
/// How the portal looks to the people of an application, and where it may be shown. Configuration section <c>Webhooks:Portal</c>.
/// </summary>
public sealed class PortalOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Portal";

    /// <summary>The name over the pages: yours, as your customers know it.</summary>
    /// <value>1 to 64 characters; default <c>Webhooks</c>.</value>
    [StringLength(64, MinimumLength = 1)]
    public string Name { get; init; } = "Webhooks";

    /// <summary>A picture beside the name; 32 pixels high.</summary>
    /// <value>An https address; default none.</value>
    [RegularExpression(@"https://[^\s;,'""]+", ErrorMessage = "Webhooks:Portal:LogoUrl must be an https address, such as https://example.com/logo.svg.")]
    public string? LogoUrl { get; init; }

    /// <summary>The colour of buttons and links on a light ground. White text must be readable on it.</summary>
    /// <value>A colour as <c>#rrggbb</c>; default <c>#2f53cf</c>.</value>
    [RegularExpression("#[0-9a-fA-F]{6}", ErrorMessage = "Webhooks:Portal:Color must be a colour as #rrggbb, such as #2f53cf.")]
    public string Color { get; init; } = "#2f53cf";

    /// <summary>The same on a dark ground. Black text must be readable on it.</summary>
    /// <value>A colour as <c>#rrggbb</c>; default <c>#8fa8ff</c>.</value>
    [RegularExpression("#[0-9a-fA-F]{6}", ErrorMessage = "Webhooks:Portal:DarkColor must be a colour as #rrggbb, such as #8fa8ff.")]
    public string DarkColor { get; init; } = "#8fa8ff";

    /// <summary>Sites whose pages may show the portal in a frame.</summary>
    /// <value>Origins such as <c>https://app.example.com</c>; default none: it is a page of its own.</value>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];
}
