using System.Net;
using Webhooks.Server.Startup;

namespace Webhooks.Server.Health;

/// <summary>
/// <c>Webhooks.Server health</c>: asks the server on this machine whether it is ready and says so by its exit code. Container images
/// without a shell have no other way to ask.
/// </summary>
internal static class HealthProbe
{
    public const string Command = "health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(IConfiguration configuration)
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ListenAddress.Local(configuration), HealthServices.ReadyPath));
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            using var response = await invoker.SendAsync(request, limit.Token);
            Console.WriteLine(await response.Content.ReadAsStringAsync(limit.Token));
            return response.StatusCode == HttpStatusCode.OK ? 0 : 1;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            Console.WriteLine($"No answer from {request.RequestUri}: {fault.Message}");
            return 1;
        }
    }
}
