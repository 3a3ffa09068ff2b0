using AcodeOps.Health;

namespace AcodeOps.Routing.Gates;

/// <summary>The new source has the tables and columns that are expected, and the same as the other source where that one can be asked.</summary>
internal sealed class SchemaGate : Gate
{
    /// <inheritdoc />
    public override string Name => "schema";

    /// <inheritdoc />
    public override async Task<FailoverGate> JudgeAsync(GateContext context, CancellationToken cancel)
    {
        HashSet<string> synced = [.. context.To.Connection.Streams.Select(s => s.Name)];
        List<TableDefinition> tables = [.. context.Installation.Environment.Tables.Where(t => synced.Contains(t.Name))];
        SourceRole role = context.To.Route.Source;
        bool hasOther = await context.AnswersAsync(Other(role)).ConfigureAwait(false);
        foreach (TableDefinition table in tables)
        {
            List<SchemaComparison.Side> sides = [await SideAsync(context, role, table).ConfigureAwait(false)];
            if (hasOther)
            {
                sides.Insert(role == SourceRole.Primary ? 1 : 0, await SideAsync(context, Other(role), table).ConfigureAwait(false));
            }

            Observation seen = SchemaComparison.Judge(table, sides);
            if (seen.Verdict != Verdict.Healthy)
            {
                return Closed(seen.Verdict, seen.ErrorId ?? "SchemaUnknown", $"{table.Name}: {seen.Summary}", seen.Remedy);
            }
        }

        return Passed(hasOther
            ? $"{tables.Count} tables, the same on both sources."
            : $"{tables.Count} tables with all that is expected; the {Other(role).TargetName()} cannot be asked whether it has the same.");
    }

    private static async Task<SchemaComparison.Side> SideAsync(GateContext context, SourceRole role, TableDefinition table) =>
        new(role.TargetName(), await context.SchemaAsync(role, table.Name).ConfigureAwait(false));

    private static SourceRole Other(SourceRole role) => role == SourceRole.Primary ? SourceRole.Backup : SourceRole.Primary;
}
