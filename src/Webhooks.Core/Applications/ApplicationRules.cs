using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Applications;

/// <summary>What each field of an application may be, whichever operation sends it.</summary>
internal static class ApplicationRules
{
    public static void Aliases(ObjectReader body) => body.Alias("rateLimit", "throttleRate");

    public static string Name(ObjectReader body) => body.Text("name", TextRule.Name);

    public static string? Uid(ObjectReader body) => body.OptionalText("uid", TextRule.Uid(ApplicationId.Prefix));

    public static int? ThrottleRate(ObjectReader body) => body.OptionalInteger("throttleRate", 1, ushort.MaxValue);

    public static Dictionary<string, string> Metadata(ObjectReader body) => body.Metadata("metadata");
}
