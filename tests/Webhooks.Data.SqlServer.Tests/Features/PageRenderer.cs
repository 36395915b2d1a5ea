using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Webhooks.Core.Operators;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>Renders the dashboard's components for an administrator, until all that they read is there. No browser takes part.</summary>
internal sealed class PageRenderer : IComponentActivator, ILoggerProvider, ILogger
{
    private readonly ConcurrentDictionary<Type, bool> _rendered = [];
    private readonly ConcurrentQueue<string> _faults = [];

    /// <summary>Every component that was made.</summary>
    public ICollection<Type> Rendered => _rendered.Keys;

    /// <summary>What went wrong while they read.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IComponentActivator>(this).AddSingleton<ILoggerProvider>(this);
        services.AddScoped<AuthenticationStateProvider, Administrator>().AddScoped<NavigationManager, Address>();
    }

    public static async Task RenderAsync(
        IServiceProvider services, Type component, string address, IReadOnlyDictionary<string, object> parameters)
    {
        await using var scope = services.CreateAsyncScope();
        var request = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = Administrator.Session };
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = request;
        ((Address)scope.ServiceProvider.GetRequiredService<NavigationManager>()).GoTo(address);
        RenderFragment page = builder =>
        {
            builder.OpenComponent(0, component);
            builder.AddMultipleAttributes(1, parameters!);
            builder.CloseComponent();
        };

        await using var renderer = new HtmlRenderer(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ILoggerFactory>());
        var frame = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Value"] = request, ["ChildContent"] = page });
        try
        {
            await renderer.Dispatcher.InvokeAsync(() => renderer.RenderComponentAsync<CascadingValue<HttpContext>>(frame));
        }
        catch (NavigationException)
        {
            // It shows nothing and goes elsewhere.
        }
    }

    public IComponent CreateInstance(Type componentType)
    {
        _rendered.TryAdd(componentType, true);
        return (IComponent)Activator.CreateInstance(componentType)!;
    }

    // What a library says of a page without its frame is no fault of ours.
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Webhooks.", StringComparison.Ordinal) ? this : NullLogger.Instance;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // The secrets of the rows are none: by then they were read.
        if (IsEnabled(logLevel) && exception is not CryptographicException)
            _faults.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Dispose()
    {
    }

    private sealed class Administrator : AuthenticationStateProvider
    {
        public static readonly ClaimsPrincipal Session = new(new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, $"{new OperatorId(7)}"), new(ClaimTypes.Role, nameof(OperatorRole.Administrator)),
                new(new ClaimsIdentityOptions().SecurityStampClaimType, "{}"),
            ],
            "test"));

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(Session));
    }

    private sealed class Address : NavigationManager
    {
        private const string Root = "http://127.0.0.1/";

        public void GoTo(string address) => Initialize(Root, Root + address.TrimStart('/'));

        protected override void NavigateToCore(string uri, NavigationOptions options) => throw new NavigationException(uri);
    }
}
