using System.Globalization;
using AcodeOps.Health;
using AcodeOps.Recovery.Corruption;

namespace AcodeOps.Comparing;

/// <summary>
/// Plans to load again just what a comparison found broken: a snapshot stream whole; of an incremental one the rows from the oldest missing or wrong one
/// on, after the objects with wrong rows have gone to quarantine. The plan is a recovery plan, and is carried out as one.
/// </summary>
/// <param name="installation">The installation.</param>
public sealed class RepairPlanner(IInstallation installation)
{
    // A plan is one object of the journal: it names so many objects, and no more.
    private const int MostObjects = 500;

    /// <summary>Compares, and plans.</summary>
    /// <param name="request">What to compare: one table, with the lake.</param>
    /// <param name="reason">Why, for the record; null for what was found.</param>
    /// <param name="allowUnvalidated">Consent to loading from a source that could not be compared with the other one.</param>
    /// <param name="progress">Is told what is looked at; null for nobody.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>What was found, and the plan; no plan where there is nothing to repair.</returns>
    /// <exception cref="AcodeException">
    /// <c>ComparisonUnknown</c>: whether something is broken could not be told. <c>RepairTooWide</c>: more is broken than is told row by row. Or what
    /// <see cref="CorruptionPlanner"/> refuses it by.
    /// </exception>
    public async Task<(DataDifference Found, RecoveryPlan? Plan)> PlanAsync(
        ComparisonRequest request, string? reason, bool allowUnvalidated, IProgress<string>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        DataDifference? found = null;
        await foreach (DataDifference one in new DataComparer(installation, progress).CompareAsync(request, cancel).ConfigureAwait(false))
        {
            found = one;
        }

        if (found is null || found.Verdict == Verdict.Unknown)
        {
            throw new AcodeException("ComparisonUnknown", FailureClass.Refused, $"Whether {found?.Table} is broken could not be told: nothing is repaired. {string.Join(" ", found?.Evidence.TakeLast(1) ?? [])}")
            {
                Advice = found?.Remedy ?? "Compare-AcodeData tells why.",
                Subject = found,
                IsFatal = false,
            };
        }

        if (!found.HasDifferences)
        {
            return (found, null);
        }

        StreamPlace place = await StreamPlace.WritingAsync(new HealthContext(installation, cancel), request.Tables[0]).ConfigureAwait(false);
        string[] objects = [.. (place.Stream.IsIncremental ? found.Rows.SelectMany(row => row.Objects) : []).Concat(found.Unreadable).Distinct(StringComparer.Ordinal)];
        bool isTooWide = place.Stream.IsIncremental && (!found.IsWhole || IsCut(found));
        if (objects.Length > MostObjects || isTooWide)
        {
            throw new AcodeException("RepairTooWide", FailureClass.Refused, $"{found.Missing + found.Extra + found.Changed + found.Duplicated} differences of {found.Table} are more than are repaired row by row: nothing is done.")
            {
                Advice = $"Reload its partitions: Get-AcodeRecoveryPlan -CorruptedPrefix … -Reason … | Start-AcodeDisasterRecovery. The first days with differences: {string.Join(", ", found.Days.Take(5).Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}.",
                Subject = found,
                IsFatal = false,
            };
        }

        IObjectStore store = installation.Storage(place.Route.Route.Storage);
        return (found, await new CorruptionPlanner(installation).PlanAsync(
            new CorruptionRequest
            {
                Storage = place.Route.Route.Storage,
                Prefix = place.Folder[store.Definition.Prefix.Length..],
                Objects = objects,
                ReadFrom = ReadFrom(found, request.Tables[0], place.Stream),
                Reason = reason ?? What(found),
                AllowUnvalidated = allowUnvalidated,
                TimeoutSeconds = request.TimeoutSeconds,
            },
            progress,
            cancel).ConfigureAwait(false));
    }

    // Rows that are there more than once are counted by their copies.
    private static bool IsCut(DataDifference found) =>
        found.Rows.Where(row => row.Kind == RowDifferenceKind.Duplicated).Sum(row => (long)row.Copies) < found.Duplicated
        || found.Rows.Count(row => row.Kind != RowDifferenceKind.Duplicated) < found.Missing + found.Extra + found.Changed;

    private static string? ReadFrom(DataDifference found, TableDefinition table, ConnectionStream stream)
    {
        if (stream.CursorField is not [var column])
        {
            return null;
        }

        RowDifference[] rows = [.. found.Rows.Where(row => row.Kind != RowDifferenceKind.Extra)];
        return rows.Length == 0 ? null
            : column.Equals(table.Key, StringComparison.OrdinalIgnoreCase) ? Keys.Text(rows.Min(row => row.Key))
            : column.Equals(table.ProcessedAt, StringComparison.OrdinalIgnoreCase) ? rows.Select(row => row.ProcessedAt).OfType<string>().Min(StringComparer.Ordinal)
            : null;
    }

    private static string What(DataDifference found)
    {
        (long Count, string Word)[] all =
        [
            (found.Missing, "rows missing"), (found.Extra, "rows beyond those of the source"), (found.Duplicated, "rows doubled"), (found.Changed, "rows with other values"),
            (found.Unreadable.Count, "objects that cannot be read"),
        ];
        return string.Join(", ", all.Where(one => one.Count > 0).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Count:N0} {one.Word}")));
    }
}
