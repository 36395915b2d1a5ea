using Webhooks.Core.Deliveries.Sending;

namespace Webhooks.Core.Tests.Deliveries.Sending;

public sealed class EndpointHeaderRuleTests
{
    [Theory]
    [InlineData("authorization", "Bearer x")]
    [InlineData("X-Api-Key", "")]
    [InlineData("cookie", "a=b")]
    [InlineData("accept", "*/*")]
    [InlineData("x-name", "Zoë\twith a tab")]
    public void FindFault_OrdinaryHeader_IsNull(string name, string value) => EndpointHeaderRule.FindFault(name, value).ShouldBeNull();

    [Theory]
    [InlineData("Connection")]
    [InlineData("transfer-encoding")]
    [InlineData("proxy-authorization")]
    [InlineData("content-length")]
    [InlineData("Content-Type")]
    [InlineData("host")]
    [InlineData("User-Agent")]
    [InlineData("svix-id")]
    [InlineData("x-svix-anything")]
    [InlineData("webhook-id")]
    [InlineData("WEBHOOK-anything")]
    [InlineData("idempotency-key")]
    [InlineData("traceparent")]
    [InlineData("x-amzn-trace-id")]
    [InlineData("x-goog-iap")]
    [InlineData("x-azure-fdid")]
    [InlineData("x-fd-healthprobe")]
    [InlineData("x-gfe-request")]
    [InlineData("x-forwarded-for")]
    [InlineData("via")]
    [InlineData("cache-control")]
    [InlineData("expect")]
    public void FindFault_ReservedName_SaysSo(string name) => EndpointHeaderRule.FindFault(name, "x").ShouldNotBeNull().ShouldContain("reserved");

    [Theory]
    [InlineData("", "x")]
    [InlineData("a b", "x")]
    [InlineData(":path", "x")]
    [InlineData("naïve", "x")]
    [InlineData("x-a", "a\r\nb: c")]
    [InlineData("x-a", "a\nb")]
    [InlineData("x-a", "a\0b")]
    public void FindFault_WhatHttpCannotCarry_IsRefused(string name, string value) => EndpointHeaderRule.FindFault(name, value).ShouldNotBeNull();

    [Theory]
    [InlineData(4_096, true)]
    [InlineData(4_097, false)]
    public void FindFault_ValueOfAnySize_IsLimited(int bytes, bool isAccepted) =>
        (EndpointHeaderRule.FindFault("x-a", new string('x', bytes)) is null).ShouldBe(isAccepted);
}
