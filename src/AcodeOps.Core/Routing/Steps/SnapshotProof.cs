using System.Globalization;
using AcodeOps.Runbooks;

namespace AcodeOps.Routing.Steps;

/// <summary>
/// Proves a landed snapshot complete. It must reach the greatest key that the source had before the sync, and hold as many
/// rows as the source has up to its own greatest key. Rows that were committed during the sync, with keys drawn before, may be
/// missing: very few, and the next snapshot has them.
/// </summary>
internal static class SnapshotProof
{
    private const string Keys = "greatest_keys_before";
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CountLimit = TimeSpan.FromMinutes(10);

    /// <summary>Remembers how far the source's tables reach, before the sync.</summary>
    public static async Task RememberAsync(StepContext context, PlannedRoute route, CancellationToken cancel)
    {
        ISource source = context.Installation.Source(route.Route.Source);
        (string Stream, string? Key)[] keys = await Task.WhenAll(route.SnapshotStreams.Select(async stream =>
        {
            TableDefinition table = context.Installation.Environment.TableOf(stream);
            return (stream.Name, await Known.OrDefaultAsync<string?>(c => source.ReadCursorAsync(table, table.Key, c), Quick, cancel).ConfigureAwait(false));
        })).ConfigureAwait(false);
        context.Facts.Set(Keys, keys.ToDictionary(k => k.Stream, k => k.Key));
    }

    /// <summary>Judges one stream's snapshot.</summary>
    /// <returns>True: complete; null: it could not be counted, and what is known does not speak against it.</returns>
    /// <exception cref="AcodeException"><c>SnapshotIncomplete</c>: rows are missing.</exception>
    public static async Task<bool?> JudgeAsync(StepContext context, PlannedRoute route, LandedStream landed, CancellationToken cancel)
    {
        TableDefinition table = context.Installation.Environment.TableOf(landed.Stream);
        string? before = context.Facts.Get<Dictionary<string, string?>>(Keys)?.GetValueOrDefault(landed.Stream.Name);
        if (GreatestKey(landed, table) is not { } greatest)
        {
            return landed.Rows == 0 && before is not null ? throw Incomplete(landed, "it is empty, and the source is not") : null;
        }

        if (before is not null && Number(before) is { } due && Number(greatest) is { } reached && reached < due)
        {
            throw Incomplete(landed, $"it ends at {table.Key} {greatest}, and the source reached to {before} before the sync began");
        }

        if (CountingSource(context.Installation, route) is not { } source)
        {
            return null;
        }

        long? all = await Known.OrDefaultAsync(c => source.CountRowsAsync(table, CountLimit, c), CountLimit, cancel).ConfigureAwait(false);
        long? beyond = await Known.OrDefaultAsync<long?>(
            async c => await source.CountCursorAsync(table, table.Key, greatest, including: false, to: null, c).ConfigureAwait(false), CountLimit, cancel).ConfigureAwait(false);
        if (all - beyond is not { } expected)
        {
            return null;
        }

        long missing = expected - landed.Rows;
        if (missing > Math.Min(1_000, expected / 1_000))
        {
            throw Incomplete(landed, string.Create(CultureInfo.InvariantCulture, $"the source has {expected:N0} rows up to {table.Key} {greatest}"));
        }

        context.Tell(string.Create(CultureInfo.InvariantCulture, $"{landed.Stream.Name}: {landed.Rows:N0} rows, and the source has {expected:N0} up to {table.Key} {greatest}"));
        return true;
    }

    /// <summary>The greatest key of what landed, as a number; null where the footers do not tell, or it is none.</summary>
    public static decimal? Reach(LandedStream landed, TableDefinition table) => GreatestKey(landed, table) is { } key ? Number(key) : null;

    /// <summary>Who is asked to count: a partner's server is not, its replica is; null where there is nobody.</summary>
    public static ISource? CountingSource(IInstallation installation, PlannedRoute route) =>
        installation.Environment.FindSource(route.Route.Source) is { IsPartners: false } ? installation.Source(route.Route.Source)
        : installation.Environment.FindSource(SourceRole.Backup) is not null ? installation.Source(SourceRole.Backup)
        : null;

    private static string? GreatestKey(LandedStream landed, TableDefinition table) => landed.Files
        .Where(f => f.Rows > 0)
        .Select(f => f.Ranges.GetValueOrDefault(table.Key)?.Greatest)
        .OrderByDescending(key => key is null ? decimal.MaxValue : Number(key) ?? decimal.MaxValue)
        .FirstOrDefault();

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    private static AcodeException Incomplete(LandedStream landed, string why) => new(
        "SnapshotIncomplete", FailureClass.Refused,
        string.Create(CultureInfo.InvariantCulture, $"The new snapshot of {landed.Stream.Name} is not complete: {landed.Rows:N0} rows landed; {why}."))
    {
        Advice = "Look at the job in Airbyte, and at the source's table.",
        Subject = landed.Stream,
    };
}
