using AcodeOps.Recovery;

namespace AcodeOps.Core.Tests.Recovery;

/// <summary>The decisions over all verdicts, drawn together into rows that a person can read: each combination is in exactly one.</summary>
internal static class DecisionTable
{
    private static readonly string[] Parts = ["Primary source", "Primary storage", "Backup source", "Backup storage", "Airbyte"];

    // Healthy and Degraded decide alike, which a test of its own shows.
    private static readonly Verdict[] Values = [Verdict.Healthy, Verdict.Failed, Verdict.Unknown];

    /// <summary>The table as Markdown, for a primary route that is active.</summary>
    public static string Draw(AcodeEnvironment environment)
    {
        IEnumerable<string> rows = Rows([], verdicts => RecoveryPolicy.Decide(environment, verdicts, environment.Routes[0]).Strategy)
            .Select(row => $"| {string.Join(" | ", row.Values.Concat(Enumerable.Repeat("any", Parts.Length - row.Values.Count)))} | `{row.Strategy}` |");
        return string.Concat(rows.Prepend($"|{string.Concat(Enumerable.Repeat("---|", Parts.Length + 1))}").Prepend($"| {string.Join(" | ", Parts)} | decision |").Select(row => row + "\n"));
    }

    private static List<Row> Rows(Verdict[] given, Func<PartVerdicts, string> decide)
    {
        string[] outcomes = [.. Completions(given).Select(decide).Distinct()];
        if (outcomes.Length == 1)
        {
            return [new Row([], outcomes[0])];
        }

        // Values of the next part that decide alike share their rows.
        return
        [
            .. Values.Select(value => (Value: value, Rows: Rows([.. given, value], decide)))
                .GroupBy(branch => string.Join('\n', branch.Rows.Select(row => row.ToString())))
                .SelectMany(alike => alike.First().Rows.Select(row => row with { Values = [Words(alike.Select(branch => branch.Value)), .. row.Values] })),
        ];
    }

    private static IEnumerable<PartVerdicts> Completions(Verdict[] given) => given.Length == Parts.Length
        ? [new PartVerdicts(PrimarySource: given[0], PrimaryStorage: given[1], BackupSource: given[2], BackupStorage: given[3], Airbyte: given[4])]
        : Values.SelectMany(value => Completions([.. given, value]));

    private static string Words(IEnumerable<Verdict> values)
    {
        string[] words = [.. values.Select(value => value == Verdict.Healthy ? "usable" : value.ToString())];
        return words.Length == Values.Length ? "any" : string.Join(" or ", words);
    }

    private sealed record Row(IReadOnlyList<string> Values, string Strategy)
    {
        public override string ToString() => $"{string.Join('|', Values)}: {Strategy}";
    }
}
