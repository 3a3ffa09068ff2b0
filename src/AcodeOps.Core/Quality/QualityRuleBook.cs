using AcodeOps.Quality.Checks;
using AcodeOps.Quality.Days;

namespace AcodeOps.Quality;

/// <summary>The rules of a table: those that it has of itself by its columns, and those of the environment, which come first.</summary>
internal static class QualityRuleBook
{
    /// <summary>The rules about rows; rules whose column is not there among them.</summary>
    public static IReadOnlyList<QualityRuleDefinition> RowRules(QualityTable table, AcodeEnvironment environment) =>
        Merged(RowChecks.All.SelectMany(check => check.RulesOf(table)), environment, table.Definition, rule => RowChecks.Find(rule.Check) is not null);

    /// <summary>The rules about days.</summary>
    public static IReadOnlyList<QualityRuleDefinition> DayRules(TableDefinition table, AcodeEnvironment environment) => Merged(
        DayChecks.All.Where(check => check.AppliesTo(table)).Select(check => new QualityRuleDefinition { Table = table.Name, Check = check.Name }),
        environment, table, rule => DayChecks.Find(rule.Check)?.AppliesTo(table) == true);

    private static QualityRuleDefinition[] Merged(IEnumerable<QualityRuleDefinition> own, AcodeEnvironment environment, TableDefinition table, Predicate<QualityRuleDefinition> isMeant)
    {
        QualityRuleDefinition[] stated = [.. environment.Quality.Where(rule => Same(rule.Table, table.Name) && isMeant(rule))];
        return [.. own.Where(rule => !stated.Any(other => Same(other.Id, rule.Id))).Concat(stated).Where(rule => rule.IsEnabled)];
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
