using MudBlazor;

namespace Webhooks.Server.Dashboard.Shell;

/// <summary>Colours and letters. Contrast of text is 4.5 to 1 at least in both themes (WCAG 2.2, 1.4.3).</summary>
internal static class Look
{
    private static readonly string[] Letters =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif"];

    public static MudTheme Theme { get; } = Branded("#2f53cf", "#8fa8ff");

    /// <summary>The same with another colour for what can be pressed.</summary>
    public static MudTheme Branded(string primary, string darkPrimary) => new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = primary, Secondary = "#5b6475", Success = "#17703f", Warning = "#8a5a00", Error = "#b3261e", Info = "#2b6a8f",
            Background = "#f6f7f9", Surface = "#ffffff", AppbarBackground = "#ffffff", AppbarText = "#1b2330", DrawerBackground = "#ffffff",
            DrawerText = "#3a4354", DrawerIcon = "#5b6475", TextPrimary = "#1b2330", TextSecondary = "#566072", TextDisabled = "#69728280",
            Divider = "#e3e6ec", LinesDefault = "#e3e6ec", LinesInputs = "#8b94a5", TableLines = "#e9ecf1", ActionDefault = "#566072",
        },
        PaletteDark = new PaletteDark
        {
            Primary = darkPrimary, PrimaryContrastText = "#0e1420", Secondary = "#a3adbf", Success = "#5cc98b", Warning = "#e3b341",
            Error = "#ff8a80", ErrorContrastText = "#0e1420", Info = "#7cc4ea", Background = "#0f141d", Surface = "#171e2a",
            AppbarBackground = "#171e2a", AppbarText = "#e8ebf2", DrawerBackground = "#131a25", DrawerText = "#c5ccd9", DrawerIcon = "#a3adbf",
            TextPrimary = "#e8ebf2", TextSecondary = "#a3adbf", Divider = "#283142", LinesDefault = "#283142", LinesInputs = "#6b7689",
            TableLines = "#232c3b", ActionDefault = "#a3adbf",
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Letters, FontSize = "0.875rem" } },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", DrawerWidthLeft = "232px", AppbarHeight = "56px" },
    };
}
