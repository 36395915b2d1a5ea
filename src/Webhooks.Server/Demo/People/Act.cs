namespace Webhooks.Server.Demo.People;

/// <summary>Something that somebody does during the week.</summary>
internal sealed record Act(DateTimeOffset At, Func<Task> DoAsync);
