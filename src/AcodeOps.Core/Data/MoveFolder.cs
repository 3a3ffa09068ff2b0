using System.Globalization;

namespace AcodeOps;

/// <summary>The folder of one move: the manifest, the moved objects under their keys, and a mark for each direction that is complete.</summary>
internal sealed class MoveFolder
{
    public const string ManifestName = "manifest.json";
    public const string MovedName = "done.json";
    public const string ReturnedName = "returned.json";

    private readonly IObjectStore _store;

    /// <summary>Names the folder: <c>{prefix}20261124/{id}/</c>. The day is that of the id, so that the same id is always the same folder.</summary>
    /// <exception cref="AcodeException"><c>DataMoveIdInvalid</c>: the id is no ULID.</exception>
    public MoveFolder(IObjectStore store, string id)
    {
        DateTimeOffset at = UlidTime.TryRead(id)
            ?? throw new AcodeException("DataMoveIdInvalid", FailureClass.InvalidInput, $"'{id}' is no id of a move: it is no ULID.") { Subject = id };
        (_store, Id) = (store, id);
        Path = $"{store.Definition.Prefix}{at.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}/{id}/";
    }

    /// <summary>The move's id.</summary>
    public string Id { get; }

    /// <summary>What the folder's keys start with.</summary>
    public string Path { get; }

    /// <summary>Its bucket.</summary>
    public string Bucket => _store.Definition.Bucket;

    /// <summary>Whether an object of this key, moved here, would meet the move's own files.</summary>
    public static bool IsReserved(string key) => key is ManifestName or MovedName or ReturnedName;

    /// <summary>Writes a file of the move's own.</summary>
    /// <returns>False when it is there already.</returns>
    public async Task<bool> TryWriteAsync(string name, byte[] content, CancellationToken cancel)
    {
        try
        {
            PutOptions options = new() { IfAbsent = true, Encrypt = _store.Definition.KmsKey is not null, ContentType = "application/json" };
            await _store.PutAsync(Path + name, content, options, cancel).ConfigureAwait(false);
            return true;
        }
        catch (AcodeException failure) when (failure.Id == "ObjectExists")
        {
            return false;
        }
    }

    /// <summary>Whether a file of the move's own is there.</summary>
    public async Task<bool> HasAsync(string name, CancellationToken cancel) => await _store.FindAsync(Path + name, cancel).ConfigureAwait(false) is not null;

    /// <summary>The manifest; null when there is none.</summary>
    /// <exception cref="AcodeException"><c>MoveManifestUnreadable</c>: it is damaged, or tells of another move.</exception>
    public async Task<MoveManifest?> ReadManifestAsync(CancellationToken cancel)
    {
        if (await _store.GetAsync(Path + ManifestName, cancel).ConfigureAwait(false) is not { } content)
        {
            return null;
        }

        try
        {
            MoveManifest manifest = MoveManifest.Parse(content.Content.Span);
            return manifest.Id == Id && manifest.TargetBucket == Bucket && manifest.Items.All(item => item.TargetKey == Path + item.Key)
                ? manifest
                : throw new FormatException("It tells of another move.");
        }
        catch (FormatException e)
        {
            throw new AcodeException("MoveManifestUnreadable", FailureClass.Protocol, $"The manifest '{Path}{ManifestName}' of bucket '{Bucket}' cannot be used. {e.Message}", e)
            {
                Advice = "Look at who changed it; the objects are beside it, under their keys.",
                Subject = _store.Definition,
            };
        }
    }

    /// <summary>There is no such move.</summary>
    public AcodeException NotFound() => new("DataMoveNotFound", FailureClass.NotFound, $"The {_store.Definition} has no move {Id}.")
    {
        Advice = "A move's id is the name of the folder that holds its manifest.",
        Subject = Id,
    };
}
