namespace AcodeOps.Exporting;

/// <summary>Plans a copy: chooses the source, finds how each table is read without a scan, counts what can be counted. Changes nothing.</summary>
public sealed class ExportPlanner(IInstallation installation)
{
    /// <summary>The plan for what was asked.</summary>
    /// <exception cref="AcodeException">
    /// <c>NoUsableSource</c>, or why the source that was asked for does not answer; why the storage does not; why no table can be
    /// copied, where none can.
    /// </exception>
    public async Task<ExportPlan> PlanAsync(ExportRequest request, CancellationToken cancel)
    {
        TimeSpan timeout = TimeSpan.FromSeconds(request.TimeoutSeconds);
        IObjectStore store = installation.Storage(request.Storage);
        BucketTraits traits = await WithinAsync(store.ReadTraitsAsync, timeout, store.Definition, cancel).ConfigureAwait(false);
        ChosenSource chosen = await new SourceChoice(installation, timeout).ChooseAsync(request.Source, cancel).ConfigureAwait(false);
        ISource source = installation.Source(chosen.Role);
        DateOnly today = LocalTimes.Today(installation.Clock.GetUtcNow(), LocalTimes.Zone(installation.Environment.TimeZone));
        DateOnly from = today.AddDays(-request.Days);
        List<ExportTable> tables = [];
        List<(ExportSkipped Skipped, AcodeException Failure)> skipped = [];
        foreach (TableDefinition table in request.Tables.Count > 0 ? request.Tables : installation.Environment.Tables)
        {
            try
            {
                tables.Add(await PlanAsync(source, table, from, today, cancel).ConfigureAwait(false));
            }
            catch (AcodeException failure) when (!failure.IsFatal || failure.Cause is FailureClass.Permission or FailureClass.NotFound)
            {
                skipped.Add((new ExportSkipped(table.Name, failure.Id, failure.Message), failure));
            }
        }

        return new ExportPlan
        {
            Environment = installation.Environment.Name,
            PlannedAt = installation.Clock.GetUtcNow(),
            Source = chosen.Role,
            Server = $"{source.Definition}, {chosen.Server}",
            SourceReason = chosen.Reason,
            BehindSeconds = chosen.BehindSeconds,
            DataUpTo = await WatermarkAsync(source, tables, cancel).ConfigureAwait(false),
            Storage = request.Storage,
            Location = $"s3://{store.Definition.Bucket}/{store.Definition.Prefix}{ExportKeys.Root}",
            Encrypt = store.Definition.KmsKey is not null || traits.DefaultEncryption is "",
            From = from,
            To = today,
            Tables = tables.Count > 0 ? tables : throw (skipped.Count > 0 ? Fatal(skipped[0].Failure) : NoTables()),
            Skipped = [.. skipped.Select(item => item.Skipped)],
            Notes = [.. Notes(tables)],
        };
    }

    private static async Task<ExportTable> PlanAsync(ISource source, TableDefinition table, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        TableWay way = await source.FindWayAsync(table, cancel).ConfigureAwait(false);
        ExportTable plan = new() { Table = table, Order = way.Order, Method = way.Method, RowsExpected = way.EstimatedRows };
        if (table.EventDate is null)
        {
            return plan;
        }

        TableVolume? volume = await CountAsync(source, table, from, to, cancel).ConfigureAwait(false);
        ExportDay[] days = [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(back => Day(to.AddDays(-back), volume))];
        return plan with { Days = days, RowsExpected = days.All(day => day.RowsExpected is not null) ? days.Sum(day => day.RowsExpected) : null };
    }

    private static ExportDay Day(DateOnly date, TableVolume? volume) =>
        new(date, volume?.CompleteFrom <= date ? volume.RowsByDate.GetValueOrDefault(date) : null);

    // The counts are for people: a copy can do without them.
    private static async Task<TableVolume?> CountAsync(ISource source, TableDefinition table, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        try
        {
            return await source.ReadVolumeAsync(table, from, to, cancel).ConfigureAwait(false);
        }
        catch (AcodeException)
        {
            return null;
        }
    }

    private static async Task<DateTimeOffset?> WatermarkAsync(ISource source, IEnumerable<ExportTable> tables, CancellationToken cancel)
    {
        DateTimeOffset? newest = null;
        foreach (ExportTable table in tables.Where(table => table.Table.ProcessedAt is not null))
        {
            try
            {
                TableWatermark watermark = await source.ReadWatermarkAsync(table.Table, cancel).ConfigureAwait(false);
                newest = watermark.ProcessedAt > newest || newest is null ? watermark.ProcessedAt ?? newest : newest;
            }
            catch (AcodeException)
            {
                // As with the counts.
            }
        }

        return newest;
    }

    private static IEnumerable<string> Notes(IReadOnlyList<ExportTable> tables)
    {
        foreach (ExportTable table in tables.Where(table => table.Days.Count > 0 && table.Order == RowOrder.Key))
        {
            yield return $"No index serves {table.Table.EventDate} of {table}: its days are looked for along {table.Table.Key} from its end, and rows that came long after their day may not be found.";
        }

        foreach (ExportTable table in tables.Where(table => table.Days.Count == 0))
        {
            yield return $"{table} has no event date: it is copied whole.";
        }
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan timeout, StorageDefinition asked, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(timeout, installation.Clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await ask(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new AcodeException("StorageTimedOut", FailureClass.Timeout, $"{asked} did not answer within {timeout.TotalSeconds:0.#} s.")
            {
                Advice = "Test-AcodeHealth -Component Storage tells more; -Storage writes to another one.",
                Subject = asked,
            };
        }
    }

    private AcodeException NoTables() => new("TableNotDefined", FailureClass.InvalidInput, $"Environment '{installation.Environment.Name}' has no tables.")
    {
        Advice = $"Add tables to {installation.Environment.Path}.",
        Subject = installation.Environment,
    };

    private static AcodeException Fatal(AcodeException failure) => new(failure.Id, failure.Cause, failure.Message) { Advice = failure.Advice, Subject = failure.Subject };
}
