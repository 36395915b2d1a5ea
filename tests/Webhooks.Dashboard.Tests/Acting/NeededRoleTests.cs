using Webhooks.Core.Operators;
using Webhooks.Server.Dashboard.Acting;

namespace Webhooks.Dashboard.Tests.Acting;

public sealed class NeededRoleTests
{
    [Theory]
    [InlineData("v1.endpoint.get", nameof(OperatorRole.Viewer))]
    [InlineData("v1.endpoint.get-secret", nameof(OperatorRole.Operator))]
    [InlineData("v1.endpoint.rotate-secret", nameof(OperatorRole.Operator))]
    [InlineData("v1.endpoint.create", nameof(OperatorRole.Operator))]
    [InlineData("v1.authentication.app-portal-access", nameof(OperatorRole.Operator))]
    [InlineData("v1.application.delete", nameof(OperatorRole.Administrator))]
    [InlineData("v1.event-type.delete", nameof(OperatorRole.Administrator))]
    public void Of_Operation_IsTheLowestRoleThatMay(string operation, string expected) =>
        NeededRole.Of(operation).ToString().ShouldBe(expected);
}
