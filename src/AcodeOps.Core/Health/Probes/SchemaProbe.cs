namespace AcodeOps.Health;

/// <summary>Do the sources have the tables and columns that are expected, and both the same.</summary>
public sealed class SchemaProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Schema;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Sources.Count == 0 ? [] : environment.Tables.Select(table => table.Name);

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        SchemaComparison.Side[] sides = await Task.WhenAll(context.Environment.Sources
            .Select(source => source.Role).Distinct().Order()
            .Select(role => LookAsync(context, role, target))).ConfigureAwait(false);
        return SchemaComparison.Judge(context.Environment.Tables.Single(table => table.Name == target), sides);
    }

    private static async Task<SchemaComparison.Side> LookAsync(HealthContext context, SourceRole role, string table)
    {
        try
        {
            ISource source = await context.SourceAsync(role).ConfigureAwait(false);
            string[] all = [.. context.Environment.Tables.Select(t => t.Name)];
            IReadOnlyList<TableSchema> found = await context.OnceAsync((typeof(TableSchema), role), token => source.ReadSchemaAsync(all, token)).ConfigureAwait(false);
            return new SchemaComparison.Side(role.TargetName(), found.FirstOrDefault(t => t.Name.Equals(table, StringComparison.OrdinalIgnoreCase)));
        }
        catch (Exception e) when (e is AcodeException or OperationCanceledException)
        {
            return new SchemaComparison.Side(role.TargetName(), null, e is AcodeException failure ? failure.Id : "no answer in time");
        }
    }
}
