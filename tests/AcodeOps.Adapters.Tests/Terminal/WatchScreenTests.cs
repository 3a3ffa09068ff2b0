using System.Text;
using System.Text.RegularExpressions;
using AcodeOps.Adapters.Terminal;

namespace AcodeOps.Adapters.Tests.Terminal;

/// <summary>The live view of a watch as a terminal gets it: within its size, readable without colours, and gone when it ends.</summary>
public sealed partial class WatchScreenTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 30)]
    [InlineData(200, 60)]
    [InlineData(40, 12)]
    public void Stays_within_the_terminal_whatever_there_is_to_show(int width, int height)
    {
        string[] lines = Draw(Frame(rows: 40, events: 50), width, height, colours: true);

        Assert.InRange(lines.Length, 5, height);
        Assert.All(lines, line => Assert.True(Plain(line).Length <= width, $"{Plain(line).Length} of {width}: {Plain(line)}"));
    }

    [Fact]
    public void Says_where_it_stands_and_what_has_happened()
    {
        string drawn = Plain(string.Join('\n', Draw(Frame(rows: 6, events: 3), 120, 40, colours: false)));

        Assert.Contains("production: Failed", drawn, StringComparison.Ordinal);
        Assert.Contains("backup_mysql. Route 'primary' has failed", drawn, StringComparison.Ordinal);
        Assert.Contains("not known (0.4 s behind at 11:59:58Z)", drawn, StringComparison.Ordinal);
        Assert.Contains("▁▄█?", drawn, StringComparison.Ordinal);
        Assert.Contains("event 2", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("server 0 with a name that is longer than any column", drawn, StringComparison.Ordinal);
        Assert.Matches(@"Degraded +Source server 2", drawn);
        Assert.Contains("20 further checks are healthy", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_no_colour_where_none_is_wanted_and_no_markup_of_others()
    {
        WatchFrame frame = Frame(rows: 6, events: 3) with { Reason = "a [red]bracket[/] and [[more]]" };
        string drawn = string.Join('\n', Draw(frame, 120, 40, colours: false));

        Assert.DoesNotMatch(@"\x1b\[3[0-9]", drawn);
        Assert.Contains("a [red]bracket[/] and [[more]]", Plain(drawn), StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_the_terminal_back_once()
    {
        using Terminal terminal = new();
        using (WatchScreen screen = new(terminal, () => (80, 24), colours: true))
        {
            screen.Show(Frame(2, 2));
            screen.Show(Frame(2, 2));
            screen.Dispose();
        }

        string written = terminal.ToString();
        Assert.Single(Enter().Matches(written));
        Assert.Single(Leave().Matches(written));
        Assert.EndsWith("\e[?25h\e[?1049l", written, StringComparison.Ordinal);
    }

    private static WatchFrame Frame(int rows, int events) => new()
    {
        Environment = "production",
        At = Noon,
        Looks = 1234,
        ActiveRoute = "primary",
        Location = "s3://lake/bronze/",
        Lag = "not known (0.4 s behind at 11:59:58Z)",
        Freshness = "Newest row processed 12 min ago.",
        Strategy = "backup_mysql",
        Reason = "Route 'primary' has failed; 'backup_mysql' is the first that can be used.",
        Mode = "switches by itself",
        Verdict = Verdict.Failed,
        Rows = [.. Enumerable.Range(0, rows).Select(i => new WatchRow(
            HealthComponent.Source, $"server {i} with a name that is longer than any column", (Verdict)(i % 4), string.Concat(Enumerable.Repeat("A finding that goes on. ", 8)),
            [Verdict.Healthy, Verdict.Degraded, Verdict.Failed, Verdict.Unknown]))],
        HealthyBesides = 20,
        Events = [.. Enumerable.Range(0, events).Select(i => new WatchEvent(Noon.AddSeconds(i), Verdict.Degraded, $"event {i}: something\nhas changed, and it is told at some length so that it does not fit into one line of a terminal"))],
    };

    private static string[] Draw(WatchFrame frame, int width, int height, bool colours)
    {
        using Terminal terminal = new();
        using WatchScreen screen = new(terminal, () => (width, height), colours);
        screen.Show(frame);
        return terminal.ToString().Replace("\e[?1049h\e[?25l\e[H", "", StringComparison.Ordinal).Split("\r\n");
    }

    private static string Plain(string drawn) => Sequence().Replace(drawn, "");

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Sequence();

    [GeneratedRegex(@"\x1b\[\?1049h")]
    private static partial Regex Enter();

    [GeneratedRegex(@"\x1b\[\?1049l")]
    private static partial Regex Leave();

    private sealed class Terminal : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
