using System.Globalization;
using System.Runtime.CompilerServices;

namespace AcodeOps.Audit;

/// <summary>
/// Reads the trail day by day: only the days and event types asked for are listed. A day's keys are all that it holds.
/// Records that still wait in the spool are among the others, at their place in time.
/// </summary>
internal sealed class AuditReader(IObjectStore storage, IAuditSpool spool)
{
    // Beyond this many days, asking which days there are is cheaper than listing each.
    private const int MaxDaysUnasked = 31;
    private const int ObjectsAtOnce = 16;
    private AcodeException? _storageFailure;

    private string Prefix => storage.Definition.Prefix;

    public async IAsyncEnumerable<AuditReading> ReadAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancel)
    {
        // The spool first: a record that moves meanwhile is then seen in both places, not in none.
        (List<AuditKey> waiting, AcodeException? spoolFailure) = await ListSpoolAsync(query, cancel).ConfigureAwait(false);
        if (spoolFailure is not null)
        {
            yield return new AuditReading(null, spoolFailure);
        }

        foreach (DateOnly day in await DaysAsync(query, waiting, cancel).ConfigureAwait(false))
        {
            HashSet<AuditKey> stored = await ListDayAsync(query, day, cancel).ConfigureAwait(false);
            IEnumerable<AuditKey> keys = stored.Union(waiting.Where(key => key.Day == day)).OrderBy(key => key.SortText, StringComparer.Ordinal);
            await foreach (AuditReading reading in ReadAhead.SelectAsync(
                keys, ObjectsAtOnce, (key, stop) => ReadOneAsync(key, stored.Contains(key), stop), cancel).ConfigureAwait(false))
            {
                if (reading.Failure is not null || query.Includes(reading.Record!))
                {
                    yield return reading;
                }
            }
        }

        // What waits here was shown; that the storage's records are missing must not pass for an empty trail.
        if (_storageFailure is not null)
        {
            throw _storageFailure;
        }
    }

    private async Task<(List<AuditKey> Keys, AcodeException? Failure)> ListSpoolAsync(AuditQuery query, CancellationToken cancel)
    {
        List<AuditKey> keys = [];
        try
        {
            await foreach (string key in spool.ListAsync(cancel).ConfigureAwait(false))
            {
                if (AuditKey.TryParse(key) is { } parsed && query.Includes(parsed))
                {
                    keys.Add(parsed);
                }
            }

            return (keys, null);
        }
        catch (AcodeException e)
        {
            return (keys, new AcodeException(e.Id, e.Cause, $"{e.Message} Records that wait there are not shown.") { Advice = e.Advice, Subject = e.Subject, IsFatal = false });
        }
    }

    private async Task<IEnumerable<DateOnly>> DaysAsync(AuditQuery query, List<AuditKey> waiting, CancellationToken cancel)
    {
        SortedSet<DateOnly> days = [.. waiting.Select(key => key.Day)];
        int count = query.LastDay.DayNumber - query.FirstDay.DayNumber + 1;
        if (count <= MaxDaysUnasked)
        {
            days.UnionWith(Enumerable.Range(0, count).Select(query.FirstDay.AddDays));
            return days;
        }

        await GuardAsync(async () =>
        {
            await foreach (string year in FoldersAsync(AuditKey.Root, "yyyy", query, cancel).ConfigureAwait(false))
            {
                await foreach (string month in FoldersAsync(year, "yyyyMM", query, cancel).ConfigureAwait(false))
                {
                    await foreach (string day in FoldersAsync(month, "yyyyMMdd", query, cancel).ConfigureAwait(false))
                    {
                        if (DateOnly.TryParseExact(day[AuditKey.Root.Length..], "yyyy/MM/dd/", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
                        {
                            days.Add(date);
                        }
                    }
                }
            }
        }).ConfigureAwait(false);
        return days;
    }

    // Years, months or days below a folder, as far as the query reaches into them.
    private async IAsyncEnumerable<string> FoldersAsync(string parent, string format, AuditQuery query, [EnumeratorCancellation] CancellationToken cancel)
    {
        string first = query.FirstDay.ToString(format, CultureInfo.InvariantCulture);
        string last = query.LastDay.ToString(format, CultureInfo.InvariantCulture);
        await foreach (string folder in storage.ListFoldersAsync(Prefix + parent, cancel).ConfigureAwait(false))
        {
            string relative = folder[Prefix.Length..];
            string digits = relative[AuditKey.Root.Length..].Replace("/", "", StringComparison.Ordinal);
            if (string.CompareOrdinal(digits, first) >= 0 && string.CompareOrdinal(digits, last) <= 0)
            {
                yield return relative;
            }
        }
    }

    private async Task<HashSet<AuditKey>> ListDayAsync(AuditQuery query, DateOnly day, CancellationToken cancel)
    {
        HashSet<AuditKey> keys = [];
        IEnumerable<string> prefixes = query.EventTypes.Count == 0
            ? [AuditKey.DayPrefix(day)]
            : query.EventTypes.Distinct().Select(type => AuditKey.EventPrefix(day, type));
        await GuardAsync(async () =>
        {
            foreach (string prefix in prefixes)
            {
                await foreach (StoredObject found in storage.ListAsync(Prefix + prefix, cancel: cancel).ConfigureAwait(false))
                {
                    if (AuditKey.TryParse(found.Key[Prefix.Length..]) is { } key && query.Includes(key))
                    {
                        keys.Add(key);
                    }
                }
            }
        }).ConfigureAwait(false);
        return keys;
    }

    private async Task<AuditReading> ReadOneAsync(AuditKey key, bool isStored, CancellationToken cancel)
    {
        string location = $"s3://{storage.Definition.Bucket}/{Prefix}{key}";
        try
        {
            if (!isStored && await spool.ReadAsync(key.ToString(), cancel).ConfigureAwait(false) is { } waiting)
            {
                return new(AuditSerializer.Read(waiting, key) with { Location = location, WaitsBecause = "Sync-AcodeAudit has not taken it to the storage yet." }, null);
            }

            return await storage.GetAsync(Prefix + key, cancel).ConfigureAwait(false) is { } found
                ? new(AuditSerializer.Read(found.Content, key) with { Location = location, Stored = true }, null)
                : AuditReading.Failed("AuditRecordMissing", FailureClass.NotFound, location, "The record was listed, and is gone.");
        }
        catch (FormatException e)
        {
            return AuditReading.Failed("AuditRecordDamaged", FailureClass.Protocol, location, $"The record is damaged. {e.Message}");
        }
        catch (AcodeException e) when (e.Cause is FailureClass.NotFound or FailureClass.Permission)
        {
            return AuditReading.Failed("AuditRecordUnreadable", e.Cause, location, e.Message, e.Advice);
        }
    }

    /// <summary>Asks the storage until it fails for the first time; then it is left alone.</summary>
    private async Task GuardAsync(Func<Task> ask)
    {
        if (_storageFailure is not null)
        {
            return;
        }

        try
        {
            await ask().ConfigureAwait(false);
        }
        catch (AcodeException e)
        {
            _storageFailure = e;
        }
    }
}
