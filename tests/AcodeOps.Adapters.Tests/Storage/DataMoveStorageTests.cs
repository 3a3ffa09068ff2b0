using AcodeOps.Adapters.Storage;
using AcodeOps.Adapters.Tests.Aws;
using AcodeOps.Lab.Faults;
using Amazon.S3;

namespace AcodeOps.Adapters.Tests.Storage;

/// <summary>Moves of objects on a real S3 server that fails in the middle.</summary>
public sealed class DataMoveStorageTests(AwsFixture aws)
{
    private const string Id = "01KATVQ3H0000000000000000A";
    private const int Objects = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProxyMode.Error)]
    [InlineData(ProxyMode.Reset)]
    public async Task A_server_that_fails_in_the_middle_costs_nothing_but_another_run(ProxyMode fault)
    {
        await using AwsProxy proxy = await AwsProxy.StartAsync(aws);
        S3ObjectStore lake = proxy.Store(await aws.NewBucketAsync(), StorageRole.Primary), apart = proxy.Store(await aws.NewBucketAsync(), StorageRole.Quarantine);
        IReadOnlyList<StoredObject> objects = await FillAsync(lake);

        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => RunAsync(lake, apart, objects, At(Objects / 2, () => proxy.Behavior = new ProxyBehavior(fault))));
        Assert.True(failure.Cause is FailureClass.Throttled or FailureClass.ServerFault || failure.Cause.IsOutage(), failure.ToString());
        proxy.Behavior = new ProxyBehavior();
        Assert.InRange(await lake.ListAsync("lake/", cancel: Cancel).CountAsync(Cancel), 1, Objects - 1);
        Assert.Equal((DataMoveStatus.Moved, Objects), Told(await RunAsync(lake, apart, objects, null)));
        Assert.Empty(await lake.ListAsync("", cancel: Cancel).ToListAsync(Cancel));

        MoveManifest manifest = (await DataMove.FindAsync(apart, Id, Cancel))!;
        await Assert.ThrowsAsync<AcodeException>(() => DataMove.ReturnAsync(
            lake, apart, manifest, TimeProvider.System, At(Objects / 2, () => proxy.Behavior = new ProxyBehavior(fault)), Cancel));
        proxy.Behavior = new ProxyBehavior();
        Assert.Equal((DataMoveStatus.Returned, Objects), Told(await DataMove.ReturnAsync(lake, apart, manifest, TimeProvider.System, null, Cancel)));
        Assert.Equal(objects.Select(o => (o.Key, o.SizeBytes, o.ETag)), await lake.ListAsync("", cancel: Cancel).Select(o => (o.Key, o.SizeBytes, o.ETag)).ToListAsync(Cancel));
        Assert.Equal(3, await apart.ListAsync("", cancel: Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Two_runs_of_the_same_move_at_once_end_as_one()
    {
        S3ObjectStore lake = await aws.NewStoreAsync(), apart = await aws.NewStoreAsync();
        IReadOnlyList<StoredObject> objects = await FillAsync(lake);
        DataMoveResult[] results = await Task.WhenAll(RunAsync(lake, apart, objects, null), RunAsync(lake, apart, objects, null));
        Assert.All(results, result => Assert.Equal((DataMoveStatus.Moved, Objects), Told(result)));
        Assert.Empty(await lake.ListAsync("", cancel: Cancel).ToListAsync(Cancel));
        Assert.Equal(Objects + 2, await apart.ListAsync("", cancel: Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task An_object_that_was_written_in_parts_goes_and_comes_back_whole()
    {
        S3ObjectStore lake = await aws.NewStoreAsync(), apart = await aws.NewStoreAsync(encrypted: true);
        byte[] content = new byte[(11 << 20) + 3];
        new Random(1).NextBytes(content);
        await lake.PutAsync("seed", content, new PutOptions(), Cancel);
        S3ObjectStore inParts = new(lake.Definition, await aws.AccountAsync(), 5 << 20);
        StoredObject source = await inParts.CopyAsync(lake.Definition, (await lake.FindAsync("seed", Cancel))!, "lake/parts.parquet", Cancel);
        Assert.Contains('-', source.ETag);

        Assert.Equal(DataMoveStatus.Moved, (await RunAsync(lake, apart, [source], null)).Status);
        Assert.Null(await lake.FindAsync(source.Key, Cancel));
        MoveManifest manifest = (await DataMove.FindAsync(apart, Id, Cancel))!;
        Assert.Equal(DataMoveStatus.Returned, (await DataMove.ReturnAsync(lake, apart, manifest, TimeProvider.System, null, Cancel)).Status);
        Assert.Equal(content, (await lake.GetAsync(source.Key, Cancel))!.Content.ToArray());
    }

    [Fact]
    public async Task Without_the_permission_to_delete_nothing_is_lost_and_it_is_told()
    {
        S3ObjectStore lake = await aws.NewStoreAsync(), apart = await aws.NewStoreAsync();
        IReadOnlyList<StoredObject> objects = await FillAsync(lake);
        await aws.ForbidAsync(lake.Definition.Bucket, "s3:DeleteObject");
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => RunAsync(lake, apart, objects, null));
        Assert.Equal(("StorageAccessDenied", FailureClass.Permission), (refused.Id, refused.Cause));
        Assert.Equal(Objects, await lake.ListAsync("", cancel: Cancel).CountAsync(Cancel));
        using AmazonS3Client client = await aws.ClientAsync();
        await client.DeleteBucketPolicyAsync(lake.Definition.Bucket, Cancel);
        Assert.Equal((DataMoveStatus.Moved, Objects), Told(await RunAsync(lake, apart, objects, null)));
    }

    private static Task<DataMoveResult> RunAsync(S3ObjectStore lake, S3ObjectStore apart, IReadOnlyList<StoredObject> objects, IProgress<DataMoveProgress>? progress) =>
        DataMove.RunAsync(lake, apart, Id, objects, "a rehearsal", TimeProvider.System, progress, Cancel);

    private static (DataMoveStatus, int) Told(DataMoveResult result) => (result.Status, result.Objects);

    private static async Task<IReadOnlyList<StoredObject>> FillAsync(S3ObjectStore lake)
    {
        await Parallel.ForAsync(0, Objects, Cancel, async (i, c) => await lake.PutAsync($"lake/{i:00}.parquet", new byte[100 + i], new PutOptions(), c));
        return await lake.ListAsync("lake/", cancel: Cancel).ToListAsync(Cancel);
    }

    private static Watcher At(int objects, Action act) => new(objects, act);

    private sealed class Watcher(int objects, Action act) : IProgress<DataMoveProgress>
    {
        public void Report(DataMoveProgress value)
        {
            if (value.ObjectsDone == objects)
            {
                act();
            }
        }
    }
}
