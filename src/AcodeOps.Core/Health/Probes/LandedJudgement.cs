using System.Globalization;
using AcodeOps.Syncs;

namespace AcodeOps.Health.Probes;

/// <summary>Judges how old the newest objects of a route are.</summary>
internal static class LandedJudgement
{
    /// <summary>How many days are looked at: those that the objective allows, and two more to tell late from gone.</summary>
    public static int LookBackDays(Objectives objectives) => Math.Clamp((int)Math.Ceiling(objectives.FreshnessHours / 24) + 2, 3, 31);

    /// <summary>Why it cannot be found out; null when it can.</summary>
    public static Observation? Hindrance(RouteReading reading, AcodeEnvironment environment)
    {
        Route route = reading.Route;
        if (reading.Problem is { } problem)
        {
            throw problem;
        }

        if (reading is not { Connection: { Streams.Count: > 0 } connection, Destination: { } destination })
        {
            return Unknown("RouteMissing", $"Where route '{route.Name}' lands is not known: Airbyte has no connection with streams and destination for it.",
                route.Remedy ?? $"`Get-AcodeRoute -Name {route.Name}` tells what is missing.");
        }

        if (environment.FindStorage(route.Storage) is not { } storage || storage.Bucket != destination.Bucket)
        {
            return Unknown("RouteElsewhere", $"Route '{route.Name}' lands in the bucket '{destination.Bucket}', which is not the environment's {route.Storage} storage.",
                $"Name the right connection at route '{route.Name}', or correct the {route.Storage} storage in the environment file.");
        }

        (string prefix, bool isOfOneDay) = LandingPath.PrefixOf(connection, connection.Streams[0], destination, default);
        return isOfOneDay ? null : Unknown("PathHasNoDate",
            $"The path format of '{destination.Name}' has no date before its changing part ('{prefix}…'): its newest object cannot be found without listing everything.",
            "Put ${YEAR}, ${MONTH} and ${DAY} first into the destination's path format; it also makes reading cheaper.");
    }

    /// <param name="reading">The route.</param>
    /// <param name="landed">What was found of each of its streams.</param>
    /// <param name="objectives">What is promised.</param>
    /// <param name="now">The time.</param>
    public static Observation Judge(RouteReading reading, IReadOnlyCollection<LandedStream> landed, Objectives objectives, DateTimeOffset now)
    {
        string evidenceRoute = $"route: {reading.Route}, {reading.Route.Location}";
        IReadOnlyList<string> evidence = [evidenceRoute, .. landed.Select(s => Fact(s, reading, now))];
        int days = LookBackDays(objectives);
        LandedStream[] gone = [.. landed.Where(s => s.NewestAt is null)];
        string look = $"`Get-AcodeSync -Connection {reading.Connection!.ConnectionId}` shows what its syncs did.";
        string which = reading.Route.IsActive ? "" : $" No route is active; this is the preferred one, '{reading.Route.Name}'.";
        if (gone.Length > 0)
        {
            return new Observation(Verdict.Failed, $"Nothing of {string.Join(", ", gone.Select(s => s.Stream))} has landed in the last {days} days.{which}")
            {
                ErrorId = "NothingLanded",
                Unit = "h",
                Threshold = objectives.FreshnessHours,
                Evidence = [.. evidence, $"looked at: the partitions of the last {days} days, {gone[0].Prefix} the oldest of them"],
                Remedy = look,
            };
        }

        // The stalest stream is what readers notice; the others must not hide it.
        LandedStream stalest = landed.MinBy(s => s.NewestAt)!;
        TimeSpan age = now - stalest.NewestAt!.Value;
        Verdict verdict = age.TotalHours > objectives.FreshnessHours ? Verdict.Failed
            : age.TotalHours > objectives.FreshnessWarningHours ? Verdict.Degraded : Verdict.Healthy;
        string subject = landed.Count == 1 ? "The newest object" : $"The newest object of {stalest.Stream}, the oldest of {landed.Count} streams,";
        return new Observation(verdict, $"{subject} landed {Elapsed.Text(age)} ago; {objectives.FreshnessHours.ToString("0.#", CultureInfo.InvariantCulture)} h are allowed.{which}")
        {
            ErrorId = verdict == Verdict.Healthy ? null : "LandedStale",
            Value = Math.Round(Math.Max(age.TotalHours, 0), 2),
            Unit = "h",
            Threshold = objectives.FreshnessHours,
            Evidence = evidence,
            Remedy = verdict == Verdict.Healthy ? null : look,
        };
    }

    private static string Fact(LandedStream stream, RouteReading reading, DateTimeOffset now) => stream.NewestAt is not { } newest
        ? $"{stream.Stream}: nothing"
        : string.Create(CultureInfo.InvariantCulture,
            $"{stream.Stream}: newest {Elapsed.At(newest)} ({Elapsed.Text(now - newest)} ago), {stream.Objects:#,0} objects, {stream.Bytes / 1e6:#,0.#} MB under s3://{reading.Destination!.Bucket}/{stream.Prefix}");

    private static Observation Unknown(string id, string summary, string remedy) => new(Verdict.Unknown, summary)
    {
        Cause = FailureClass.InvalidInput,
        ErrorId = id,
        Remedy = remedy,
    };
}
