namespace AcodeOps.Runbooks;

/// <summary>
/// The right to change the installation, held by one process at a time on whatever machine. It is renewed in the background,
/// and by <see cref="EnsureAsync"/> right before each act; whoever cannot renew it stops before others may take it.
/// </summary>
internal sealed class Lease : IAsyncDisposable
{
    private const int MaxTries = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(5);

    private readonly LeaseObject _object;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _hold;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewals;
    private CancellationTokenSource _lost;
    private LeaseRecord _record;
    private string _tag;

    private Lease(LeaseObject lease, TimeProvider clock, LeaseRecord record, string tag, long sentAt)
    {
        (_object, _clock, _record, _tag) = (lease, clock, record, tag);

        // The safety margin: this machine's clock may run slower than the server's, and an act needs time to end.
        _hold = TimeSpan.FromSeconds(record.Seconds) * 5 / 6;
        _lost = new(Timeout.InfiniteTimeSpan, clock);
        HoldFrom(sentAt);
        _renewals = RenewInBackgroundAsync(TimeSpan.FromSeconds(record.Seconds) / 3);
    }

    /// <summary>Grows with each owner.</summary>
    public long Token => _record.Token;

    /// <summary>Cancelled when the lease is lost, or may be.</summary>
    public CancellationToken Lost => Volatile.Read(ref _lost).Token;

    /// <summary>Takes the lease for a run.</summary>
    /// <exception cref="AcodeException"><c>LeaseHeld</c>, <c>LeaseStoreUnsafe</c>, <c>LeaseStoreUnavailable</c>, <c>LeaseUnreadable</c>, <c>StorageNotDefined</c>.</exception>
    public static async Task<Lease> AcquireAsync(IInstallation installation, string runId, string title, CancellationToken cancel)
    {
        IObjectStore storage = installation.Storage(installation.Environment.Failover.LeaseStorage);
        LeaseObject lease = new(storage, installation.Clock);
        try
        {
            await LeaseStoreTest.PassAsync(installation, storage, cancel).ConfigureAwait(false);
            LeaseObject.Reading? found = await lease.ReadAsync(cancel).ConfigureAwait(false);
            for (int tries = 1; ; tries++)
            {
                if (found is not null && (tries > MaxTries || !MayBeTaken(found, installation.Machine)))
                {
                    throw Held(found);
                }

                if (tries > MaxTries)
                {
                    throw new AcodeException("LeaseStoreUnavailable", FailureClass.Protocol, $"The {storage.Definition} does not take the lease, and shows none.") { Subject = storage.Definition };
                }

                LeaseRecord record = Record(installation, runId, title, (found?.Record.Token ?? 0) + 1);
                long sentAt = installation.Clock.GetTimestamp();
                (string? tag, LeaseObject.Reading? other) = await WriteAsync(lease, installation.Clock, record, found?.Tag, cancel).ConfigureAwait(false);
                if (tag is not null)
                {
                    return new Lease(lease, installation.Clock, record, tag, sentAt);
                }

                found = other;
            }
        }
        catch (AcodeException e) when (!e.Id.StartsWith("Lease", StringComparison.Ordinal))
        {
            throw lease.Unavailable(e);
        }
    }

    /// <summary>Renews the lease now. When this returns, nobody else had it in the meantime.</summary>
    /// <exception cref="AcodeException"><c>LeaseLost</c>: another has it; <c>LeaseStoreUnavailable</c>: nobody can say who has it.</exception>
    public async Task EnsureAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            long sentAt = _clock.GetTimestamp();
            LeaseRecord renewed = _record with { Renewals = _record.Renewals + 1 };
            (string? tag, LeaseObject.Reading? other) = await WriteAsync(_object, _clock, renewed, _tag, cancel).ConfigureAwait(false);
            if (tag is null)
            {
                await _lost.CancelAsync().ConfigureAwait(false);
                throw LostTo(other);
            }

            (_record, _tag) = (renewed, tag);
            HoldFrom(sentAt);
        }
        catch (AcodeException e) when (!e.Id.StartsWith("Lease", StringComparison.Ordinal))
        {
            throw _object.Unavailable(e);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Lets go of the lease. The object stays, as its token must go on growing.</summary>
    /// <returns>Why it could not be let go of: it then ends by itself. Null when it is free.</returns>
    public async Task<AcodeException?> ReleaseAsync()
    {
        await StopRenewingAsync().ConfigureAwait(false);
        using CancellationTokenSource limit = new(ReleaseLimit, _clock);
        try
        {
            // Where another has it meanwhile, there is nothing to let go of.
            LeaseRecord released = _record with { Renewals = _record.Renewals + 1, Released = true };
            await WriteAsync(_object, _clock, released, _tag, limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (AcodeException e)
        {
            return e;
        }
        catch (OperationCanceledException)
        {
            return new AcodeException("LeaseNotReleased", FailureClass.Timeout, "The lease's storage did not answer in time.");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopRenewingAsync().ConfigureAwait(false);
        _stop.Dispose();
        _lost.Dispose();
        _gate.Dispose();
    }

    private static LeaseRecord Record(IInstallation installation, string runId, string title, long token)
    {
        DateTimeOffset now = installation.Clock.GetUtcNow();
        return new LeaseRecord
        {
            Token = token,
            Holder = installation.Identifiers.Next(now),
            Renewals = 0,
            Owner = installation.Machine.ThisProcess,
            RunId = runId,
            Title = title,
            AcquiredAt = now,
            Seconds = installation.Environment.Failover.LeaseSeconds,
        };
    }

    private static bool MayBeTaken(LeaseObject.Reading found, IMachine machine) =>
        found.Record.Released || found.IsExpired || machine.IsGone(found.Record.Owner);

    // A write whose answer was lost may have been done, now or a little later: what stands there tells. Whoever finds
    // another holder there has lost.
    private static async Task<(string? Tag, LeaseObject.Reading? Other)> WriteAsync(
        LeaseObject lease, TimeProvider clock, LeaseRecord record, string? over, CancellationToken cancel)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                if (await lease.WriteAsync(record, over, cancel).ConfigureAwait(false) is { } written)
                {
                    return (written, null);
                }

                LeaseObject.Reading? there = await lease.ReadAsync(cancel).ConfigureAwait(false);
                if (there?.Record.Holder != record.Holder)
                {
                    return (null, there);
                }

                if (there.Record == record)
                {
                    return (there.Tag, null);
                }

                over = there.Tag;
            }
            catch (AcodeException e) when (tries < MaxTries && (e.Cause.IsOutage() || e.Cause == FailureClass.Throttled))
            {
                await Task.Delay(Pause * tries, clock, cancel).ConfigureAwait(false);
            }

            if (tries > 2 * MaxTries)
            {
                // A server that refuses what it should take.
                return (null, null);
            }
        }
    }

    private void HoldFrom(long sentAt)
    {
        TimeSpan left = _hold - _clock.GetElapsedTime(sentAt);
        if (_lost.IsCancellationRequested)
        {
            // Nobody had it in between: the lease is held anew.
            Volatile.Write(ref _lost, new CancellationTokenSource(Timeout.InfiniteTimeSpan, _clock));
        }

        _lost.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private async Task RenewInBackgroundAsync(TimeSpan every)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(every, _clock, _stop.Token).ConfigureAwait(false);
                await EnsureAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (AcodeException e) when (e.Id != "LeaseLost")
            {
                // Tried again; until it succeeds, the hold runs out by itself.
            }
            catch (Exception e) when (e is AcodeException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task StopRenewingAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewals.ConfigureAwait(false);
    }

    private static AcodeException Held(LeaseObject.Reading found) => new(
        "LeaseHeld", FailureClass.Conflict,
        $"{found.Record.Owner} works on this installation since {found.Record.AcquiredAt:u}: {found.Record.Title} (run {found.Record.RunId}). "
        + $"Its lease holds until {(found.ExpiresAt is { } end ? $"{end:u}" : "an unknown time")}, and it goes on renewing it while it works.")
    {
        Advice = $"Wait for it to end, or stop it there. If its process has died, the lease ends {found.Record.Seconds} s after its last renewal.",
        Subject = found.Record.RunId,
    };

    private AcodeException LostTo(LeaseObject.Reading? other) => new(
        "LeaseLost", FailureClass.Conflict, other is null
            ? $"The lease of run {_record.RunId} is gone from its storage."
            : $"The lease of run {_record.RunId} was taken by {other.Record.Owner} for: {other.Record.Title} (run {other.Record.RunId}).")
    {
        Advice = "Nothing more was changed. Wait until the other run has ended, and look at both with Get-AcodeRunbook.",
        Subject = _record.RunId,
    };
}
