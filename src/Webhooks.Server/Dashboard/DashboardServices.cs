using MudBlazor;
using MudBlazor.Services;
using Webhooks.Core.Settings;
using Webhooks.Server.Dashboard.Access;
using Webhooks.Server.Dashboard.Acting;
using Webhooks.Server.Dashboard.Attempts;
using Webhooks.Server.Dashboard.DeadLetters;
using Webhooks.Server.Dashboard.Shell;
using Webhooks.Server.Portal;

namespace Webhooks.Server.Dashboard;

internal static class DashboardServices
{
    /// <summary>The pages that operators work with.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DashboardOptions>(DashboardOptions.Section);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight);
        services.AddAccess(configuration);
        services.AddPortal();
        services.AddAntiforgery(options => options.SuppressXFrameOptionsHeader = true); // PageHeaders says where pages may be framed
        services.AddSingleton<ApiOperations>().AddSingleton<DashboardReads>();
        return services.AddScoped<OperatorActions>().AddScoped<Viewer>().AddScoped<Browser>().AddScoped<LetterActions>().AddScoped<SentRequests>();
    }
}
