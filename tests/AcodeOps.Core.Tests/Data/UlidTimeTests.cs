namespace AcodeOps.Core.Tests.Data;

/// <summary>The instant in a ULID.</summary>
public sealed class UlidTimeTests
{
    [Theory]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV", 1469922850259)]
    [InlineData("00000000000000000000000000", 0)]
    public void The_first_ten_digits_are_milliseconds(string ulid, long milliseconds) =>
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), UlidTime.TryRead(ulid));

    [Theory]
    [InlineData("")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAVV")]
    [InlineData("01arz3ndektsv4rrffq69g5fav")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA/")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAU")]
    [InlineData("81ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("7ZZZZZZZZZ0000000000000000")]
    public void Anything_else_is_none(string text) => Assert.Null(UlidTime.TryRead(text));
}
