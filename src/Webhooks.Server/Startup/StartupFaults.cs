using Microsoft.Extensions.Options;
using Webhooks.Core.Security.KeyRing;

namespace Webhooks.Server.Startup;

/// <summary>Faults that a person mends by a setting: they are told in a sentence each, without a stack trace.</summary>
internal static class StartupFaults
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    public static bool AreTold(Exception fault) => fault switch
    {
        StartupException or KeyRingException => Tell(fault.Message),
        OptionsValidationException wrong => wrong.Failures.All(Tell),
        AggregateException several => several.InnerExceptions.All(AreTold),
        InvalidOperationException { Source: Binder } => Tell(fault.Message), // names the key, the value and the type it should have
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => Tell($"{fault.Message} Set Urls (environment ASPNETCORE_URLS) to another one."),
        _ => false,
    };

    private static bool Tell(string sentence)
    {
        Console.Error.WriteLine($"Webhooks cannot start: {sentence}");
        return true;
    }
}
