using System.Runtime.CompilerServices;
using AcodeOps.Secrets;

namespace AcodeOps.Audit;

/// <summary>
/// The audit trail: what it has accepted is never lost and never overwritten. A record is on this machine's disk before
/// it goes to the audit storage, and leaves the disk only when the storage has it.
/// </summary>
/// <param name="storage">The audit storage.</param>
/// <param name="spool">Where records wait for it.</param>
/// <param name="caller">Who calls, as AWS sees it.</param>
/// <param name="clock">This machine's clock.</param>
/// <param name="identifiers">Makes the records' ids.</param>
/// <param name="definition">How the trail is kept.</param>
/// <param name="origin">Where the records come from.</param>
/// <param name="chain">The chain of the session's records in this trail.</param>
/// <param name="credentials">Holds the key of keyed hashes, where the definition names one.</param>
public sealed class AuditTrail(
    IObjectStore storage, IAuditSpool spool, ICallerIdentity caller, TimeProvider clock, IIdentifierSource identifiers, AuditDefinition definition,
    AuditOrigin origin, AuditChain chain, ICredentialStore? credentials = null)
{
    private readonly AuditRecordMaker _maker = new(caller, clock, identifiers, definition, origin, chain, credentials);
    private readonly AuditUploader _uploader = new(storage, definition, clock);

    /// <summary>The trail of an installation.</summary>
    /// <exception cref="AcodeException"><c>StorageNotDefined</c>: the environment names no audit storage.</exception>
    public static AuditTrail Of(IInstallation installation, AuditOrigin origin) => new(
        installation.Storage(StorageRole.Audit), installation.AuditSpool, installation.Caller, installation.Clock,
        installation.Identifiers, installation.Environment.Audit, origin,
        origin.Chains.Of(installation.Environment, installation.Storage(StorageRole.Audit).Definition),
        installation.Environment.Audit.IdentifierKey is null ? null : installation.Credentials);

    /// <summary>
    /// Writes a record. When this returns, the record is in the audit storage, or safely on this machine's disk
    /// (<see cref="AuditRecord.Stored"/> false, with the reason).
    /// </summary>
    /// <exception cref="AcodeException"><c>AuditSpoolUnavailable</c>: neither the disk nor the storage took it; it is not recorded.</exception>
    public async Task<AuditRecord> WriteAsync(AuditEvent happened, CancellationToken cancel)
    {
        AuditRecord record = await _maker.MakeAsync(happened, cancel).ConfigureAwait(false);
        bool isKept = false;
        try
        {
            string key = AuditKey.Of(record).ToString();
            byte[] content = AuditSerializer.Write(record);
            record = record with { Location = _uploader.LocationOf(key) };
            AcodeException? notKept = await KeepAsync(key, content, cancel).ConfigureAwait(false);
            isKept = notKept is null;
            try
            {
                AuditUploader.Result result = await _uploader.PutAsync(key, content, record.At, cancel).ConfigureAwait(false);
                record = record with { Stored = true, LockedUntilAt = result.LockedUntilAt };
                isKept = true;
            }
            catch (AcodeException e)
            {
                return notKept is null ? record with { WaitsBecause = AuditDetails.Clean(e.Message) } : throw NotRecorded(notKept, e);
            }

            if (notKept is null)
            {
                await ReleaseAsync(key, cancel).ConfigureAwait(false);
            }

            return record;
        }
        finally
        {
            if (isKept)
            {
                chain.Kept(record);
            }
            else
            {
                chain.NotKept(record);
            }
        }
    }

    /// <summary>The records asked for, in order of time, each as it comes; those that still wait on this machine are among them.</summary>
    /// <exception cref="AcodeException">The storage could not be read. Thrown after the waiting records were handed out.</exception>
    public IAsyncEnumerable<AuditReading> ReadAsync(AuditQuery query, CancellationToken cancel = default) =>
        new AuditReader(storage, spool).ReadAsync(query, cancel);

    /// <summary>How many records wait on this machine.</summary>
    public async Task<int> CountWaitingAsync(CancellationToken cancel)
    {
        int count = 0;
        await foreach (string _ in spool.ListAsync(cancel).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// Takes the waiting records to the storage, oldest first, and returns those that were not there yet. Several
    /// processes may do so at once. A record whose name another object has taken is a failure of its own and stays.
    /// </summary>
    /// <exception cref="AcodeException">The storage does not answer or refuses; what was not taken still waits.</exception>
    public async IAsyncEnumerable<AuditReading> SyncAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        // One after the other: the storage never has a record of a chain whose predecessor it could not take.
        await foreach (string key in spool.ListAsync(cancel).ConfigureAwait(false))
        {
            if (await DrainAsync(key, cancel).ConfigureAwait(false) is var reading && reading != default)
            {
                yield return reading;
            }
        }
    }

    private async Task<AuditReading> DrainAsync(string key, CancellationToken cancel)
    {
        if (AuditKey.TryParse(key) is not { } parsed || await spool.ReadAsync(key, cancel).ConfigureAwait(false) is not { } content)
        {
            return default;
        }

        try
        {
            AuditRecord record = AuditSerializer.Read(content, parsed);
            AuditUploader.Result result = await _uploader.PutAsync(key, content, record.At, cancel).ConfigureAwait(false);
            await spool.ReleaseAsync(key, cancel).ConfigureAwait(false);
            return result.IsNew
                ? new AuditReading(record with { Location = _uploader.LocationOf(key), Stored = true, LockedUntilAt = result.LockedUntilAt }, null)
                : default;
        }
        catch (AcodeException e) when (!e.IsFatal)
        {
            return new AuditReading(null, e);
        }
        catch (FormatException e)
        {
            return AuditReading.Failed(
                "AuditRecordDamaged", FailureClass.InvalidInput, key, $"The waiting record is damaged and was not stored. {e.Message}", "Look at its file in the spool folder.");
        }
    }

    // Without a disk to keep it on, the storage alone may still take it: it is as durable.
    private async Task<AcodeException?> KeepAsync(string key, byte[] content, CancellationToken cancel)
    {
        try
        {
            await spool.KeepAsync(key, content, cancel).ConfigureAwait(false);
            return null;
        }
        catch (AcodeException e)
        {
            return e;
        }
    }

    private static AcodeException NotRecorded(AcodeException spool, AcodeException storage) => new(
        spool.Id, spool.Cause, $"{spool.Message} Nor did the audit storage take the record: {storage.Message}")
    {
        Advice = spool.Advice,
        Subject = spool.Subject,
    };

    // A record that stays in the spool although the storage has it is recognised by the next drain.
    private async Task ReleaseAsync(string key, CancellationToken cancel)
    {
        try
        {
            await spool.ReleaseAsync(key, cancel).ConfigureAwait(false);
        }
        catch (AcodeException)
        {
        }
    }
}
