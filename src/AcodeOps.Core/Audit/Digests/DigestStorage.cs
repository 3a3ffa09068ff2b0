using System.Text.Json;
using AcodeOps.Documents;

namespace AcodeOps.Audit;

/// <summary>Reads and writes digests: in the audit storage, and their copies in the backup storage. None is ever overwritten.</summary>
internal sealed class DigestStorage(IInstallation installation)
{
    private const int ReadsAtOnce = 8;
    private readonly IObjectStore _storage = installation.Storage(StorageRole.Audit);
    private readonly AuditUploader _uploader = new(installation.Storage(StorageRole.Audit), installation.Environment.Audit, installation.Clock);
    private readonly IObjectStore? _backup = installation.Environment.FindStorage(StorageRole.Backup) is null ? null : installation.Storage(StorageRole.Backup);

    /// <summary>The newest digests, in their order.</summary>
    /// <param name="days">How many days before the newest one are looked at.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>AuditDigestDamaged</c>: one cannot be read, and nothing can be put after it.</exception>
    public async Task<IReadOnlyList<AuditDigest>> ReadNewestAsync(int days, CancellationToken cancel)
    {
        List<DateOnly> all = [];
        await foreach (StoredObject found in _storage.ListAsync(_storage.Definition.Prefix + DigestKey.Root, cancel: cancel).ConfigureAwait(false))
        {
            if (DigestKey.TryParse(found.Key[_storage.Definition.Prefix.Length..]) is { } day)
            {
                all.Add(day);
            }
        }

        List<AuditDigest> digests = [];
        await foreach (AuditDigest? digest in ReadAhead.SelectAsync(
            all.Where(day => day > all[^1].AddDays(-days)), ReadsAtOnce, (day, stop) => ReadAsync(DigestKey.Of(day), stop), cancel).ConfigureAwait(false))
        {
            digests.Add(digest!);
        }

        return digests;
    }

    /// <summary>Writes a digest where its day has none.</summary>
    /// <returns>The digest of that day: the given one, or the one that was there.</returns>
    public async Task<AuditDigest> WriteAsync(AuditDigest digest, CancellationToken cancel)
    {
        string key = DigestKey.Of(digest.Day);
        try
        {
            await _uploader.PutAsync(key, DigestSerializer.Write(digest), digest.MadeAt, cancel).ConfigureAwait(false);
        }
        catch (AcodeException e) when (e.Cause == FailureClass.Conflict)
        {
            // Another machine was first.
        }

        return await ReadAsync(key, cancel).ConfigureAwait(false)
            ?? throw new AcodeException("AuditDigestMissing", FailureClass.NotFound, $"The {digest} was written, and is not there.") { Subject = _storage.Definition };
    }

    /// <summary>Puts the copies of digests into the backup storage where they are not there yet.</summary>
    public async Task CopyAsync(IReadOnlyList<AuditDigest> digests, CancellationToken cancel)
    {
        if (_backup is null)
        {
            return;
        }

        string prefix = _backup.Definition.Prefix;
        HashSet<string> there = [];
        await foreach (StoredObject found in _backup.ListAsync(prefix + DigestKey.Root, cancel: cancel).ConfigureAwait(false))
        {
            there.Add(found.Key[prefix.Length..]);
        }

        PutOptions options = new() { IfAbsent = true, Encrypt = true, ContentType = "application/json" };
        foreach (AuditDigest digest in digests.Where(digest => !there.Contains(DigestKey.Of(digest.Day))))
        {
            try
            {
                await _backup.PutAsync(prefix + DigestKey.Of(digest.Day), DigestSerializer.Write(digest), options, cancel).ConfigureAwait(false);
            }
            catch (AcodeException e) when (e.Cause == FailureClass.Conflict)
            {
                // Another machine was first; that both say the same is the verification's to judge.
            }
        }
    }

    private async Task<AuditDigest?> ReadAsync(string key, CancellationToken cancel)
    {
        if (await _storage.GetAsync(_storage.Definition.Prefix + key, cancel).ConfigureAwait(false) is not { } content)
        {
            return null;
        }

        try
        {
            using JsonDocument document = LegibleJson.Parse(content.Content);
            return DigestSerializer.Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new AcodeException("AuditDigestDamaged", FailureClass.Protocol, $"s3://{_storage.Definition.Bucket}/{_storage.Definition.Prefix}{key} is no whole digest: nothing can be put after it.", e)
            {
                Advice = "Run Test-AcodeAudit; where the copy in the backup storage is whole, put it back.",
                Subject = _storage.Definition,
            };
        }
    }
}
