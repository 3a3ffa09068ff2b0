using AcodeOps.Runbooks;

namespace AcodeOps.Exporting;

/// <summary>What a run remembers of its copy: each object as it is written, and the end of each slice.</summary>
/// <param name="facts">The run's facts.</param>
internal sealed class ExportFacts(StepFacts facts)
{
    private const string EndedAt = "export_ended_at";

    /// <summary>When the manifest of the whole copy was written; null before that.</summary>
    public DateTimeOffset? Ended
    {
        get => facts.Get<DateTimeOffset?>(EndedAt);
        set => facts.Set(EndedAt, value);
    }

    /// <summary>Where the copy is: <c>s3://bucket/…/{run}/</c>; null before its first slice.</summary>
    public string? Folder => facts.Get<string>("export_folder");

    /// <summary>Remembers where the copy is.</summary>
    public void SetFolder(string folder)
    {
        if (Folder != folder)
        {
            facts.Set("export_folder", folder);
        }
    }

    /// <summary>The objects of a slice that are written, in order.</summary>
    public IReadOnlyList<ExportObject> Objects(ExportSlice slice)
    {
        List<ExportObject> objects = [];
        while (facts.Get<ExportObject>(NameOf(slice, objects.Count + 1)) is { } next)
        {
            objects.Add(next);
        }

        return objects;
    }

    /// <summary>Remembers the next object of a slice.</summary>
    public void Add(ExportSlice slice, int number, ExportObject written) => facts.Set(NameOf(slice, number), written);

    /// <summary>Forgets the objects of a slice after the first so many, and its end.</summary>
    public void Forget(ExportSlice slice, int kept)
    {
        for (int number = Objects(slice).Count; number > kept; number--)
        {
            facts.Set<ExportObject?>(NameOf(slice, number), null);
        }

        facts.Set<long?>(EndOf(slice), null);
    }

    /// <summary>The rows of a slice that is read to its end; null before that.</summary>
    public long? RowsOf(ExportSlice slice) => facts.Get<long?>(EndOf(slice));

    /// <summary>Remembers that a slice is read to its end.</summary>
    public void End(ExportSlice slice, long rows) => facts.Set<long?>(EndOf(slice), rows);

    /// <summary>The columns of a table as they were read.</summary>
    public IReadOnlyList<RowColumn> Columns(ExportTable table) => facts.Get<RowColumn[]>($"columns.{table.Table.Name}") ?? [];

    /// <summary>Remembers the columns of a table, once.</summary>
    public void SetColumns(ExportTable table, IReadOnlyList<RowColumn> columns)
    {
        if (!columns.SequenceEqual(Columns(table)))
        {
            facts.Set($"columns.{table.Table.Name}", columns);
        }
    }

    /// <summary>The largest key of a table that is copied whole, when its copy was begun; null for an empty table.</summary>
    public string? UpTo(ExportTable table) => facts.Get<string>($"up_to.{table.Table.Name}");

    /// <summary>Remembers the largest key of a table that is copied whole.</summary>
    public void SetUpTo(ExportTable table, string? key) => facts.Set($"up_to.{table.Table.Name}", key);

    /// <summary>Where the rows of a table's dates lie; null where that was not looked for.</summary>
    public DateLocations? Located(ExportTable table) => facts.Get<DateLocations>($"located.{table.Table.Name}");

    /// <summary>Remembers where the rows of a table's dates lie.</summary>
    public void SetLocated(ExportTable table, DateLocations found) => facts.Set($"located.{table.Table.Name}", found);

    private static string NameOf(ExportSlice slice, int number) => $"{slice.StepName}.{number}";

    private static string EndOf(ExportSlice slice) => $"{slice.StepName}.rows";
}
