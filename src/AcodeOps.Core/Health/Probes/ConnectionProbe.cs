using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>A route's connection: there, in a state to work, and its last sync moved rows in time.</summary>
public sealed class ConnectionProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Connection;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.Routes.Select(route => route.Name);

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        RouteReading reading = await context.RouteAsync(target).ConfigureAwait(false);
        if (reading.Problem is { } problem)
        {
            throw problem;
        }

        SourceMovement? movement = SourceMovement.IsQuestioned(reading) ? await ReadMovementAsync(context, reading).ConfigureAwait(false) : null;
        return ConnectionJudgement.Judge(reading, context.Environment, movement, context.Now);
    }

    /// <summary>Asks the source how far its tables reach, only for a sync that read on from a cursor and found nothing.</summary>
    internal static async Task<SourceMovement> ReadMovementAsync(HealthContext context, RouteReading reading)
    {
        try
        {
            ISource source = await context.SourceAsync(reading.Route.Source).ConfigureAwait(false);
            IEnumerable<TableDefinition> tables = context.Environment.Tables
                .Where(table => table.ProcessedAt is not null && reading.Connection!.Streams.Any(stream => stream.Name == table.Name));
            TableWatermark[] watermarks = await Task.WhenAll(tables.Select(table => context.WatermarkAsync(source, table))).ConfigureAwait(false);
            return SourceMovement.Judge(reading.Syncs, watermarks);
        }
        catch (AcodeException failure)
        {
            return new SourceMovement(null, $"how far the source's data reaches is not known: {failure.Message}");
        }
    }
}
