using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AcodeOps.Adapters.Terminal;

/// <summary>A frame of a watch as a picture of text: where it stands, what is looked at, what has happened.</summary>
internal sealed class WatchPicture(WatchFrame frame, bool unicode, int width)
{
    private const int LinesOfHead = 7;
    private const int LinesOfTable = 5;
    private const int FewestEvents = 3;
    private const int VerdictWidth = 8;
    private const int Longest = 200;

    // What a column takes beside its text, and the frame of the head.
    private const int Padding = 2;
    private const int Frame = 4;
    private const int WordWidth = 12;

    // A narrow terminal has more use for the findings.
    private readonly int _historyWidth = width < 100 ? 10 : 24;
    private readonly int _componentWidth = Math.Clamp(width / 4, 16, 32);

    /// <summary>The picture, for so many lines.</summary>
    public IRenderable Draw(int height)
    {
        int rows = Math.Min(frame.Rows.Count, Math.Max(3, height - LinesOfHead - LinesOfTable - FewestEvents));
        int events = Math.Max(0, height - LinesOfHead - LinesOfTable - rows);
        return new Rows(Head(), Table(rows), Events(events));
    }

    private Panel Head()
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().Width(WordWidth)).AddColumn(new GridColumn().NoWrap());
        grid.AddRow(Word("route"), Told(frame.ActiveRoute is null ? "none is known to write" : frame.Location is null ? frame.ActiveRoute : $"{frame.ActiveRoute}  {frame.Location}"));
        grid.AddRow(Word("replica"), Told($"lag {frame.Lag}"));
        grid.AddRow(Word("freshness"), Told(frame.Freshness));
        grid.AddRow(Word(frame.Strategy == RecoveryStrategy.None ? "to be done" : "TO BE DONE"), Told($"{frame.Strategy}. {frame.Reason}", StyleOf(frame.Verdict)));
        grid.AddRow(Word("this watch"), Told(frame.Mode));
        string title = string.Create(CultureInfo.InvariantCulture, $" {frame.Environment}: {WordOf(frame.Verdict)} · {frame.At.UtcDateTime:HH:mm:ss}Z · look {frame.Looks:N0} ");
        return new Panel(grid).Header(new PanelHeader(Markup.Escape(unicode ? title : title.Replace("·", "-", StringComparison.Ordinal)))).BorderStyle(StyleOf(frame.Verdict)).Expand();
    }

    private Table Table(int rows)
    {
        int left = width - VerdictWidth - _componentWidth - _historyWidth - (4 * Padding) - Frame;
        Table table = new Table().Border(TableBorder.Simple).Expand()
            .AddColumn(new Spectre.Console.TableColumn("verdict").NoWrap().Width(VerdictWidth))
            .AddColumn(new Spectre.Console.TableColumn("component").NoWrap().Width(_componentWidth))
            .AddColumn(new Spectre.Console.TableColumn("history").NoWrap().Width(_historyWidth))
            .AddColumn(new Spectre.Console.TableColumn("finding").NoWrap().Width(left));
        foreach (WatchRow row in frame.Rows.Take(rows))
        {
            table.AddRow(Text(WordOf(row.Verdict), VerdictWidth, StyleOf(row.Verdict)), Text($"{row.Component} {row.Target}", _componentWidth), History(row.History), Text(row.Summary, left));
        }

        int hidden = frame.Rows.Count - rows;
        string rest = string.Create(CultureInfo.InvariantCulture, $"{(hidden > 0 ? $"{hidden} more are not shown; " : "")}{frame.HealthyBesides} further checks are healthy");
        return table.Caption(Markup.Escape(rest));
    }

    private Rows Events(int most) => new(frame.Events.Reverse().Take(most).Select(happened =>
        Text(string.Create(CultureInfo.InvariantCulture, $"{happened.At.UtcDateTime:HH:mm:ss}Z {WordOf(happened.Verdict),-8} {happened.Text}"), width, StyleOf(happened.Verdict))));

    private Paragraph History(IReadOnlyList<Verdict> history)
    {
        Paragraph line = new() { Overflow = Overflow.Crop };
        foreach (Verdict verdict in history.TakeLast(_historyWidth))
        {
            line.Append(BarOf(verdict), StyleOf(verdict));
        }

        return line;
    }

    // Told apart by height, too: colours are not there for everyone.
    private string BarOf(Verdict verdict) => (verdict, unicode) switch
    {
        (Verdict.Healthy, true) => "▁",
        (Verdict.Degraded, true) => "▄",
        (Verdict.Failed, true) => "█",
        (Verdict.Healthy, false) => "_",
        (Verdict.Degraded, false) => "-",
        (Verdict.Failed, false) => "#",
        _ => "?",
    };

    private static string WordOf(Verdict verdict) => verdict.ToString();

    private static Text Word(string text) => new(text, new Style(decoration: Decoration.Dim));

    private Text Told(string text, Style? style = null) => Text(text, width - WordWidth - Padding - Frame, style);

    // One line each: the picture must not jump.
    private Text Text(string text, int most, Style? style = null)
    {
        string line = text.Length > Longest ? text[..Longest] : text;
        line = string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
        string end = unicode ? "…" : "...";
        return new Text(line.Length <= most ? line : line[..Math.Max(0, most - end.Length)] + end, style ?? Style.Plain) { Overflow = Overflow.Crop };
    }

    private static Style StyleOf(Verdict verdict) => new(verdict switch
    {
        Verdict.Healthy => Color.Green,
        Verdict.Degraded => Color.Yellow,
        Verdict.Failed => Color.Red,
        _ => Color.Fuchsia,
    });
}
