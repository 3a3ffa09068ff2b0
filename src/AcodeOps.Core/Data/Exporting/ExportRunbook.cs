using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>
/// The copy of the newest data to a storage, without Airbyte. It changes no route: it needs no lease, runs also while a switch
/// is under way, and unfinished it stands in nobody's way. What is copied stays when a later step fails, and is not read again.
/// </summary>
public sealed class ExportRunbook : Runbook
{
    /// <summary>The kind.</summary>
    public const string Kind = "export_data";

    private readonly ExportPlan _plan;

    /// <summary>The runbook of a plan.</summary>
    /// <param name="plan">What was consented to.</param>
    public ExportRunbook(ExportPlan plan)
    {
        _plan = plan;
        Steps = [.. StepsOf(plan)];
    }

    /// <inheritdoc />
    public override string Name => Kind;

    /// <inheritdoc />
    public override string Title => _plan.Title;

    /// <inheritdoc />
    public override object Plan => _plan;

    /// <inheritdoc />
    public override JsonNode PlanJson => JsonSerializer.SerializeToNode(_plan, StepFacts.Json)!;

    /// <inheritdoc />
    public override AuditEventType EventType => AuditEventType.DataAccess;

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override IReadOnlyList<RunbookStep> Steps { get; }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, object?> Details(StepFacts facts)
    {
        ExportResult result = ExportSummary.Of(_plan, facts);
        return new Dictionary<string, object?>
        {
            ["act"] = "copy of rows",
            ["personal_data"] = true,
            ["source"] = _plan.Server,
            ["location"] = result.Location ?? _plan.Location,
            ["first_day"] = Text(_plan.From),
            ["last_day"] = Text(_plan.To),
            ["tables"] = _plan.Tables.Select(table => table.Table.Name).ToArray(),
            ["rows"] = result.Rows,
            ["rows_by_table"] = result.Tables.ToDictionary(table => table.Table, table => (object?)table.Rows),
            ["objects"] = result.Objects,
            ["bytes"] = result.Bytes,
        };
    }

    /// <inheritdoc />
    public override object Result(StepFacts facts) => ExportSummary.Of(_plan, facts);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Right before the first day of a table whose days must be looked for.
    private static IEnumerable<RunbookStep> StepsOf(ExportPlan plan)
    {
        HashSet<string> located = [];
        foreach (ExportSlice slice in ExportSlice.Of(plan))
        {
            if (slice is { Date: not null, Table.Order: RowOrder.Key } && located.Add(slice.Table.Table.Name))
            {
                yield return new LocateDaysStep(plan, slice.Table);
            }

            yield return new ExportDayStep(plan, slice);
        }

        yield return new WriteManifestStep(plan);
    }
}
