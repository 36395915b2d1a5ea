namespace Webhooks.Core.Tests.Receivers;

/// <summary>Behaviours for a <see cref="HostileReceiver"/>.</summary>
internal static class Hostile
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    public static async Task ResetsBeforeReading(HostileConnection connection)
    {
        await connection.BytesArrivedAsync();
        connection.Reset();
    }

    public static async Task ResetsAfterReading(HostileConnection connection)
    {
        await connection.ReadRequestAsync();
        connection.Reset();
    }

    public static async Task ClosesAfterReading(HostileConnection connection)
    {
        await connection.ReadRequestAsync();
        connection.Close();
    }

    public static async Task HangsAfterReading(HostileConnection connection)
    {
        await connection.ReadRequestAsync();
        await connection.HangAsync();
    }

    public static async Task AnswersForEver(HostileConnection connection)
    {
        await connection.ReadRequestAsync();
        await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (true)
            await connection.WriteAsync($"1000\r\n{new string('x', 0x1000)}\r\n");
    }

    /// <summary>One answer, then the end of the connection.</summary>
    public static Func<HostileConnection, Task> AnswersAndCloses(string answer) => async connection =>
    {
        await connection.ReadRequestAsync();
        await connection.WriteAsync(answer);
        connection.Close();
    };

    /// <summary>The same answer to every request, on connections that stay.</summary>
    public static Func<HostileConnection, Task> Answers(string answer) => async connection =>
    {
        while (true)
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(answer);
        }
    };

    /// <summary>Sends the beginning of an answer and never the rest.</summary>
    public static Func<HostileConnection, Task> AnswersThenHangs(string answer) => async connection =>
    {
        await connection.ReadRequestAsync();
        await connection.WriteAsync(answer);
        await connection.HangAsync();
    };
}
