using System.Globalization;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Server.Demo.Weather;

namespace Webhooks.Server.Tests.Demo;

public sealed class ClimatesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 28, 12, 0, 0, TimeSpan.Zero);

    private readonly Random _chance = new(7);

    [Fact]
    public void Healthy_Always_DeliversWithAnswerAndTimes()
    {
        var result = Climates.Healthy()(At(TimeSpan.FromDays(2)));

        result.Outcome.ShouldBe(AttemptOutcome.Delivered);
        result.ResponseHeaders.ShouldNotBeNull();
        result.ResponseBody.ShouldNotBeNull();
        result.Timings.Total.ShouldBeGreaterThan(result.Timings.FirstByte!.Value);
    }

    [Fact]
    public void Dead_HostIsGone_IsNotSent()
    {
        Climates.Dead(At(Climates.HostGone - TimeSpan.FromMinutes(1))).Outcome.ShouldBe(AttemptOutcome.Delivered);

        var result = Climates.Dead(At(Climates.HostGone));

        (result.Outcome, result.ErrorCode, result.StatusCode).ShouldBe((AttemptOutcome.NotSent, AttemptErrorCodes.Dns, null));
    }

    [Fact]
    public void Gone_FromThenOn_Answers410() => Climates.Gone(At(Climates.GoneFrom)).StatusCode.ShouldBe(410);

    [Fact]
    public void BrokenTls_CertificateEnded_IsNotSent() =>
        Climates.BrokenTls(At(TimeSpan.FromDays(6), left: TimeSpan.FromHours(1))).ErrorCode.ShouldBe(AttemptErrorCodes.Tls);

    [Fact]
    public void RateLimited_Refusals_SayInTheirHeadersHowLongToWait()
    {
        var refusal = Enumerable.Range(0, 100).Select(_ => Climates.RateLimited(At(TimeSpan.FromDays(2)))).First(r => r.StatusCode == 429);

        var seconds = refusal.RetryAfter!.Value.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        refusal.ResponseHeaders!.Split('\n').ShouldContain($"Retry-After: {seconds}");
    }

    [Fact]
    public void Picky_WhatItCannotRead_ItNeverCan()
    {
        var refused = Enumerable.Range(1, 200).Where(sequence => StatusOf(sequence, attempt: 1) == 422).ToList();

        refused.Count.ShouldBeInRange(6, 20);
        refused.Select(sequence => StatusOf(sequence, attempt: 2)).Distinct().ShouldBe([422]);

        int? StatusOf(long sequence, int attempt) =>
            Climates.Picky(At(TimeSpan.FromDays(2)) with { Sequence = sequence, Attempt = attempt }).StatusCode;
    }

    [Fact]
    public void Silent_SentAgainByAPerson_IsDelivered()
    {
        var silent = Enumerable.Range(1, 200).Select(sequence => At(TimeSpan.FromDays(2)) with { Sequence = sequence })
            .First(moment => Climates.Silent(moment).Outcome == AttemptOutcome.Unknown);

        Climates.Silent(silent with { IsReplay = true }).Outcome.ShouldBe(AttemptOutcome.Delivered);
    }

    private Moment At(TimeSpan into, TimeSpan? left = null) => new(Noon, into, left ?? TimeSpan.FromDays(7) - into, 1, 100, false, _chance);
}
