using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Lab.LakeEngines;

/// <summary>The tables that an engine knows, each a folder of a bucket, with a copy of their objects in a folder of its own.</summary>
/// <param name="storage">S3; it is disposed of with the catalog.</param>
/// <param name="folder">Where the copies are.</param>
public sealed class LakeCatalog(IAmazonS3 storage, string folder) : IDisposable
{
    private readonly ConcurrentDictionary<string, (string Bucket, string Prefix)> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _copied = [];
    private readonly SemaphoreSlim _gate = new(1);

    public const string Name = "hive";

    public const string Schema = "acode";

    /// <summary>How many digits of a second the catalog's times have; Hive's have three unless it is told otherwise.</summary>
    public int TimeDigits { get; set; } = 6;

    /// <summary>Where the copies are.</summary>
    public string Folder => folder;

    public IEnumerable<string> Tables => _tables.Keys;

    public void Dispose()
    {
        _gate.Dispose();
        storage.Dispose();
    }

    /// <summary>Makes a table of a folder.</summary>
    public void Add(string table, string bucket, string prefix) => _tables[table] = (bucket, prefix);

    /// <summary>Brings the copies of a table's objects up to date, and tells which they are.</summary>
    public async Task<IReadOnlyList<string>> CopyAsync(string table, CancellationToken cancel)
    {
        (string bucket, string prefix) = _tables[table];
        await _gate.WaitAsync(cancel);
        try
        {
            List<string> files = [];
            await foreach (S3Object stored in storage.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket, Prefix = prefix }).S3Objects.WithCancellation(cancel))
            {
                string file = Path.Combine(folder, bucket, stored.Key);
                if (stored.Size == 0)
                {
                    continue;
                }

                files.Add(file);
                if (_copied.GetValueOrDefault(file) != stored.ETag)
                {
                    using GetObjectResponse answer = await storage.GetObjectAsync(bucket, stored.Key, cancel);
                    await answer.WriteResponseStreamToFileAsync(file, append: false, cancel);
                    _copied[file] = stored.ETag;
                }
            }

            return files;
        }
        finally
        {
            _gate.Release();
        }
    }
}
