namespace AcodeOps.Tuning.Indexes.Rules;

/// <summary>Whether indexes are used is not known: that is told, and nothing is concluded from it.</summary>
internal sealed class IndexUseUnknown : IndexRule
{
    /// <inheritdoc />
    public override string Id => "IndexUseUnknown";

    /// <inheritdoc />
    public override IEnumerable<IndexAdvice> Judge(IndexedServer server)
    {
        bool isShort = server.UnknownUse is null && server.Uptime < IndexedServer.LongEnough;
        string[] open =
        [
            .. from table in server.Tables
               from index in table.Indexes
               where IndexUnused.IsJudged(index, table) && (isShort ? index.Uses == 0 : server.UnknownUse is not null)
               select $"{table.Name}.{index.Name}",
        ];
        if (open.Length == 0)
        {
            yield break;
        }

        (string why, string remedy) = server.UnknownUse is { } unknown ? (unknown.Why, unknown.Remedy)
            : ($"the server has counted for {Time(server.Uptime)} only", "Ask again when it has run for a week, with the statements of a week in it.");
        yield return new IndexAdvice
        {
            Rule = Id,
            Severity = Severity,
            Subject = "use",
            Problem = $"Whether {(open.Length == 1 ? $"index {open[0]} is" : $"{open.Length} indexes are")} used is not known: {why}.",
            Current = "Unknown",
            Evidence = string.Join(", ", open),
            Remedy = remedy,
        };
    }
}
