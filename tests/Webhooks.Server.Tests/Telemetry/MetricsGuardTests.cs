using System.Net;
using Microsoft.AspNetCore.Http;
using Webhooks.Server.Telemetry;

namespace Webhooks.Server.Tests.Telemetry;

/// <summary>Who may read <c>/metrics</c>.</summary>
public sealed class MetricsGuardTests
{
    private const string Key = "the-key-of-prometheus-0123456789-abc";

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.7", false)]
    [InlineData(null, false)]
    public async Task Invoke_NoKeySet_AnswersThisMachineOnly(string? address, bool answered)
    {
        (await AskAsync(null, address)).ShouldBe(answered);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    [InlineData("X-Original-For")]
    public async Task Invoke_NoKeySetAndPassedOnByAProxy_IsRefused(string header)
    {
        (await AskAsync(null, "127.0.0.1", (header, "203.0.113.9"))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Bearer " + Key, true)]
    [InlineData("bearer " + Key, true)]
    [InlineData("Bearer " + Key + "x", false)]
    [InlineData("Bearer ", false)]
    [InlineData("Basic " + Key, false)]
    [InlineData("", false)]
    public async Task Invoke_KeySet_AnswersWhoeverHasIt(string authorization, bool answered)
    {
        (await AskAsync(Key, "10.0.0.7", ("Authorization", authorization))).ShouldBe(answered);
    }

    [Fact]
    public async Task Invoke_KeySet_ThisMachineNeedsItToo()
    {
        (await AskAsync(Key, "127.0.0.1")).ShouldBeFalse();
    }

    /// <summary>Whether the request went through; where it did not, the answer must be 401.</summary>
    private static async Task<bool> AskAsync(string? key, string? address, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;

        var answered = false;
        await new MetricsGuard(key).InvokeAsync(context, _ =>
        {
            answered = true;
            return Task.CompletedTask;
        });

        context.Response.StatusCode.ShouldBe(answered ? 200 : 401);
        return answered;
    }
}
