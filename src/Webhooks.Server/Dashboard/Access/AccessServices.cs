using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>Who people are and what they may do: ASP.NET Core Identity with cookies, beside the API's keys.</summary>
internal static class AccessServices
{
    // Programs call with a key and people with a cookie; neither is looked at where the other is meant.
    private const string ByPath = "Webhooks.ByPath";

    private static readonly TimeSpan StampCheckedEvery = TimeSpan.FromMinutes(1);

    public static void AddAccess(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Operator>(Configure)
            .AddUserStore<OperatorStore>()
            .AddSignInManager<OperatorSignIn>()
            .AddClaimsPrincipalFactory<OperatorPrincipals>()
            .AddDefaultTokenProviders();
        services.AddAuthentication(options => options.DefaultScheme = ByPath)
            .AddPolicyScheme(ByPath, null, scheme => scheme.ForwardDefaultSelector = context =>
                context.Request.Path.StartsWithSegments("/api") ? ApiKeyAuthentication.SchemeName : IdentityConstants.ApplicationScheme)
            .AddIdentityCookies();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<IOptions<DashboardOptions>>(Configure);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = StampCheckedEvery);

        services.AddRights();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionWatch>();
        services.AddScoped<FirstAdministrator>();
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
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = options.Value.SessionLifetime;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = SignInPages.SignIn;
        cookie.AccessDeniedPath = "/";
        cookie.ReturnUrlParameter = SignInPages.ReturnUrl;
    }
}
