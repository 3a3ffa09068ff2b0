using AcodeOps.Documents;

namespace AcodeOps.Core.Tests.Environments;

public sealed class SpellingTests
{
    private static readonly string[] Known = ["host", "port", "timeZone", "credential", "certificateAuthority"];

    [Theory]
    [InlineData("hots", "host")]
    [InlineData("prot", "port")]
    [InlineData("time_zone", "timeZone")]
    [InlineData("TIME-ZONE", "timeZone")]
    [InlineData("credentials", "credential")]
    [InlineData("certificateAutority", "certificateAuthority")]
    [InlineData("password", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_meant_if_any_is_near(string written, string? meant) => Assert.Equal(meant, Spelling.Nearest(written, Known));

    [Fact]
    public void A_word_of_a_megabyte_is_not_compared() => Assert.Null(Spelling.Nearest(new string('h', 1 << 20), Known));
}
