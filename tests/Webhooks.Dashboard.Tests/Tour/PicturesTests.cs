using System.Reflection;
using System.Text.RegularExpressions;

namespace Webhooks.Dashboard.Tests.Tour;

/// <summary>docs/dashboard.md shows each page that there is.</summary>
public sealed partial class PicturesTests
{
    private static readonly string Docs = Path.Combine(
        typeof(PicturesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "docs");

    private static IReadOnlyList<string> Shown => [.. Pictures().Matches(File.ReadAllText(Path.Combine(Docs, "dashboard.md"))).Select(m => m.Value)];

    [Fact]
    public void Pages_OfTheTour_HaveAPicture() =>
        TourPages.All.Concat(TourPages.Outside).Select(page => page.Name)
            .Where(name => !Shown.Any(picture => Looks().Replace(Path.GetFileName(picture), "") == name))
            .ShouldBeEmpty();

    [Fact]
    public void Pictures_ThatAreShown_AreThereAndNoOthers() =>
        Directory.GetFiles(Path.Combine(Docs, "images", "dashboard")).Select(Path.GetFileName)
            .ShouldBe(Shown.Select(Path.GetFileName).Distinct(), ignoreOrder: true);

    [GeneratedRegex(@"images/dashboard/[a-z-]+\.png")]
    private static partial Regex Pictures();

    [GeneratedRegex(@"-(light|dark|phone)\.png$")]
    private static partial Regex Looks();
}
