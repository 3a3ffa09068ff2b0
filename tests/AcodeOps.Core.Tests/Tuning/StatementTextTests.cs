using AcodeOps.Tuning;

namespace AcodeOps.Core.Tests.Tuning;

/// <summary>What may be shown of a statement, also of one that a server has not normalized.</summary>
public sealed class StatementTextTests
{
    [Theory]
    // As the servers normalize: nothing is lost.
    [InlineData("SELECT `b` FROM `t` WHERE `b` IN (...) AND `a1` = ?", "SELECT `b` FROM `t` WHERE `b` IN (...) AND `a1` = ?")]
    [InlineData("INSERT INTO `t` VALUES (?) /* , ... */ ", "INSERT INTO `t` VALUES (?) /* , ... */")]
    [InlineData("SELECT /*+ MAX_EXECUTION_TIME (?) */ ?, ...", "SELECT /*+ MAX_EXECUTION_TIME (?) */ ?, ...")]
    [InlineData("CREATE SYSTEM_USER ? @? IDENTIFIED BY ?", "CREATE SYSTEM_USER ? @? IDENTIFIED BY ?")]
    [InlineData("SELECT `a``'b` , t2.c_3 FROM t2", "SELECT `a``'b` , t2.c_3 FROM t2")]
    // As written.
    [InlineData("SELECT 'a''b\\'c' , \"d\"", "SELECT ? , ?")]
    [InlineData("SELECT 'never closed", "SELECT ?")]
    [InlineData("SELECT 12, -1.5e-10, 0xAF09, x'AF', b'01', _utf8mb4'z'", "SELECT ?, -?, ?, x?, b?, _utf8mb4?")]
    [InlineData("SELECT a /* secret */ FROM t -- secret", "SELECT a  FROM t")]
    [InlineData("SELECT a # secret\nFROM t /* secret", "SELECT a  FROM t")]
    [InlineData("SELECT /*+ SET_VAR(x='secret') */ 1", "SELECT /*+ SET_VAR(x=?) */ ?")]
    [InlineData("SELECT\t`\u001b[31m`", "SELECT `\uFFFD[31m`")]
    [InlineData("", "")]
    public void Literals_and_comments_are_never_shown(string text, string shown) => Assert.Equal(shown, StatementText.WithoutLiterals(text));

    [Fact]
    public void No_literal_survives_wherever_it_stands()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        string[] parts = ["SELECT ", "`name`", "'S3cret'", "\"S3cret\"", " = ", "-", "/* S3cret */", "/*+ x('S3cret') */", "(", ")", ", ", "'a\\'S3cret'", "'a''S3cret'", "# S3cret\n", "-- S3cret\n", "1.5e3", "`'`", "N", "_utf8"];
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)]));
            Assert.False(StatementText.WithoutLiterals(text).Contains("S3cret", StringComparison.Ordinal), $"seed {seed}: {text}");
        }
    }
}
