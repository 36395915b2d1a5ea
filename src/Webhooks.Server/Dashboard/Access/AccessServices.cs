using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Operators;
using Webhooks.Server.Dashboard.Access.Account;
using Webhooks.Server.Dashboard.Access.OpenId;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>Who people are and what they may do: ASP.NET Core Identity with cookies, beside the API's keys.</summary>
internal static class AccessServices
{
    // Programs call with a key and people with a cookie; neither is looked at where the other is meant.
    private const string ByPath = "Webhooks.ByPath";

    private static readonly TimeSpan StampCheckedEvery = TimeSpan.FromMinutes(1);

    public static void AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpContextAccessor();
        services.AddOperators()
            .AddSignInManager<OperatorSignIn>()
            .AddClaimsPrincipalFactory<OperatorPrincipals>();
        var authentication = services.AddAuthentication(options => options.DefaultScheme = ByPath);
        authentication.AddPolicyScheme(ByPath, null, scheme => scheme.ForwardDefaultSelector = context =>
            context.Request.Path.StartsWithSegments("/api") ? ApiKeyAuthentication.SchemeName : IdentityConstants.ApplicationScheme);
        authentication.AddIdentityCookies();
        authentication.AddIdentityProvider(configuration);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<IOptions<DashboardOptions>>(Configure);
        services.ConfigureAll<CookieAuthenticationOptions>(
            cookie => cookie.Cookie.SecurePolicy = CookieSecurePolicy.None); // SecureCookies decides
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "webhooks-antiforgery");
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = StampCheckedEvery);

        services.AddRights();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionWatch>();
        services.AddScoped<FirstAdministrator>().AddScoped<OperatorAdministration>();
        services.AddScoped<OwnAccount>().AddScoped<TwoFactorEnrolment>();
    }

    /// <summary>The people themselves, for the dashboard and for commands.</summary>
    public static IdentityBuilder AddOperators(this IServiceCollection services)
    {
        services.AddScoped<OperatorChanges>().AddScoped<OperatorDesk>();
        return services.AddIdentityCore<Operator>(Configure).AddUserStore<OperatorStore>().AddDefaultTokenProviders();
    }

    private static void Configure(IdentityOptions options)
    {
        // Length is what counts (NIST SP 800-63B, 5.1.1.2); no rules of composition.
        options.Password.RequiredLength = 12;
        options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.User.AllowedUserNameCharacters = ""; // any
    }

    private static void Configure(CookieAuthenticationOptions cookie, IOptions<DashboardOptions> options)
    {
        cookie.Cookie.Name = "webhooks-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax; // a link in a message about an incident must find its person signed in
        cookie.ExpireTimeSpan = options.Value.SessionLifetime;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = SignInPages.SignIn;
        cookie.AccessDeniedPath = SignInPages.NotAllowed;
        cookie.ReturnUrlParameter = SignInPages.ReturnUrl;
        cookie.Events.OnRedirectToAccessDenied = RedirectAsync;
    }

    // Who has a role but also a password that somebody else knows is refused everything until that is changed.
    private static Task RedirectAsync(RedirectContext<CookieAuthenticationOptions> refused)
    {
        var request = refused.Request;
        refused.Response.Redirect(OneTimePassword.IsOf(refused.HttpContext.User)
            ? SignInPages.Password.With($"{request.Path}{request.QueryString}")
            : refused.Options.AccessDeniedPath);
        return Task.CompletedTask;
    }
}
