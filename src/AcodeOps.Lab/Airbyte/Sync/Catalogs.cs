using System.Collections.Concurrent;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>Discovery with Airbyte's cache: a catalog is kept until the source's configuration changes or somebody asks for a fresh one.</summary>
internal sealed class Catalogs(Func<Guid, bool> isUnreachable)
{
    private readonly ConcurrentDictionary<Guid, (string Configuration, IReadOnlyList<SourceStream> Streams)> _cache = new();

    /// <exception cref="SyncFailure">The source cannot be discovered.</exception>
    public async Task<IReadOnlyList<SourceStream>> DiscoverAsync(Actor source, bool ignoreCache, CancellationToken cancel)
    {
        string configuration = source.Configuration.ToJsonString();
        if (!ignoreCache && _cache.TryGetValue(source.Id, out var cached) && cached.Configuration == configuration)
        {
            return cached.Streams;
        }

        IReadOnlyList<SourceStream> streams = await new MySqlSource(source, isUnreachable).DiscoverAsync(cancel);
        _cache[source.Id] = (configuration, streams);
        return streams;
    }
}
