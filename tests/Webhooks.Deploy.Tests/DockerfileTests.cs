namespace Webhooks.Deploy.Tests;

/// <summary>What the build of the image needs is there and gets sent.</summary>
public sealed class DockerfileTests
{
    [Fact]
    public void CopiedSources_AreThereAndNotIgnored()
    {
        var sent = Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();

        Dockerfile.CopiedSources.Count().ShouldBeGreaterThan(5);
        foreach (var source in Dockerfile.CopiedSources.Select(Normalized))
        {
            Repository.Exists(source).ShouldBeTrue(source);
            sent.ShouldContain(source);
        }
    }

    [Fact]
    public void ReferencedProjects_AreAllCopied()
    {
        var projects = Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Append(Repository.PathOf("deploy/subscriber/Webhooks.Subscriber.csproj"));
        var references = projects.SelectMany(References).Select(reference => Path.GetRelativePath(Repository.Root, reference)).ToList();

        references.ShouldNotBeEmpty();
        references.ShouldAllBe(reference =>
            Dockerfile.CopiedSources.Select(Normalized).Any(source => reference.StartsWith(source, StringComparison.Ordinal)));
    }

    [Fact]
    public void BaseImages_AreMicrosoftsAndTheFinalOnesChiseled()
    {
        Dockerfile.BaseImages.ShouldAllBe(image => image.StartsWith("mcr.microsoft.com/dotnet/", StringComparison.Ordinal));
        Dockerfile.BaseImages.Skip(1).ShouldAllBe(image => image.Contains(":10.0-") && image.Contains("chiseled"));
    }

    [Theory]
    [InlineData("server")]
    [InlineData("subscriber")]
    public void User_IsNotRoot(string stage) => int.Parse(Dockerfile.User(stage).Split(':')[0], null).ShouldBeGreaterThan(0);

    private static string Normalized(string source) => source.StartsWith("./", StringComparison.Ordinal) ? source[2..] : source;

    private static IEnumerable<string> References(string project) =>
        System.Xml.Linq.XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFullPath(reference.Attribute("Include")!.Value, Path.GetDirectoryName(project)!));
}
