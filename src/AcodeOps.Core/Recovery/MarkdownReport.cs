using System.Text;

namespace AcodeOps.Recovery;

/// <summary>Writes a report as Markdown with the tables of GitHub, for a ticket or a pull request.</summary>
public static class MarkdownReport
{
    /// <summary>The document. What comes from the installation is text in it: no markup of it takes effect.</summary>
    public static string Write(RecoveryReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        text.Append("# ").Append(Escaped($"{report.Headline}: {report.Environment}")).Append("\n\n**").Append(report.Verdict).Append("**: ").Append(Escaped(report.Summary)).Append('\n');
        if (report.Error is not null)
        {
            text.Append("\n> ").Append(Escaped($"{report.ErrorId}: {report.Error}")).Append('\n');
        }

        if (report.Advice is not null)
        {
            text.Append("\n**What to do next**: ").Append(Escaped(report.Advice)).Append('\n');
        }

        foreach (string warning in report.Warnings)
        {
            text.Append("\n> Mind: ").Append(Escaped(warning)).Append('\n');
        }

        Append(text, new ReportTable("Key figures", ["Figure", "Value", ""], [.. ReportContent.Figures(report).Select(figure => new[] { figure.Label, figure.Value, figure.Hint })]));
        Append(text, new ReportTable("Facts", ["Fact", ""], [.. ReportContent.Facts(report).Select(fact => new[] { fact.Label, fact.Value })]));
        Append(text, Bars("Where the time went", "Phase", ReportContent.Phases(report)));
        Append(text, Bars("Steps", "Step", ReportContent.Steps(report)));
        foreach (ReportTable table in ReportContent.Tables(report))
        {
            Append(text, table);
        }

        foreach ((string title, IReadOnlyList<string> lines) in ReportContent.Lists(report).Where(list => list.Lines.Count > 0))
        {
            text.Append("\n<details><summary>").Append(Escaped(title)).Append("</summary>\n\n");
            foreach (string line in lines)
            {
                text.Append("- ").Append(Escaped(line)).Append('\n');
            }

            text.Append("\n</details>\n");
        }

        return text.ToString();
    }

    private static ReportTable Bars(string title, string what, IReadOnlyList<ReportBar> bars) => new(
        title, [what, "Took", "", ""], [.. bars.Select(bar => new[] { bar.Label, bar.Start is null ? "" : ReportText.Duration(bar.Seconds), new string('█', (int)Math.Round((bar.Length ?? 0) * 20)), bar.Note })]);

    private static void Append(StringBuilder text, ReportTable table)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        text.Append("\n## ").Append(table.Title).Append("\n\n| ").AppendJoin(" | ", table.Columns).Append(" |\n|").Append(string.Concat(table.Columns.Select(_ => " --- |"))).Append('\n');
        foreach (string[] row in table.Rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select(Escaped)).Append(" |\n");
        }
    }

    // As Markdown has it, a backslash before punctuation makes text of it; <, > and & are kept from being HTML as well.
    private static string Escaped(string text)
    {
        StringBuilder escaped = new(text.Length + 8);
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            _ = c switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '@' => escaped.Append("&#64;"),
                '\\' or '|' or '`' or '*' or '_' or '[' or ']' or '#' or '~' or '!' => escaped.Append('\\').Append(c),
                _ when char.IsControl(c) => escaped.Append(' '),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
