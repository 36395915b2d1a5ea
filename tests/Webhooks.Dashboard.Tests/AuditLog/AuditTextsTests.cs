using Webhooks.Server.Dashboard.AuditLog;

namespace Webhooks.Dashboard.Tests.AuditLog;

public sealed class AuditTextsTests
{
    [Theory]
    [InlineData("operator.add")]
    [InlineData("operator.set-role")]
    [InlineData("operator.disable")]
    [InlineData("operator.enable")]
    [InlineData("operator.reset-password")]
    [InlineData("operator.reset-two-factor")]
    [InlineData("operator.end-sessions")]
    [InlineData("operator.rename")]
    [InlineData("operator.change-password")]
    [InlineData("operator.enable-two-factor")]
    [InlineData("operator.disable-two-factor")]
    [InlineData("ledger.seal")]
    public void Of_WhatNoOperationOfTheApiDoes_HasWordsAndIsAChoice(string operation)
    {
        AuditTexts.Of(operation).ShouldNotBeNull();

        AuditTexts.Choices.ShouldContain(choice => choice.Word == operation);
    }
}
