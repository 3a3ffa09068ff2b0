using System.Text;

namespace AcodeOps.Reports;

/// <summary>Writes a report as Markdown with the tables of GitHub, for a ticket, a pull request or the summary of a job.</summary>
public static class MarkdownReport
{
    private const int BarLength = 20;

    /// <summary>The document. What comes from the installation is text in it: no markup of it takes effect.</summary>
    public static string Write(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        text.Append("# ").Append(Escaped($"{report.Headline}: {report.Environment}")).Append("\n\n**").Append(report.Verdict).Append("**: ").Append(Escaped(report.Summary)).Append('\n');
        foreach (ReportNotice notice in report.Notices)
        {
            text.Append(notice.Kind switch
            {
                ReportNoticeKind.Next => $"\n**{Escaped(notice.Title)}**: {Escaped(notice.Text)}\n",
                _ => $"\n> {Escaped(notice.Title)}: {Escaped(notice.Text)}\n",
            });
        }

        Append(text, "Key figures", ["Figure", "Value", ""], report.Figures.Select(figure => new[] { figure.Label, figure.Value, figure.Hint }));
        Append(text, "Facts", ["Fact", ""], report.Facts.Select(fact => new[] { fact.Label, fact.Value }));
        foreach (ReportChart chart in report.Charts)
        {
            Append(text, chart.Title, [chart.Label, chart.Figure, "", ""], chart.Bars.Select(bar => new[] { bar.Label, bar.Figure, new string('█', (int)Math.Round((bar.Length ?? 0) * BarLength)), bar.Note }));
        }

        foreach (ReportTable table in report.Tables)
        {
            Append(text, table.Title, table.Columns.Select(column => column.Name), table.Rows);
        }

        foreach (ReportList list in report.Lists)
        {
            text.Append("\n<details><summary>").Append(Escaped(list.Title)).Append("</summary>\n\n");
            foreach (string line in list.Lines)
            {
                text.Append("- ").Append(Escaped(line)).Append('\n');
            }

            text.Append("\n</details>\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IEnumerable<string> columns, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        string[] heads = [.. columns];
        text.Append("\n## ").Append(title).Append("\n\n| ").AppendJoin(" | ", heads).Append(" |\n|").Append(string.Concat(heads.Select(_ => " --- |"))).Append('\n');
        foreach (string[] row in all)
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
