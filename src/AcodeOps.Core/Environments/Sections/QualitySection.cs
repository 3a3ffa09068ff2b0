using AcodeOps.Documents;
using AcodeOps.Environments.Reading;
using AcodeOps.Quality.Checks;
using AcodeOps.Quality.Days;

namespace AcodeOps.Environments.Sections;

/// <summary>Rules of data quality.</summary>
internal static class QualitySection
{
    private const double Most = 1e15;

    private static readonly string[] Checks = [.. RowChecks.All.Select(check => check.Name).Concat(DayChecks.All.Select(check => check.Name)).Order(StringComparer.Ordinal)];

    private static readonly ValueKind<string> Check = new($"one of {string.Join(", ", Checks)}", node => Checks.Contains(node.Value) ? node.Value : null)
    {
        Propose = text => Spelling.Nearest(text, Checks),
    };

    public static IReadOnlyList<QualityRuleDefinition> Read(MappingReader quality, IReadOnlyList<TableDefinition> tables)
    {
        string? owner = quality.Optional("owner", ValueKinds.Text);
        HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);
        return quality.RequiredItems("rules", r =>
        {
            QualityRuleDefinition rule = Read(r, owner);
            if (rule.Table is not null && !tables.Any(table => rule.Table.Equals(table.Name, StringComparison.OrdinalIgnoreCase)))
            {
                r.Complain("table", new("UnknownTable", $"There is no table '{rule.Table}' here.") { Current = rule.Table, Proposed = Spelling.Nearest(rule.Table, tables.Select(table => table.Name)), Remedy = "Name one of tables." });
            }
            else if (rule.Check is not null && !ids.Add(rule.Id))
            {
                r.Complain("check", new("DuplicateName", $"The rule '{rule.Id}' is here twice.") { Remedy = "Keep one of them." });
            }

            return rule;
        });
    }

    private static QualityRuleDefinition Read(MappingReader r, string? owner)
    {
        string check = r.Required("check", Check);
        bool isOfRows = check is not null && RowChecks.Find(check) is not null;
        QualityRuleDefinition rule = new()
        {
            Table = r.Required("table", ValueKinds.Identifier),
            Column = isOfRows ? r.Required("column", ValueKinds.Identifier) : r.Optional("column", ValueKinds.Identifier),
            Check = check!,
            Limit = r.Optional("limit", ValueKinds.Number(0, isOfRows ? 100 : Most)),
            Min = r.Optional("min", ValueKinds.Number(-Most, Most)),
            Max = r.Optional("max", ValueKinds.Number(-Most, Most)),
            Values = r.Values("values", ValueKinds.Text),
            Pattern = r.Optional("pattern", ValueKinds.Text),
            Other = r.Optional("other", ValueKinds.Identifier),
            Severity = r.Optional("severity", ValueKinds.Choice(FindingSeverity.Warning, FindingSeverity.Error)),
            Owner = r.Optional("owner", ValueKinds.Text) ?? owner,
            IsEnabled = r.Optional("enabled", ValueKinds.Flag) ?? true,
        };
        if (isOfRows && rule.IsEnabled && RowChecks.Find(check!)!.Complaint(rule) is { } complaint)
        {
            r.Complain("check", new("InvalidValue", complaint) { Current = check });
        }
        else if (check is not null && !isOfRows && rule.Column is not null)
        {
            r.ComplainAtKey("column", new("InvalidValue", $"'{check}' is about a table's days, not about a column.") { Remedy = "Leave it out." });
        }

        return rule;
    }
}
