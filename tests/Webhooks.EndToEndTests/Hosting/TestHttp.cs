namespace Webhooks.EndToEndTests.Hosting;

/// <summary>The one client of the test process. Each call brings its own time limit.</summary>
internal static class TestHttp
{
    public static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
