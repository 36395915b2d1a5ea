using System.Text.Json;
using System.Text.Json.Nodes;

namespace Webhooks.Core.Notifications.Texts;

/// <summary>
/// A message as an Adaptive Card for a workflow of Microsoft Teams. A card's texts are Markdown, but those of a <c>TextRun</c> are not:
/// whatever others wrote stands in these.
/// </summary>
internal static class TeamsCard
{
    public static byte[] Of(MessageText message)
    {
        var body = new JsonArray(Block(Run(message.Title, isBold: true, "large")));
        Add(body, message.Lead);
        foreach (var notice in message.Notices)
            Add(body, notice, isOneOfMany: message.Notices.Count > 1);
        foreach (var line in message.More)
            Add(body, line);
        Add(body, message.Hint);

        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = body,
        };
        if (message.Notices is [var single])
            card["actions"] = Actions(single);
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = card,
            }),
        });
    }

    private static void Add(JsonArray body, NoticeText notice, bool isOneOfMany)
    {
        if (isOneOfMany)
            body.Add(Block(Run(notice.Title, isBold: true)));
        Add(body, notice.Summary);
        foreach (var fact in notice.Facts)
            body.Add(Block(Run($"{fact.Name}: ", isBold: true), Run(fact.Value)));
        if (isOneOfMany && Actions(notice) is { Count: > 0 } actions)
            body.Add(new JsonObject { ["type"] = "ActionSet", ["actions"] = actions });
    }

    private static void Add(JsonArray body, string? text)
    {
        if (text is not null)
            body.Add(Block(Run(text)));
    }

    private static JsonObject Block(params JsonNode[] runs) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(runs) };

    private static JsonObject Run(string text, bool isBold = false, string? size = null)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        if (isBold)
            run["weight"] = "bolder";
        if (size is not null)
            run["size"] = size;
        return run;
    }

    private static JsonArray Actions(NoticeText notice)
    {
        var actions = new JsonArray();
        foreach (var (address, title) in new[] { (notice.AcknowledgeUrl, "Acknowledge"), (notice.IncidentUrl, "Open the incident") })
        {
            if (address is not null)
                actions.Add(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = address.AbsoluteUri });
        }

        return actions;
    }
}
