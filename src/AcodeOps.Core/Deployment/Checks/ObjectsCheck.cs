using System.Globalization;
using AcodeOps.Health;
using AcodeOps.Health.Probes;

namespace AcodeOps.Deployment.Checks;

/// <summary>The sync has written an object for each stream, where readers look for it.</summary>
internal sealed class ObjectsCheck : DeploymentCheck
{
    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.After;

    /// <inheritdoc />
    public override string Target => "objects";

    /// <inheritdoc />
    public override bool NeedsSync => true;

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel) =>
        Judge(await context.WrittenAsync().ConfigureAwait(false));

    /// <summary>Failed where a stream that is read whole has none; Degraded where one that reads on from a cursor has none.</summary>
    internal static Observation Judge(WrittenStreams written)
    {
        WrittenStream[] without = [.. written.Streams.Where(stream => stream.Newest is null).OrderBy(stream => stream.Stream.IsIncremental)];
        Observation seen = new(Verdict.Healthy, $"Each of {written.Streams.Count} streams has an object of {written.Sync}.")
        {
            Value = written.Streams.Sum(stream => stream.Objects),
            Unit = "objects",
            Evidence =
            [
                .. written.Streams.Select(stream => stream.Newest is { } newest
                    ? string.Create(CultureInfo.InvariantCulture, $"{stream.Stream.Name}: {stream.Objects:N0} objects, the newest {newest.Key}, {newest.SizeBytes:N0} bytes, {Elapsed.At(newest.ModifiedAt)}")
                    : $"{stream.Stream.Name}: none"),
            ],
        };
        return without is not [{ } first, ..] ? seen : seen with
        {
            Verdict = first.Stream.IsIncremental ? Verdict.Degraded : Verdict.Failed,
            Summary = $"{without.Length} of {written.Streams.Count} streams have no object of {written.Sync} in {written.Location}: {string.Join(", ", without.Select(stream => stream.Stream.Name))}.",
            Cause = FailureClass.NotFound,
            ErrorId = "ObjectsMissing",
            Remedy = "Look at the job's log in Airbyte, and whether the destination's bucket and path are those of the environment file: Get-AcodeRoute -Active.",
        };
    }
}
