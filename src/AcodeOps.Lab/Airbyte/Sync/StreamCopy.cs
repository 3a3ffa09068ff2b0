using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using MySqlConnector;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>
/// Copies one stream in one attempt: rows become parts, a part lands as an object, and only then is the stream's state saved.
/// Killed in between, a landed part is read again (at least once); cancelled, the part in the making is thrown away and landed ones stay.
/// </summary>
internal sealed class StreamCopy(AirbyteStore store, JobLedger ledger, Job job, Connection connection, S3Target target, AttemptPace pace)
{
    private StreamProgress _progress = new("", null, 0, 0, 0, 0);

    public async Task RunAsync(ConfiguredStream stream, SourceStream table, MySqlConnection source, CancellationToken cancel)
    {
        long generation = store.SyncStateOf(connection.Id).Generations.GetValueOrDefault(stream.Key);
        ObjectNames names = new(target.Configuration, NamespaceOf(stream), connection.Prefix + stream.Name, job.Attempts[^1].CreatedAt, job.Id);
        _progress = new(stream.Name, stream.Namespace, 0, 0, 0, 0);
        await pace.AfterAsync(0, cancel);
        if (pace.MovesNothing)
        {
            ledger.Progress(job.Id, _progress);
            return;
        }

        StreamPlan plan = await StreamPlan.MakeAsync(stream, table, store.SyncStateOf(connection.Id).Of(stream.Key)?.Blob, source, cancel);
        if (!plan.HasNothing)
        {
            await ReadAsync(plan, names, generation, source, cancel);
            if (plan.FinalState is JsonObject final)
            {
                SaveState(stream, final);
            }
        }

        ledger.Progress(job.Id, _progress);
        if (stream.IsOverwrite)
        {
            await DeleteOlderAsync(names, generation, cancel);
        }
    }

    private async Task ReadAsync(StreamPlan plan, ObjectNames names, long generation, MySqlConnection source, CancellationToken cancel)
    {
        HashSet<string> taken = [.. await target.ListAsync(names.Prefix, cancel)];
        long number = names.FirstFreePart(taken);
        ParquetPart? part = null;
        try
        {
            await using MySqlCommand query = plan.Query(source);
            await using MySqlDataReader reader = await query.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                part ??= await OpenPartAsync(plan, generation, cancel);
                await part.AddAsync(reader, cancel);
                await pace.AfterAsync(1, cancel);
                if (part.Rows >= store.Settings.PartRows)
                {
                    // The last row's key is only there while the reader stands on it; the stream's last part ends with the final state.
                    JsonObject? checkpoint = plan.Checkpoint(reader);
                    await LandAsync(part, names.Key(number++, taken), generation, plan, checkpoint, cancel);
                    part = null;
                }
            }

            if (part is not null)
            {
                await LandAsync(part, names.Key(number, taken), generation, plan, checkpoint: null, cancel);
                part = null;
            }
        }
        catch (MySqlException error) when (!cancel.IsCancellationRequested)
        {
            throw MySqlSource.Translate(error);
        }
        finally
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    private Task<ParquetPart> OpenPartAsync(StreamPlan plan, long generation, CancellationToken cancel)
    {
        string folder = Path.Combine(store.Folder, "parts");
        Directory.CreateDirectory(folder);
        JsonObject format = target.Configuration["format"]!.AsObject();
        string path = Path.Combine(folder, $"{job.Id}-{Guid.NewGuid():N}.parquet");
        return ParquetPart.CreateAsync(path, plan.Columns, job.Id, generation, format, store.Settings.RowGroupRows, cancel);
    }

    private async Task LandAsync(ParquetPart part, string key, long generation, StreamPlan plan, JsonObject? checkpoint, CancellationToken cancel)
    {
        await using (part)
        {
            long size = await part.CompleteAsync(cancel);
            await target.UploadAsync(part.Path, key, generation, cancel);
            RecordObject("object_written", plan.Stream, key, new() { ["rows"] = part.Rows, ["bytes"] = size, ["generation"] = generation });
            if (checkpoint is not null)
            {
                SaveState(plan.Stream, checkpoint);
            }

            _progress = _progress with
            {
                RowsEmitted = _progress.RowsEmitted + part.Rows,
                BytesEmitted = _progress.BytesEmitted + part.ValueBytes,
                RowsCommitted = _progress.RowsCommitted + part.Rows,
                BytesCommitted = _progress.BytesCommitted + part.ValueBytes,
            };
            ledger.Progress(job.Id, _progress);
        }
    }

    /// <summary>
    /// Overwrite as destination-s3 does it: a full refresh is a new generation, and when the stream is complete, objects under any of the
    /// stream's paths whose metadata names an older generation go. Until then readers see both; objects without the metadata are never touched.
    /// </summary>
    private async Task DeleteOlderAsync(ObjectNames names, long generation, CancellationToken cancel)
    {
        foreach (string key in (await target.ListAsync(names.StaticPrefix, cancel)).Where(k => names.Pattern.IsMatch(k)))
        {
            if (await target.GenerationOfAsync(key, cancel) is long older && older < generation)
            {
                await target.DeleteAsync(key, cancel);
                RecordObject("object_deleted", null, key, new() { ["generation"] = older });
            }
        }
    }

    /// <summary>The namespace that the path's macro gets: the source's database, the connection's own, or none.</summary>
    private string? NamespaceOf(ConfiguredStream stream) => connection.NamespaceDefinition switch
    {
        "source" => stream.Namespace,
        "custom_format" when connection.NamespaceFormat is { Length: > 0 } format =>
            format.Replace("${SOURCE_NAMESPACE}", stream.Namespace, StringComparison.Ordinal),
        _ => null,
    };

    private void SaveState(ConfiguredStream stream, JsonObject blob)
    {
        store.SyncStates.Put(store.SyncStateOf(connection.Id).With(stream.Namespace, stream.Name, blob));
        store.History.Write("state", new()
        {
            ["connectionId"] = connection.Id,
            ["jobId"] = job.Id,
            ["stream"] = stream.Name,
            ["namespace"] = stream.Namespace,
            ["state"] = blob.DeepClone(),
        });
    }

    private void RecordObject(string what, ConfiguredStream? stream, string key, JsonObject facts)
    {
        facts["jobId"] = job.Id;
        facts["attempt"] = job.Attempts.Count;
        facts["connectionId"] = connection.Id;
        facts["stream"] = stream?.Name ?? _progress.Name;
        facts["bucket"] = target.Bucket;
        facts["key"] = key;
        store.History.Write(what, facts);
    }
}
