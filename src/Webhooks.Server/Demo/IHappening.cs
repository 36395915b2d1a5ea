namespace Webhooks.Server.Demo;

/// <summary>Something that goes on during the week.</summary>
internal interface IHappening
{
    /// <summary>When it goes on next; a time that is over means now.</summary>
    DateTimeOffset NextAt { get; }

    /// <summary>The clock shows <see cref="NextAt"/>, or a time after it.</summary>
    Task GoOnAsync();
}
