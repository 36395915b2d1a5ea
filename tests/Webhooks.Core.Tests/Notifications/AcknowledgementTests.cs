using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Acknowledgement;
using Webhooks.Core.Security;

namespace Webhooks.Core.Tests.Notifications;

public sealed class AcknowledgementTests
{
    private readonly FakeTimeProvider _clock = new(Told.Now);

    [Fact]
    public void Token_Read_SaysWhatItWasMadeOf()
    {
        var tokens = Tokens(new EphemeralDataProtectionProvider());

        var link = tokens.Read(tokens.Create(new IncidentId(5), 2, new ChannelId(9)));

        link.ShouldBe(new AcknowledgementLink(new IncidentId(5), 2, new ChannelId(9), Told.Now.AddDays(3)));
    }

    [Fact]
    public void Token_ChangedOrOfAnotherService_IsNone()
    {
        var tokens = Tokens(new EphemeralDataProtectionProvider());
        var token = tokens.Create(new IncidentId(5), 1, new ChannelId(9));

        tokens.Read(Tokens(new EphemeralDataProtectionProvider()).Create(new IncidentId(5), 1, new ChannelId(9))).ShouldBeNull();
        tokens.Read(token[..^2]).ShouldBeNull();
        tokens.Read((token[0] == 'A' ? 'B' : 'A') + token[1..]).ShouldBeNull();
        foreach (var garbage in new[] { "", "x", "%", "none", new string('A', 100_000) })
            tokens.Read(garbage).ShouldBeNull();
    }

    [Theory]
    [InlineData(IncidentState.Open, 1, 0, AcknowledgementState.Ready)]
    [InlineData(IncidentState.Open, 2, 0, AcknowledgementState.Outdated)]
    [InlineData(IncidentState.Open, 1, 3, AcknowledgementState.Expired)]
    [InlineData(IncidentState.Acknowledged, 1, 0, AcknowledgementState.Acknowledged)]
    [InlineData(IncidentState.Resolved, 1, 0, AcknowledgementState.Resolved)]
    internal void State_OfALink_IsWhatItIsWorthNow(IncidentState state, int openings, int days, AcknowledgementState expected)
    {
        var link = new AcknowledgementLink(new IncidentId(1), 1, new ChannelId(9), Told.Now.AddDays(3));
        var incident = Told.Incident() with { State = state, Openings = openings };

        AcknowledgementStates.Of(link, incident, Told.Now.AddDays(days)).ShouldBe(expected);
    }

    [Fact]
    public void State_NoLinkOrNoIncident_IsInvalid()
    {
        AcknowledgementStates.Of(null, Told.Incident(), Told.Now).ShouldBe(AcknowledgementState.Invalid);
        AcknowledgementStates.Of(new AcknowledgementLink(new IncidentId(1), 1, new ChannelId(9), Told.Now), null, Told.Now)
            .ShouldBe(AcknowledgementState.Invalid);
    }

    [Fact]
    public void Html_OnlyWhereItCanBeAcknowledged_HasAButton()
    {
        foreach (var state in Enum.GetValues<AcknowledgementState>())
            AcknowledgementHtml.Of(state, Told.Incident(), Told.Now).Contains("<button", StringComparison.Ordinal)
                .ShouldBe(state == AcknowledgementState.Ready, $"{state}");
    }

    [Fact]
    public void Links_WithoutAPublicAddress_AreNone()
    {
        var links = new NotificationLinks(Tokens(new EphemeralDataProtectionProvider()), Options.Create(new NotificationOptions()));

        links.ToIncident(new IncidentId(1)).ShouldBeNull();
        links.ToAcknowledge(Told.Incident(), new ChannelId(9)).ShouldBeNull();
    }

    [Fact]
    public void Links_ToWhatNobodyNeedsToAcknowledge_AreNone()
    {
        var options = Options.Create(new NotificationOptions { PublicUrl = "https://webhooks.test/base/" });
        var links = new NotificationLinks(Tokens(new EphemeralDataProtectionProvider()), options);

        links.ToAcknowledge(Told.Incident(), new ChannelId(9)).ShouldNotBeNull().AbsoluteUri.ShouldStartWith("https://webhooks.test/base/ack/");
        links.ToAcknowledge(Told.Incident() with { State = IncidentState.Acknowledged }, new ChannelId(9)).ShouldBeNull();
    }

    private AcknowledgementTokens Tokens(EphemeralDataProtectionProvider provider) =>
        new(new SecretProtectors(provider), _clock, Options.Create(new NotificationOptions()));
}
