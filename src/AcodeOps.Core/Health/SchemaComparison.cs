using System.Text.RegularExpressions;

namespace AcodeOps.Health;

/// <summary>Judges one table: what the environment expects, what the primary has, what the backup has.</summary>
internal static partial class SchemaComparison
{
    /// <summary>One source's side of it: its table, or why that is not known.</summary>
    /// <param name="Name"><c>primary</c> or <c>backup</c>.</param>
    /// <param name="Table">The table; null when the source has none, or could not be asked.</param>
    /// <param name="Unread">Why the source could not be asked; null when it could.</param>
    internal sealed record Side(string Name, TableSchema? Table, string? Unread = null);

    /// <summary>The verdict: Failed where something expected is missing, Degraded where the sources differ, Unknown where one could not be asked.</summary>
    public static Observation Judge(TableDefinition expected, IReadOnlyList<Side> sides)
    {
        List<string> missing = [.. sides.Where(side => side.Unread is null).SelectMany(side => Missing(expected, side))];
        List<string> different = sides is [{ Table: { } primary }, { Table: { } backup }] ? [.. Differences(primary, backup)] : [];
        List<string> unread = [.. sides.Where(side => side.Unread is not null).Select(side => $"the {side.Name} could not be asked: {side.Unread}")];
        IReadOnlyList<string> evidence = [.. missing, .. different, .. unread];

        if (missing.Count > 0)
        {
            return new Observation(Verdict.Failed, Sentence(missing))
            {
                Cause = FailureClass.NotFound,
                ErrorId = "SchemaIncomplete",
                Evidence = evidence,
                Remedy = "Find out who changed the table (the partner, for the primary). Hold syncs until the environment file and the connections' schemas agree with it.",
            };
        }

        if (unread.Count > 0)
        {
            bool isAnyRead = sides.Any(side => side.Unread is null);
            return new Observation(Verdict.Unknown, Sentence([.. isAnyRead ? [$"the {sides.First(s => s.Unread is null).Name} has what is expected"] : Array.Empty<string>(), .. unread]))
            {
                Cause = FailureClass.Unknown,
                Evidence = evidence,
                Remedy = "See the Source checks; the comparison of both needs both.",
            };
        }

        return different.Count > 0
            ? new Observation(Verdict.Degraded, Sentence(different))
            {
                ErrorId = "SchemaDiffers",
                Evidence = evidence,
                Remedy = "After a switch the lake would get other columns or types. Bring the backup to the primary's schema: replication should have done it, so look at what it left out.",
            }
            : new Observation(Verdict.Healthy, sides.Count > 1
                ? $"{sides[0].Table!.Columns.Count} columns, the same on primary and backup."
                : $"{sides[0].Table!.Columns.Count} columns, all that are expected.");
    }

    private static IEnumerable<string> Missing(TableDefinition expected, Side side)
    {
        if (side.Table is not { } table)
        {
            return [$"the {side.Name} has no table {expected.Name}"];
        }

        string[] columns =
        [
            .. new[] { expected.Key, expected.EventDate, expected.ProcessedAt }.OfType<string>().Concat(expected.Columns)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(name => !table.Columns.Any(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase))),
        ];
        return columns.Length == 0 ? [] : [$"the {side.Name} lacks {(columns.Length == 1 ? "column" : "columns")} {string.Join(", ", columns)}"];
    }

    private static IEnumerable<string> Differences(TableSchema primary, TableSchema backup)
    {
        Dictionary<string, TableColumn> there = backup.Columns.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
        foreach (TableColumn column in primary.Columns)
        {
            if (!there.Remove(column.Name, out TableColumn? other))
            {
                yield return $"the backup lacks the primary's column {column.Name}";
            }
            else if (Plain(column.Type) != Plain(other.Type))
            {
                yield return $"{column.Name} is {column.Type} on the primary and {other.Type} on the backup";
            }
            else if (column.IsNullable != other.IsNullable)
            {
                yield return $"{column.Name} may be NULL on the {(column.IsNullable ? "primary" : "backup")} only";
            }
        }

        foreach (string extra in there.Keys)
        {
            yield return $"the backup has a column that the primary lacks: {extra}";
        }
    }

    private static string Sentence(List<string> parts)
    {
        string text = string.Join("; ", parts.Take(3)) + (parts.Count > 3 ? $"; and {parts.Count - 3} more" : "");
        return char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";
    }

    // bigint(20) of older servers and bigint of newer ones are the same type: the number is a display width.
    private static string Plain(string type) => DisplayWidth().Replace(type.ToLowerInvariant(), "$1");

    [GeneratedRegex(@"\b(tinyint|smallint|mediumint|int|bigint)\(\d+\)")]
    private static partial Regex DisplayWidth();
}
