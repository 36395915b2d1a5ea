using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck.Xunit;
using Webhooks.Core.Endpoints.Filters;

namespace Webhooks.Core.Tests.Endpoints.Filters;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "1e0")]
    [InlineData("1", "10E-1")]
    [InlineData("1", "0.01e+2")]
    [InlineData("100", "1e2")]
    [InlineData("0.001", "1e-3")]
    [InlineData("0", "-0.0")]
    [InlineData("0", "0e999999999999999999999")]
    [InlineData("-12.50", "-1.25e1")]
    [InlineData("9007199254740993", "9007199254740993.000")]
    [InlineData("1e400", "10e399")]
    public void CompareTo_SameValueWrittenOtherwise_IsEqual(string left, string right)
    {
        Compare(left, right).ShouldBe(0);
    }

    [Theory]
    [InlineData("1", "2")]
    [InlineData("-2", "-1")]
    [InlineData("-1", "0")]
    [InlineData("-0.0", "1e-400")]
    [InlineData("9", "10")]
    [InlineData("0.09", "0.1")]
    [InlineData("0.1", "0.10000000000000000000000000001")]
    [InlineData("9007199254740992", "9007199254740993")]
    [InlineData("1e400", "1e401")]
    [InlineData("-1e401", "-1e400")]
    [InlineData("1e-401", "1e-400")]
    [InlineData("1.7976931348623157e308", "1e999999999999999999999999")]
    [InlineData("1e-999999999999999999999999", "1")]
    [InlineData("120", "1200")]
    [InlineData("1.2", "1.23")]
    public void CompareTo_LessAndGreater_AreTold(string less, string greater)
    {
        Compare(less, greater).ShouldBe(-1);
        Compare(greater, less).ShouldBe(1);
    }

    [Property]
    public bool CompareTo_AnyDecimals_IsAsDecimalSays(decimal left, decimal right) =>
        Compare(left.ToString(CultureInfo.InvariantCulture), right.ToString(CultureInfo.InvariantCulture)) == left.CompareTo(right);

    [Property]
    public bool CompareTo_AnyExponents_IsAsBigIntegersSay(int left, int right, byte leftExponent, byte rightExponent) =>
        Compare($"{left}e{leftExponent}", $"{right}.00E+{rightExponent}")
        == (left * BigInteger.Pow(10, leftExponent)).CompareTo(right * BigInteger.Pow(10, rightExponent));

    private static int Compare(string left, string right) =>
        Math.Sign(new JsonNumber(Encoding.ASCII.GetBytes(left)).CompareTo(Encoding.ASCII.GetBytes(right)));
}
