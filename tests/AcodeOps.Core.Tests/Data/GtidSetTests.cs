namespace AcodeOps.Core.Tests.Data;

/// <summary>Sets in MySQL's notation, held against plain sets of numbers.</summary>
public sealed class GtidSetTests
{
    private const string A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private const string B = "72254bca-4e21-11ef-bd0e-0242ac110002";

    [Theory]
    [InlineData("", "")]
    [InlineData($"{A}:1-5", $"{A}:1-5")]
    [InlineData($"{A}:5:1-3:4", $"{A}:1-5")]
    [InlineData($" {A}:1-3:2-4:7 ,\n{B}:1", $"{A}:1-4:7,{B}:1")]
    [InlineData($"{A}:1,{A}:2", $"{A}:1-2")]
    [InlineData("3E11FA47-71CA-11E1-9E33-C80AA9429562:9", $"{A}:9")]
    [InlineData($"{A}:1-5:billing:1-2:9", $"{A}:1-5,{A}:billing:1-2:9")]
    public void The_written_form_is_read_and_put_in_order(string text, string expected)
    {
        Assert.True(GtidSet.TryParse(text, out GtidSet? set));
        Assert.Equal(expected, set.ToString());
    }

    [Theory]
    [InlineData("0-1-100")]
    [InlineData("nonsense")]
    [InlineData(A)]
    [InlineData($"{A}:0-3")]
    [InlineData($"{A}:5-3")]
    [InlineData($"{A}:1-99999999999999999999")]
    [InlineData($"{A}:-1")]
    public void What_is_no_set_is_not_read(string text) => Assert.False(GtidSet.TryParse(text, out _));

    [Fact]
    public void Tags_are_sets_of_their_own()
    {
        Assert.True(GtidSet.TryParse($"{A}:1-5:t:1-5", out GtidSet? all));
        Assert.True(GtidSet.TryParse($"{A}:1-5", out GtidSet? untagged));

        Assert.Equal($"{A}:t:1-5", all.Subtract(untagged).ToString());
        Assert.True(untagged.IsSubsetOf(all));
        Assert.False(all.IsSubsetOf(untagged));
    }

    [Fact]
    public void Subtracting_and_counting_agree_with_plain_sets()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < 2_000; round++)
        {
            HashSet<(string, int)> left = Some(random);
            HashSet<(string, int)> right = Some(random);
            string leftText = Write(left, random);
            string rightText = Write(right, random);
            Assert.True(GtidSet.TryParse(leftText, out GtidSet? a));
            Assert.True(GtidSet.TryParse(rightText, out GtidSet? b));

            HashSet<(string, int)> expected = [.. left.Except(right)];
            GtidSet rest = a.Subtract(b);
            string where = $"seed {seed}, round {round}: {leftText} minus {rightText} gave {rest}";
            Assert.True(expected.Count == rest.Count, where);
            Assert.True(Read(rest.ToString()).SetEquals(expected), where);
            Assert.True(left.IsSubsetOf(right) == a.IsSubsetOf(b), where);
            Assert.True(GtidSet.TryParse(a.ToString(), out GtidSet? again) && again.ToString() == a.ToString(), where);
            Assert.True(rest.IsSubsetOf(a) && rest.Subtract(b).Count == rest.Count && a.Subtract(a).IsEmpty, where);
        }
    }

    private static HashSet<(string, int)> Some(Random random) =>
        [.. Enumerable.Range(0, random.Next(40)).Select(_ => (random.Next(2) == 0 ? A : B, random.Next(1, 31)))];

    // As single numbers and runs, in any order, overlapping, the same server several times.
    private static string Write(HashSet<(string Server, int Number)> set, Random random) => string.Join(", ", set
        .OrderBy(_ => random.Next())
        .Select(gtid =>
        {
            int last = gtid.Number;
            while (random.Next(3) > 0 && set.Contains((gtid.Server, last + 1)))
            {
                last++;
            }

            return last == gtid.Number ? $"{gtid.Server}:{gtid.Number}" : $"{gtid.Server}:{gtid.Number}-{last}";
        }));

    // Apart from the code under test.
    private static HashSet<(string, int)> Read(string text)
    {
        HashSet<(string, int)> set = [];
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pieces = part.Split(':');
            foreach (string piece in pieces[1..])
            {
                int[] ends = [.. piece.Split('-').Select(int.Parse)];
                for (int n = ends[0]; n <= ends[^1]; n++)
                {
                    Assert.True(set.Add((pieces[0], n)), $"{n} is twice in {text}");
                }
            }
        }

        return set;
    }
}
