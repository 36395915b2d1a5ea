using System.Reflection;
using System.Text.RegularExpressions;

namespace Webhooks.Dashboard.Tests.Tour;

/// <summary>docs/dashboard.md shows the pages, and docs/dashboard-looks.md each that there is, in each look.</summary>
public sealed partial class PicturesTests
{
    private static readonly string Docs = Path.Combine(
        typeof(PicturesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "docs");

    [Theory]
    [InlineData("light"), InlineData("dark"), InlineData("phone")]
    public void Pages_OfTheTour_HaveAPicture(string look) =>
        TourPages.All.Concat(TourPages.Outside).Select(page => $"{page.Name}-{look}.png").Except(Shown("dashboard-looks.md")).ShouldBeEmpty();

    [Fact]
    public void Pictures_ThatAreShown_AreThereAndNoOthers() =>
        Directory.GetFiles(Path.Combine(Docs, "images", "dashboard")).Select(Path.GetFileName)
            .ShouldBe(Shown("dashboard.md").Union(Shown("dashboard-looks.md")), ignoreOrder: true);

    private static IEnumerable<string> Shown(string document) =>
        Pictures().Matches(File.ReadAllText(Path.Combine(Docs, document))).Select(picture => picture.Groups[1].Value);

    [GeneratedRegex(@"images/dashboard/([a-z-]+\.png)")]
    private static partial Regex Pictures();
}
