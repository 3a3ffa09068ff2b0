using AcodeOps.Lab;
using Amazon.S3;
using Amazon.S3.Model;
using Parquet;
using Parquet.Schema;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

/// <summary>A bucket, read back as somebody does who knows nothing of the stand-in.</summary>
internal sealed class Lake(LabSite site, string bucket)
{
    public string Bucket { get; } = bucket;

    public async Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancel)
    {
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        ListObjectsV2Response page = await storage.ListObjectsV2Async(new() { BucketName = Bucket, Prefix = prefix }, cancel);
        return [.. (page.S3Objects ?? []).Select(o => o.Key)];
    }

    /// <summary>The ids (idpk) under a prefix, in the order of the objects, doubled ones as often as they are there.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(string prefix, CancellationToken cancel) =>
        [.. (await ColumnAsync<long>(prefix, "idpk", cancel)).Select(v => v!.Value)];

    public async Task<IReadOnlyList<T?>> ColumnAsync<T>(string prefix, string column, CancellationToken cancel)
        where T : struct
    {
        List<T?> all = [];
        await EachGroupAsync(prefix, async (group, schema) =>
        {
            DataField field = schema.DataFields.Single(f => f.Name == column);
            if (field.IsNullable)
            {
                T?[] values = new T?[group.RowCount];
                await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: cancel);
                all.AddRange(values);
            }
            else
            {
                T[] values = new T[group.RowCount];
                await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: cancel);
                all.AddRange(values.Select(v => (T?)v));
            }
        }, cancel);
        return all;
    }

    public async Task<IReadOnlyList<string?>> TextsAsync(string prefix, string column, CancellationToken cancel)
    {
        List<string?> all = [];
        await EachGroupAsync(prefix, async (group, schema) =>
        {
            string?[] values = new string?[group.RowCount];
            await group.ReadAsync(schema.DataFields.Single(f => f.Name == column), values.AsMemory()!, cancellationToken: cancel);
            all.AddRange(values);
        }, cancel);
        return all;
    }

    /// <summary>The codec and the columns of the first object.</summary>
    public async Task<(string Codec, IReadOnlyList<string> Columns)> DescribeAsync(string prefix, CancellationToken cancel)
    {
        await using MemoryStream first = await DownloadAsync((await KeysAsync(prefix, cancel))[0], cancel);
        await using ParquetReader reader = await ParquetReader.CreateAsync(first, cancellationToken: cancel);
        return (reader.Metadata!.RowGroups[0].Columns[0].MetaData!.Codec.ToString(), [.. reader.Schema.Fields.Select(f => f.Name)]);
    }

    private async Task EachGroupAsync(string prefix, Func<ParquetRowGroupReader, ParquetSchema, Task> read, CancellationToken cancel)
    {
        foreach (string key in await KeysAsync(prefix, cancel))
        {
            await using MemoryStream content = await DownloadAsync(key, cancel);
            await using ParquetReader reader = await ParquetReader.CreateAsync(content, new ParquetOptions { UseDateOnlyTypeForDates = true }, cancellationToken: cancel);
            for (int i = 0; i < reader.RowGroupCount; i++)
            {
                using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
                await read(group, reader.Schema);
            }
        }
    }

    private async Task<MemoryStream> DownloadAsync(string key, CancellationToken cancel)
    {
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        using GetObjectResponse answer = await storage.GetObjectAsync(Bucket, key, cancel);
        MemoryStream content = new();
        await answer.ResponseStream.CopyToAsync(content, cancel);
        content.Position = 0;
        return content;
    }
}
