using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access.Account;

/// <summary>
/// Setting up an authenticator app (RFC 6238). The key is stored once the app has shown a code that it gives: until then it travels with
/// the form, encrypted for this person.
/// </summary>
internal sealed class TwoFactorEnrolment(
    UserManager<Operator> operators, IUserStore<Operator> store, OwnAccount account, OperatorChanges changes,
    IDataProtectionProvider protection)
{
    private const string Issuer = "Webhooks";
    private const int RecoveryCodes = 10;

    public (string Key, string Ticket) Begin(Operator person)
    {
        var key = operators.GenerateNewAuthenticatorKey();
        return (key, ProtectorOf(person).Protect(key));
    }

    /// <exception cref="System.Security.Cryptography.CryptographicException">The ticket is none of ours, or another person's.</exception>
    public string KeyOf(Operator person, string ticket) => ProtectorOf(person).Unprotect(ticket);

    /// <returns>With the recovery codes.</returns>
    public Task<OperatorAnswer> EnableAsync(Operator person, string key, string code, CancellationToken cancellationToken) => account.RunAsync(
        person,
        async () =>
        {
            await ((IUserAuthenticatorKeyStore<Operator>)store).SetAuthenticatorKeyAsync(person, key, cancellationToken);
            var provider = operators.Options.Tokens.AuthenticatorTokenProvider;
            if (!await operators.VerifyTwoFactorTokenAsync(person, provider, TwoFactorCode.Digits(code)))
                return OperatorAnswer.Refused("This code is not right. Look whether the clock of your device is, and take the next code.");

            changes.Note(person.DisplayName, "enable-two-factor", person);
            var answer = OperatorAnswer.Of(await operators.SetTwoFactorEnabledAsync(person, true));
            return answer.IsDone ? await MakeRecoveryCodesAsync(person) : answer;
        },
        cancellationToken);

    /// <summary>What apps read from the picture: their key URI format.</summary>
    public static string AddressOf(Operator person, string key) =>
        $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(person.UserName!)}?secret={key}&issuer={Issuer}&digits=6";

    private async Task<OperatorAnswer> MakeRecoveryCodesAsync(Operator person) =>
        OperatorAnswer.With([.. (await operators.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes))!]);

    private IDataProtector ProtectorOf(Operator person) => protection.CreateProtector("Webhooks.Operators.Enrolment", person.Id.ToString());
}
