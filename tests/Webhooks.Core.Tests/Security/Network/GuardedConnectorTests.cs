using System.Net;
using System.Net.Sockets;
using Webhooks.Core.Security.Network;

namespace Webhooks.Core.Tests.Security.Network;

public sealed class GuardedConnectorTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _lookups = [];

    public GuardedConnectorTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("0.0.0.0")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("fe80::1%1")]
    public async Task Connect_NameThatResolvesToASpecialAddress_IsBlocked(string address)
    {
        var failure = await FailAsync(Connector([], IPAddress.Parse(address)));

        failure.Failure.ShouldBe(ConnectFailure.AddressBlocked);
    }

    [Fact]
    public async Task Connect_NameOfAnInternalHost_KeepsItsAddressSecret() =>
        (await FailAsync(Connector([], IPAddress.Parse("10.20.30.40")))).Message.ShouldNotContain("10.20.30.40");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Connect_LiteralSpecialAddress_IsBlockedWithoutALookup(string host)
    {
        var failure = await FailAsync(Connector([]), host);

        failure.Failure.ShouldBe(ConnectFailure.AddressBlocked);
        _lookups.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connect_SeveralAddresses_GoesOnlyToTheAllowedOnes()
    {
        // 127.0.0.2 stands for a blocked address: the listener would answer there, too.
        using var wide = new TcpListener(IPAddress.Any, 0);
        wide.Start();

        using var stream = await ConnectAsync(Connector(["127.0.0.3/32"], IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")), port: PortOf(wide));

        using var accepted = await wide.AcceptSocketAsync(Cancel);
        accepted.LocalEndPoint.ShouldBeOfType<IPEndPoint>().Address.ShouldBe(IPAddress.Parse("127.0.0.3"));
    }

    [Fact]
    public async Task Connect_NameThatTurnsBetweenLookups_IsResolvedOnceAndConnectedToWhatWasChecked()
    {
        var answers = new Queue<IPAddress>([IPAddress.Loopback, IPAddress.Parse("127.6.6.6")]);
        var connector = new GuardedConnector(Policy("127.0.0.1/32"), (host, _) => Answer(host, answers.Dequeue()), Limit, TimeProvider.System);

        using var stream = await ConnectAsync(connector);

        using var accepted = await _listener.AcceptSocketAsync(Cancel);
        accepted.LocalEndPoint.ShouldBeOfType<IPEndPoint>().Address.ShouldBe(IPAddress.Loopback);
        _lookups.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Connect_NameReboundToASpecialAddress_IsBlockedOnTheNextConnection()
    {
        var answers = new Queue<IPAddress>([IPAddress.Loopback, IPAddress.Parse("169.254.169.254")]);
        var connector = new GuardedConnector(Policy("127.0.0.0/8"), (host, _) => Answer(host, answers.Dequeue()), Limit, TimeProvider.System);
        using var first = await ConnectAsync(connector);

        var failure = await FailAsync(connector);

        failure.Failure.ShouldBe(ConnectFailure.AddressBlocked);
    }

    [Fact]
    public async Task Connect_FirstAddressRefuses_TriesTheNext()
    {
        using var stream = await ConnectAsync(Connector(["127.0.0.0/8"], IPAddress.Parse("127.0.0.9"), IPAddress.Loopback));

        using var accepted = await _listener.AcceptSocketAsync(Cancel);
        accepted.Connected.ShouldBeTrue();
    }

    [Fact]
    public async Task Connect_NothingListens_IsRefused() =>
        (await FailAsync(Connector(["127.0.0.0/8"], IPAddress.Parse("127.0.0.9")))).Failure.ShouldBe(ConnectFailure.Refused);

    [Fact]
    public async Task Connect_UnknownName_IsNotResolved()
    {
        var connector = new GuardedConnector(Policy(), (_, _) => throw new SocketException((int)SocketError.HostNotFound), Limit, TimeProvider.System);

        (await FailAsync(connector)).Failure.ShouldBe(ConnectFailure.NameNotResolved);
    }

    [Fact]
    public async Task Connect_NameWithoutAddresses_IsNotResolved() =>
        (await FailAsync(Connector([]))).Failure.ShouldBe(ConnectFailure.NameNotResolved);

    [Fact]
    public async Task Connect_LookupThatNeverAnswers_IsNotResolvedInTime()
    {
        var connector = new GuardedConnector(Policy(), (_, cancel) => Hang(cancel), TimeSpan.FromMilliseconds(50), TimeProvider.System);

        (await FailAsync(connector)).Failure.ShouldBe(ConnectFailure.NameNotResolved);
    }

    [Fact]
    public async Task Connect_NewConnection_TracesItsPhases()
    {
        var trace = new ConnectionTrace();

        using var stream = await ConnectAsync(Connector(["127.0.0.0/8"], IPAddress.Loopback), trace: trace);

        trace.Dns.ShouldNotBeNull();
        trace.Connect.ShouldNotBeNull();
        trace.Tls.ShouldBeNull();
    }

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static NetworkPolicy Policy(params string[] opened) => new(AllowedNetworks.Parse(opened));

    private GuardedConnector Connector(string[] opened, params IPAddress[] answer) =>
        new(Policy(opened), (host, _) => Answer(host, answer), Limit, TimeProvider.System);

    private Task<IPAddress[]> Answer(string host, params IPAddress[] answer)
    {
        _lookups.Add(host);
        return Task.FromResult(answer);
    }

    private static async Task<IPAddress[]> Hang(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return [];
    }

    // The handler makes the callback's context and nobody else can, so the connector is tried through it.
    private async Task<Stream> ConnectAsync(GuardedConnector connector, string host = "subscriber.test", int? port = null, ConnectionTrace? trace = null)
    {
        var connected = new TaskCompletionSource<Stream>();
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, cancel) =>
            {
                try
                {
                    connected.SetResult(await connector.ConnectAsync(context, cancel));
                }
                catch (EndpointConnectException e)
                {
                    connected.SetException(e);
                }

                throw new IOException("The test has what it wants.");
            },
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{host}:{port ?? PortOf(_listener)}/");
        request.Options.Set(ConnectionTrace.Key, trace ?? new ConnectionTrace());

        await Should.ThrowAsync<HttpRequestException>(() => invoker.SendAsync(request, Cancel));
        return await connected.Task;
    }

    private Task<EndpointConnectException> FailAsync(GuardedConnector connector, string host = "subscriber.test") =>
        Should.ThrowAsync<EndpointConnectException>(() => ConnectAsync(connector, host));

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
