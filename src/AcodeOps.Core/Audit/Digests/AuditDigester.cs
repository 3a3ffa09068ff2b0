using System.Runtime.CompilerServices;

namespace AcodeOps.Audit;

/// <summary>
/// Makes the digests of the days that are over, each once, and keeps a copy in the backup storage. Several machines may do so at once:
/// a day's digest is written only where there is none.
/// </summary>
public sealed class AuditDigester
{
    /// <summary>For so many days after its own, a record that had waited on a machine is still anchored, as late.</summary>
    public const int LateDays = 35;

    /// <summary>So many days may have records and no digest yet: it is made once a day, of days that are over.</summary>
    public const int ToleratedDays = 2;

    // Clocks differ, and what is on its way at midnight still arrives.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private const int ReadsAtOnce = 16;

    private readonly IInstallation _installation;
    private readonly StoredTrail _trail;
    private readonly DigestStorage _storage;

    /// <summary>The digester of an installation.</summary>
    public AuditDigester(IInstallation installation)
    {
        _installation = installation;
        _trail = new StoredTrail(installation);
        _storage = new DigestStorage(installation);
    }

    /// <summary>The days that are to have a digest and have none, oldest first. Only looks.</summary>
    public async Task<IReadOnlyList<DateOnly>> FindDueAsync(CancellationToken cancel)
    {
        DateOnly today = DateOnly.FromDateTime((_installation.Clock.GetUtcNow() - Grace).UtcDateTime);
        DateOnly first = await _storage.ReadNewestAsync(1, cancel).ConfigureAwait(false) is [.., { } newest] ? newest.Day.AddDays(1) : today.AddDays(-LateDays);
        List<DateOnly> due = [];
        for (DateOnly day = first; day < today; day = day.AddDays(1))
        {
            if (await _trail.HasAnyAsync(day, cancel).ConfigureAwait(false))
            {
                due.Add(day);
            }
        }

        // With the last day come the late records: without one, they wait for the next.
        return due;
    }

    /// <summary>Makes the digest of each day, and completes the copies in the backup storage.</summary>
    /// <param name="days">The days, as <see cref="FindDueAsync"/> tells them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The digests that were made.</returns>
    /// <exception cref="AcodeException">The storages or the signing key could not be used; what is not made is made the next time.</exception>
    public async IAsyncEnumerable<AuditDigest> MakeAsync(IReadOnlyList<DateOnly> days, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        List<AuditDigest> known = [.. await _storage.ReadNewestAsync(LateDays, cancel).ConfigureAwait(false)];
        foreach (DateOnly day in days)
        {
            List<DigestedDay> seen = [await DigestAsync(day, [], cancel).ConfigureAwait(false)];
            if (day == days[^1])
            {
                seen.AddRange(await LateAsync(known, day, cancel).ConfigureAwait(false));
            }

            AuditDigest digest = await SealAsync(new AuditDigest
            {
                Number = (known.LastOrDefault()?.Number ?? 0) + 1,
                Day = day,
                MadeAt = _installation.Clock.GetUtcNow(),
                PreviousHash = known.LastOrDefault()?.Hash,
                Days = seen,
            }, cancel).ConfigureAwait(false);
            AuditDigest there = await _storage.WriteAsync(digest, cancel).ConfigureAwait(false);
            known.Add(there);
            if (there.Hash == digest.Hash)
            {
                yield return digest;
            }
        }

        await _storage.CopyAsync(known, cancel).ConfigureAwait(false);
    }

    private async Task<AuditDigest> SealAsync(AuditDigest digest, CancellationToken cancel)
    {
        digest = DigestSerializer.Seal(digest);
        return _installation.AuditSigner is { } signer
            ? digest with { Signature = await signer.SignAsync(digest.Hash!, cancel).ConfigureAwait(false) }
            : digest;
    }

    // Days of which more is there than their digests have seen.
    private async Task<List<DigestedDay>> LateAsync(List<AuditDigest> known, DateOnly digested, CancellationToken cancel)
    {
        List<DigestedDay> late = [];
        for (DateOnly day = digested.AddDays(-LateDays); day < digested; day = day.AddDays(1))
        {
            DigestedDay[] before = [.. known.SelectMany(digest => digest.Days).Where(seen => seen.Day == day)];
            // A day without a digest is older than the first: it is left as it was.
            if (before.Length == 0 && !(known.Count > 0 && known[0].Day < day))
            {
                continue;
            }

            if (await _trail.CountAsync(day, cancel).ConfigureAwait(false) > before.Sum(seen => seen.Count)
                && await DigestAsync(day, before, cancel).ConfigureAwait(false) is { Count: > 0 } more)
            {
                late.Add(more);
            }
        }

        return late;
    }

    private async Task<DigestedDay> DigestAsync(DateOnly day, DigestedDay[] before, CancellationToken cancel)
    {
        DayDigest digest = new(day, before);
        await foreach (Examination? examined in ReadAhead.SelectAsync(
            _trail.ListDayAsync(day, cancel), ReadsAtOnce, (file, stop) => Examination.OfAsync(_trail, file, stop), cancel).ConfigureAwait(false))
        {
            if (examined is not null)
            {
                digest.Add(examined);
            }
        }

        return digest.Result();
    }
}
