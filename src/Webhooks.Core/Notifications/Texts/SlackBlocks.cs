using System.Text.Json;
using System.Text.Json.Nodes;

namespace Webhooks.Core.Notifications.Texts;

/// <summary>
/// A message in Slack's Block Kit. What others wrote stands in <c>plain_text</c> objects only, in which nothing is markup: neither links
/// nor mentions of everybody.
/// </summary>
internal static class SlackBlocks
{
    // https://docs.slack.dev/reference/block-kit/blocks: a header 150 characters, a section 3,000, one of its fields 2,000, ten fields.
    private const int MaxHeader = 150;
    private const int MaxSection = 3_000;
    private const int MaxFields = 10;

    public static byte[] Of(MessageText message)
    {
        var blocks = new JsonArray(new JsonObject { ["type"] = "header", ["text"] = Plain(message.Title, MaxHeader) });
        AddSection(blocks, message.Lead);
        foreach (var notice in message.Notices)
            Add(blocks, notice, isOneOfMany: message.Notices.Count > 1);
        AddSection(blocks, message.More.Count == 0 ? null : string.Join('\n', message.More));
        AddSection(blocks, message.Hint);
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["text"] = Escape(OneLine.Of(message.Title, MaxHeader)), // where blocks are not shown, as in the list of what is new
            ["blocks"] = blocks,
            ["unfurl_links"] = false, // Slack's own visit of the link to acknowledge would do nothing, and be noise in the log
            ["unfurl_media"] = false,
        });
    }

    private static void Add(JsonArray blocks, NoticeText notice, bool isOneOfMany)
    {
        if (isOneOfMany)
        {
            // Two blocks each: a message has 50 at most.
            var facts = string.Join(", ", notice.Facts.Select(fact => $"{fact.Name}: {fact.Value}"));
            AddSection(blocks, $"{notice.Title}\n{facts}");
        }
        else
        {
            AddSection(blocks, notice.Summary);
            foreach (var fields in notice.Facts.Chunk(MaxFields))
                blocks.Add(new JsonObject { ["type"] = "section", ["fields"] = Fields(fields) });
        }

        if (Links(notice) is { Length: > 0 } links)
            blocks.Add(new JsonObject
            {
                ["type"] = "context",
                ["elements"] = new JsonArray(new JsonObject { ["type"] = "mrkdwn", ["text"] = links, ["verbatim"] = true }),
            });
    }

    private static JsonArray Fields(IEnumerable<NoticeFact> facts) =>
        new([.. facts.Select(fact => Plain($"{fact.Name}\n{fact.Value}", 2_000))]);

    private static void AddSection(JsonArray blocks, string? text)
    {
        if (text is not null)
            blocks.Add(new JsonObject { ["type"] = "section", ["text"] = Plain(text, MaxSection) });
    }

    private static JsonObject Plain(string text, int maxLength) => new()
    {
        ["type"] = "plain_text",
        ["text"] = text.Length <= maxLength ? text : text[..(maxLength - 1)] + "…",
        ["emoji"] = false,
    };

    // Our own addresses: nobody else's words are in them.
    private static string Links(NoticeText notice) => string.Join(
        "   ",
        new[] { Link(notice.AcknowledgeUrl, "Acknowledge"), Link(notice.IncidentUrl, "Open the incident") }.OfType<string>());

    private static string? Link(Uri? address, string text) => address is null ? null : $"<{Escape(address.AbsoluteUri)}|{text}>";

    // https://docs.slack.dev/messaging/formatting-message-text#escaping
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
