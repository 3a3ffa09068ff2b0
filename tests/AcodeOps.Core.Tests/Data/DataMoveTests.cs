namespace AcodeOps.Core.Tests.Data;

/// <summary>Moving objects to quarantine and back, cut off everywhere.</summary>
public sealed class DataMoveTests
{
    private const string Id = "01KATVQ3H0000000000000000A";
    private const string Folder = "q/20251124/01KATVQ3H0000000000000000A/";
    private static readonly string[] Keys = ["lake/vendas/a.parquet", "lake/vendas/b.parquet", "lake/vendas/c.parquet"];

    private readonly MemoryBuckets _server = new();
    private readonly IObjectStore _lake, _quarantine;

    public DataMoveTests()
    {
        (_lake, _quarantine) = (_server.Store(StorageRole.Primary, "lake", "lake/"), _server.Store(StorageRole.Quarantine, "apart", "q/"));
        foreach (string key in Keys)
        {
            _server.Set("lake", key, $"content of {key}");
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Objects_are_moved_under_their_keys_beside_a_manifest_and_back()
    {
        List<DataMoveProgress> told = [];
        DataMoveResult moved = await DataMove.RunAsync(_lake, _quarantine, Id, await ListAsync(), "half written", TimeProvider.System, new Told(told), Cancel);
        Assert.Equal((DataMoveStatus.Moved, 3, "s3://lake", "s3://apart", 96L), (moved.Status, moved.Objects, moved.From, moved.To, moved.Bytes));
        Assert.Equal($"s3://apart/{Folder}manifest.json", moved.Manifest);
        Assert.Equal([.. Keys.Select(k => $"apart/{Folder}{k}").Prepend($"apart/{Folder}done.json").Append($"apart/{Folder}manifest.json").Order(StringComparer.Ordinal)], _server.All.Order(StringComparer.Ordinal));
        Assert.Equal([(1, 3), (2, 3), (3, 3)], told.Select(p => (p.ObjectsDone, p.Objects)));
        Assert.Equal(96, told[^1].BytesDone);

        MoveManifest manifest = (await DataMove.FindAsync(_quarantine, Id, Cancel))!;
        Assert.Equal((Id, "half written", StorageRole.Primary, "apart"), (manifest.Id, manifest.Reason, manifest.From, manifest.TargetBucket));
        Assert.Equal(new DataMoveItem("lake", Keys[0], 32, manifest.Items[0].ETag, DateTimeOffset.UnixEpoch, Folder + Keys[0]), manifest.Items[0]);
        DataMoveResult back = await ReturnAsync();
        Assert.Equal((DataMoveStatus.Returned, 3, "s3://apart", "s3://lake"), (back.Status, back.Objects, back.From, back.To));
        AssertAllAtHome();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_call_and_run_again_it_ends_the_same(bool afterTheWork)
    {
        IReadOnlyList<StoredObject> objects = await ListAsync();
        int calls = await CountAsync(() => RunAsync(objects));
        for (int n = 1; n <= calls; n++)
        {
            DataMoveTests other = new();
            await other.KillAsync(n, afterTheWork, () => other.RunAsync(objects));
            other.AssertNothingLost();
            // What a new process lists is less than the dead one had listed: both lists lead on.
            IReadOnlyList<StoredObject> left = await other.ListAsync();
            DataMoveResult result = await other.RunAsync(n % 2 == 0 && left.Count > 0 ? left : objects);
            Assert.Equal((DataMoveStatus.Moved, 3), (result.Status, result.Objects));
            other.AssertAllMoved();
            int before = other._server.Calls;
            DataMoveResult again = await other.RunAsync(objects);
            Assert.Equal((DataMoveStatus.Moved, 3), (again.Status, again.Objects));
            Assert.True(other._server.Calls - before <= 4, "A finished move is not gone through again.");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_call_on_the_way_back_and_run_again_it_ends_the_same(bool afterTheWork)
    {
        IReadOnlyList<StoredObject> objects = await ListAsync();
        await RunAsync(objects);
        int calls = await CountAsync(ReturnAsync);
        for (int n = 1; n <= calls; n++)
        {
            DataMoveTests other = new();
            await other.RunAsync(objects);
            await other.KillAsync(n, afterTheWork, other.ReturnAsync);
            other.AssertNothingLost();
            DataMoveResult result = await other.ReturnAsync();
            Assert.Equal((DataMoveStatus.Returned, 3), (result.Status, result.Objects));
            other.AssertAllAtHome();
            Assert.Equal(DataMoveStatus.Returned, (await other.ReturnAsync()).Status);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_move_that_was_killed_at_any_call_can_be_taken_back(bool afterTheWork)
    {
        IReadOnlyList<StoredObject> objects = await ListAsync();
        int calls = await CountAsync(() => RunAsync(objects));
        for (int n = 2; n <= calls; n++)
        {
            DataMoveTests other = new();
            await other.KillAsync(n, afterTheWork, () => other.RunAsync(objects));
            Assert.Equal(DataMoveStatus.Returned, (await other.ReturnAsync()).Status);
            other.AssertAllAtHome();
            AcodeException again = await Assert.ThrowsAsync<AcodeException>(() => other.RunAsync(objects));
            Assert.Equal("DataMoveReturned", again.Id);
            other.AssertAllAtHome();
        }
    }

    [Fact]
    public async Task An_object_that_was_written_over_since_it_was_listed_is_left_and_told()
    {
        IReadOnlyList<StoredObject> objects = await ListAsync();
        _server.Set("lake", Keys[1], "new content");
        DataMoveResult result = await RunAsync(objects);
        Assert.Equal((DataMoveStatus.Incomplete, 2), (result.Status, result.Objects));
        Assert.Equal((Keys[1], "ObjectChanged"), (result.Left.Single().Key, result.Left.Single().ErrorId));
        Assert.Equal("new content", _server.Text("lake", Keys[1]));
        Assert.DoesNotContain(_server.All, name => name.EndsWith("done.json", StringComparison.Ordinal));
        // Nothing of it was moved, so nothing of it is in the way of going back.
        Assert.Equal(DataMoveStatus.Returned, (await ReturnAsync()).Status);
        Assert.Equal("new content", _server.Text("lake", Keys[1]));
    }

    [Fact]
    public async Task An_object_that_is_written_over_between_copy_and_deletion_is_not_deleted()
    {
        IReadOnlyList<StoredObject> objects = await ListAsync();
        _server.Before = what =>
        {
            if (what == $"find {Keys[0]}")
            {
                _server.Set("lake", Keys[0], "new content");
            }
        };
        DataMoveResult result = await RunAsync(objects);
        Assert.Equal("ObjectChanged", result.Left.Single().ErrorId);
        Assert.Equal("new content", _server.Text("lake", Keys[0]));
    }

    [Fact]
    public async Task An_object_that_somebody_removed_is_told()
    {
        IReadOnlyList<StoredObject> objects = await ListAsync();
        await _lake.DeleteAsync(Keys[2], Cancel);
        DataMoveResult result = await RunAsync(objects);
        Assert.Equal((DataMoveStatus.Incomplete, "ObjectMissing"), (result.Status, result.Left.Single().ErrorId));
    }

    [Fact]
    public async Task What_stands_at_the_old_place_by_now_is_never_written_over()
    {
        await RunAsync(await ListAsync());
        _server.Set("lake", Keys[0], "of a later sync");
        DataMoveResult result = await ReturnAsync();
        Assert.Equal((DataMoveStatus.Incomplete, 2), (result.Status, result.Objects));
        Assert.Equal((Keys[0], "ObjectExists"), (result.Left.Single().Key, result.Left.Single().ErrorId));
        Assert.Equal("of a later sync", _server.Text("lake", Keys[0]));
        Assert.Equal($"content of {Keys[0]}", _server.Text("apart", Folder + Keys[0]));
        // Out of the way, it goes on.
        await _lake.DeleteAsync(Keys[0], Cancel);
        Assert.Equal(DataMoveStatus.Returned, (await ReturnAsync()).Status);
        AssertAllAtHome();
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef-3", "AES256", DataMoveStatus.Moved)]
    [InlineData("0123456789abcdef0123456789abcdef", "aws:kms", DataMoveStatus.Moved)]
    [InlineData("0123456789abcdef0123456789abcdef", null, DataMoveStatus.Moved)]
    [InlineData("0123456789abcdef0123456789abcdef", "AES256", DataMoveStatus.Incomplete)]
    [InlineData("0123456789abcdef0123456789abcdef", "", DataMoveStatus.Incomplete)]
    public async Task Tags_are_compared_where_they_can_be(string tagOfCopy, string? encryption, DataMoveStatus expected)
    {
        (_server.TagOfCopy, _server.DefaultEncryption) = (_ => tagOfCopy, encryption);
        DataMoveResult result = await RunAsync(await ListAsync());
        Assert.Equal(expected, result.Status);
        Assert.All(result.Left, left => Assert.Equal("ObjectDiffers", left.ErrorId));
        AssertNothingLost();
    }

    [Fact]
    public async Task The_same_id_is_the_same_move()
    {
        await RunAsync(await ListAsync());
        _server.Set("lake", "lake/vendas/d.parquet", "later");
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(async () => await RunAsync(await ListAsync()));
        Assert.Equal(("DataMoveExists", FailureClass.Conflict), (refused.Id, refused.Cause));
        Assert.Equal("later", _server.Text("lake", "lake/vendas/d.parquet"));
    }

    [Fact]
    public async Task What_cannot_be_moved_is_refused_before_anything_is_written()
    {
        _server.Set("lake", "manifest.json", "of somebody else");
        IReadOnlyList<StoredObject> objects = await ListAsync();
        StoredObject reserved = (await _lake.FindAsync("manifest.json", Cancel))!;
        Assert.Equal("DataMoveKeyReserved", (await Assert.ThrowsAsync<AcodeException>(() => RunAsync([.. objects, reserved]))).Id);
        Assert.Equal("DataMoveEmpty", (await Assert.ThrowsAsync<AcodeException>(() => RunAsync([]))).Id);
        Assert.Equal("DataMoveIdInvalid", (await Assert.ThrowsAsync<AcodeException>(
            () => DataMove.RunAsync(_lake, _quarantine, "../../lake", objects, "r", TimeProvider.System, null, Cancel))).Id);
        Assert.DoesNotContain(_server.All, name => name.StartsWith("apart/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_manifest_is_only_believed_about_its_own_move()
    {
        await RunAsync(await ListAsync());
        string text = _server.Text("apart", Folder + "manifest.json")!;
        foreach (string changed in new[] { text.Replace(Folder + Keys[0], "q/other", StringComparison.Ordinal), text[..^9], "{}", "null", text.Replace(Id, Id[..^1] + "B", StringComparison.Ordinal) })
        {
            _server.Set("apart", Folder + "manifest.json", changed);
            Assert.Equal("MoveManifestUnreadable", (await Assert.ThrowsAsync<AcodeException>(() => DataMove.FindAsync(_quarantine, Id, Cancel))).Id);
        }

        await _quarantine.DeleteAsync(Folder + "manifest.json", Cancel);
        Assert.Null(await DataMove.FindAsync(_quarantine, Id, Cancel));
    }

    [Fact]
    public async Task Nothing_goes_back_into_another_bucket()
    {
        await RunAsync(await ListAsync());
        MoveManifest manifest = (await DataMove.FindAsync(_quarantine, Id, Cancel))!;
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(
            () => DataMove.ReturnAsync(_server.Store(StorageRole.Primary, "new-lake", "lake/"), _quarantine, manifest, TimeProvider.System, null, Cancel));
        Assert.Equal("DataMoveOfAnotherBucket", refused.Id);
        AssertAllMoved();
    }

    [Fact]
    public async Task A_secret_in_the_reason_is_not_written_down()
    {
        await DataMove.RunAsync(_lake, _quarantine, Id, await ListAsync(), "password=hunter2hunter2", TimeProvider.System, null, Cancel);
        Assert.DoesNotContain("hunter2", _server.Text("apart", Folder + "manifest.json")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quarantine_in_the_same_bucket_is_not_moved_into_itself()
    {
        IObjectStore inside = _server.Store(StorageRole.Quarantine, "lake", "lake/quarantine/");
        _server.Set("lake", "lake/quarantine/20251124/x", "old");
        Assert.Equal(Keys, await DataMove.ListAsync(_lake, inside, "", null, null, Cancel).Select(o => o.Key).ToArrayAsync(Cancel));
        DateTimeOffset at = DateTimeOffset.UnixEpoch;
        Assert.Equal(3, await DataMove.ListAsync(_lake, inside, "vendas/", at, at.AddTicks(1), Cancel).CountAsync(Cancel));
        Assert.Equal(0, await DataMove.ListAsync(_lake, inside, "vendas/", at.AddTicks(1), null, Cancel).CountAsync(Cancel));
        Assert.Equal(0, await DataMove.ListAsync(_lake, inside, "vendas/", null, at, Cancel).CountAsync(Cancel));
    }

    private Task<DataMoveResult> RunAsync(IReadOnlyList<StoredObject> objects) =>
        DataMove.RunAsync(_lake, _quarantine, Id, objects, "half written", TimeProvider.System, null, Cancel);

    private async Task<DataMoveResult> ReturnAsync() =>
        await DataMove.ReturnAsync(_lake, _quarantine, (await DataMove.FindAsync(_quarantine, Id, Cancel))!, TimeProvider.System, null, Cancel);

    private async Task<IReadOnlyList<StoredObject>> ListAsync() => await DataMove.ListAsync(_lake, _quarantine, "vendas/", null, null, Cancel).ToListAsync(Cancel);

    private async Task<int> CountAsync(Func<Task<DataMoveResult>> run)
    {
        _server.Restart();
        await run();
        return _server.Calls;
    }

    private async Task KillAsync(int call, bool afterTheWork, Func<Task<DataMoveResult>> run)
    {
        _server.Restart();
        (_server.DiesAt, _server.DiesAfterTheWork) = (call, afterTheWork);
        await Assert.ThrowsAsync<AcodeException>(run);
        _server.Restart();
    }

    private void AssertNothingLost() =>
        Assert.All(Keys, key => Assert.Equal($"content of {key}", _server.Text("lake", key) ?? _server.Text("apart", Folder + key)));

    private void AssertAllMoved()
    {
        AssertNothingLost();
        Assert.Equal(
            [.. Keys.Append("manifest.json").Append("done.json").Select(k => $"apart/{Folder}{k}").Order(StringComparer.Ordinal)],
            _server.All.Order(StringComparer.Ordinal));
    }

    private void AssertAllAtHome()
    {
        AssertNothingLost();
        Assert.Equal(Keys.Select(k => $"lake/{k}"), _server.All.Where(n => !n.EndsWith(".json", StringComparison.Ordinal)));
        Assert.Contains($"apart/{Folder}returned.json", _server.All);
    }

    private sealed class Told(List<DataMoveProgress> told) : IProgress<DataMoveProgress>
    {
        public void Report(DataMoveProgress value) => told.Add(value);
    }
}
