using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>Streams that lose data, or cannot be read the way they are said to be.</summary>
internal sealed class StreamRule : ConfigurationRule
{
    public override IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context)
    {
        ConfiguredResource? source = context.Project.Find(context.Resource.SourcePath);
        bool readsLog = RuleContext.TextOf(source, "replication_method", "method") == "CDC";
        HashSet<(string?, string)> names = [];
        foreach (ConfiguredStream stream in context.Resource.Streams)
        {
            if (!names.Add((stream.Namespace, stream.Name)))
            {
                yield return (stream.Place, new("DuplicateStream", $"The stream {Printable.Of(stream.Name)} is written twice.") { Remedy = "Keep one of them." });
            }

            if (stream is { IsIncremental: true, CursorField.Count: 0, HasSourceCursor: false } && !readsLog)
            {
                yield return ($"{stream.Place}.config", new("CursorMissing", $"The stream {Printable.Of(stream.Name)} is to be read on from a cursor, and names none.") { Remedy = "Add cursor_field: [Data_Processamento], or another column that only grows." });
            }

            if (stream.SyncMode == "full_refresh_overwrite")
            {
                yield return ($"{stream.Place}.config.destination_sync_mode", new("OverwriteDeletes", $"Every sync of {Printable.Of(stream.Name)} deletes what the one before it wrote, of all days.", FindingSeverity.Warning) { Current = "overwrite", Proposed = "append", Remedy = "Write append, so that a bad snapshot replaces no good one." });
            }
        }
    }
}
