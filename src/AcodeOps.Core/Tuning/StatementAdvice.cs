namespace AcodeOps.Tuning;

/// <summary>What the statements of a window prove: those that read very many rows without an index, and give few.</summary>
internal static class StatementAdvice
{
    private const long ManyRows = 10_000;
    private const long FarMore = 100;
    private const int ShownCharacters = 300;

    // Nothing can be indexed there, and our own questions are among those that read them.
    private static readonly string[] ServersOwn = ["performance_schema", "information_schema", "sys"];

    /// <summary>A finding for each statement that scans.</summary>
    public static IEnumerable<Finding> Of(PerformanceSection section, string? owner) =>
        from statement in section.Statements
        let read = statement.RowsExamined / statement.Executions
        where statement is { UsesNoIndex: true, Text: not null } && read >= ManyRows && statement.RowsExamined >= FarMore * statement.RowsSent && !IsServersOwn(statement)
        select new Finding
        {
            Rule = "StatementScans",
            Severity = FindingSeverity.Warning,
            Target = section.Target,
            Message = FormattableString.Invariant($"A statement on the {section.Target} reads {read:#,0} rows each time, without an index."),
            Current = Short(statement.Text!),
            Evidence = FormattableString.Invariant(
                $"{statement.Executions} executions, {statement.WithoutIndex} without an index, {statement.RowsExamined} rows read for {statement.RowsSent} given, {statement.MeanMs:0.#} ms each, digest {statement.Digest}, from {statement.From:u} to {statement.To:u}"),
            Remedy = $"{(owner is null ? "" : owner + " ")}Look at its plan (EXPLAIN), and whether it can be asked for fewer rows, or along an index.",
        };

    private static string Short(string text) => text.Length > ShownCharacters ? $"{text[..ShownCharacters]}…" : text;

    private static bool IsServersOwn(SlowQuery statement) => Array.Exists(ServersOwn, name =>
        string.Equals(statement.Schema, name, StringComparison.OrdinalIgnoreCase) || statement.Text!.Contains($"`{name}` .", StringComparison.OrdinalIgnoreCase));
}
