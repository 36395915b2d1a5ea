namespace Webhooks.Core.Notifications.Texts;

/// <summary>A message as people read it, before any format: whatever others wrote stands in it as <see cref="OneLine"/> left it.</summary>
/// <param name="Title">What it is about, in a line.</param>
/// <param name="Lead">What to know first; null for nothing.</param>
/// <param name="More">Incidents that there is no room for, a line each.</param>
/// <param name="Hint">What the operator should set up; null for nothing.</param>
internal sealed record MessageText(string Title, string? Lead, IReadOnlyList<NoticeText> Notices, IReadOnlyList<string> More, string? Hint);

/// <summary>The part about one incident.</summary>
internal sealed record NoticeText(string Title, string Summary, IReadOnlyList<NoticeFact> Facts, Uri? IncidentUrl, Uri? AcknowledgeUrl);

/// <summary>What is said under which heading.</summary>
internal sealed record NoticeFact(string Name, string Value);
