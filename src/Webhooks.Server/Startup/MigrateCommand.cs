namespace Webhooks.Server.Startup;

/// <summary>
/// <c>Webhooks.Server migrate</c>: brings the schema up to date and ends, for those who do it apart from the start, with rights that the
/// service itself does not get.
/// </summary>
internal static class MigrateCommand
{
    public const string Name = "migrate";

    public static async Task<int> RunAsync(WebApplicationBuilder builder)
    {
        var storage = builder.AddStorage(migrates: true);

        // Not built as the server is: nothing of it runs here, and most of it is not there.
        await using var services = builder.Services.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await storage.MigrateAsync(scope.ServiceProvider, CancellationToken.None);
        Console.WriteLine("The database's schema is that of this version.");
        return 0;
    }
}
