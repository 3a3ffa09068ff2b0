namespace AcodeOps.Core.Tests.Data;

public sealed class GtidGapTests
{
    private const string A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    [Theory]
    [InlineData($"{A}:1-10", $"{A}:1-7", 3L)]
    [InlineData($"{A}:5-10", $"{A}:1-10", 0L)]
    [InlineData("", $"{A}:1-10", 0L)]
    [InlineData("0-1-100", "0-1-98", 2L)]
    [InlineData("0-1-100", "0-2-100,1-5-3", 0L)]
    [InlineData("0-1-100,1-5-3", "0-1-100", 3L)]
    [InlineData("", "0-1-5", 0L)]
    [InlineData("0-1-5", "", 5L)]
    [InlineData("0-1-98", "0-1-100", 0L)]
    [InlineData(null, "0-1-100", null)]
    [InlineData("0-1-100", null, null)]
    [InlineData("0-1-100", $"{A}:1-7", null)]
    [InlineData("what", "ever", null)]
    public void The_distance_is_counted_in_either_notation(string? received, string? applied, long? expected) =>
        Assert.Equal(expected, GtidGap.Count(received, applied));
}
