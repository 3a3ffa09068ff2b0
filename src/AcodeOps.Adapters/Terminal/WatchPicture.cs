using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AcodeOps.Adapters.Terminal;

/// <summary>A frame of a watch as a picture of text: where it stands, what is looked at, what has happened.</summary>
internal sealed class WatchPicture(WatchFrame frame, bool unicode)
{
    private const int LinesOfHead = 7;
    private const int LinesOfTable = 4;
    private const int FewestEvents = 3;

    /// <summary>The picture, for so many lines.</summary>
    public IRenderable Draw(int height)
    {
        int rows = Math.Min(frame.Rows.Count, Math.Max(4, height - LinesOfHead - LinesOfTable - FewestEvents - 3));
        int events = Math.Max(FewestEvents, height - LinesOfHead - LinesOfTable - rows - 3);
        return new Rows(Head(), Table(rows), Events(events));
    }

    private Panel Head()
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0)).AddColumn(new GridColumn());
        grid.AddRow(Word("route"), Text(frame.ActiveRoute is null ? "none is known to write" : frame.Location is null ? frame.ActiveRoute : $"{frame.ActiveRoute}  {frame.Location}"));
        grid.AddRow(Word("replica"), Text($"lag {frame.Lag}"));
        grid.AddRow(Word("freshness"), Text(frame.Freshness));
        grid.AddRow(Word(frame.Strategy == RecoveryStrategy.None ? "to be done" : "TO BE DONE"), Text($"{frame.Strategy}. {frame.Reason}", StyleOf(frame.Verdict)));
        grid.AddRow(Word("this watch"), Text(frame.Mode));
        string title = string.Create(CultureInfo.InvariantCulture, $" {frame.Environment}: {WordOf(frame.Verdict)} · {frame.At.UtcDateTime:HH:mm:ss}Z · look {frame.Looks:N0} ");
        return new Panel(grid).Header(new PanelHeader(Markup.Escape(unicode ? title : title.Replace("·", "-", StringComparison.Ordinal)))).BorderStyle(StyleOf(frame.Verdict)).Expand();
    }

    private Table Table(int rows)
    {
        Table table = new Table().Border(TableBorder.Simple).Expand()
            .AddColumn(new Spectre.Console.TableColumn("verdict").NoWrap())
            .AddColumn(new Spectre.Console.TableColumn("component").NoWrap())
            .AddColumn(new Spectre.Console.TableColumn("history").NoWrap().Width(24))
            .AddColumn(new Spectre.Console.TableColumn("finding"));
        foreach (WatchRow row in frame.Rows.Take(rows))
        {
            table.AddRow(Text(WordOf(row.Verdict), StyleOf(row.Verdict)), Text($"{row.Component} {row.Target}"), History(row.History), Text(row.Summary));
        }

        int left = frame.Rows.Count - rows;
        string rest = string.Create(CultureInfo.InvariantCulture, $"{(left > 0 ? $"{left} more are not healthy; " : "")}{frame.HealthyBesides} further checks are healthy");
        return table.Caption(Markup.Escape(rest));
    }

    private Rows Events(int most) => new(frame.Events.Reverse().Take(most).Select(happened =>
        Text(string.Create(CultureInfo.InvariantCulture, $"{happened.At.UtcDateTime:HH:mm:ss}Z {WordOf(happened.Verdict),-8} {happened.Text}"), StyleOf(happened.Verdict))));

    private Paragraph History(IReadOnlyList<Verdict> history)
    {
        Paragraph line = new() { Overflow = Overflow.Crop };
        foreach (Verdict verdict in history.TakeLast(24))
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

    // One line each: the picture must not jump.
    private static Text Text(string text, Style? style = null) => new(text.ReplaceLineEndings(" "), style ?? Style.Plain) { Overflow = Overflow.Ellipsis };

    private static Style StyleOf(Verdict verdict) => new(verdict switch
    {
        Verdict.Healthy => Color.Green,
        Verdict.Degraded => Color.Yellow,
        Verdict.Failed => Color.Red,
        _ => Color.Fuchsia,
    });
}
