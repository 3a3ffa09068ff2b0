using System.Text.Json;
using AcodeOps.Audit;

namespace AcodeOps.Core.Tests.Audit.Chaining;

public sealed class AuditChainTests
{
    private static readonly AcodeException Away = new("StorageUnreachable", FailureClass.Unreachable, "The storage is away.");
    private static readonly AcodeException DiskFull = new("AuditSpoolUnavailable", FailureClass.ReadOnly, "No space left.");

    [Fact]
    public async Task Each_record_tells_its_number_and_the_hash_of_the_one_before()
    {
        TestTrail trail = new();

        AuditRecord first = await trail.WriteAsync(), second = await trail.WriteAsync(), third = await trail.WriteAsync();

        Assert.Equal((1L, null, 2L, 3L), (first.Sequence, first.PreviousHash, second.Sequence, third.Sequence));
        Assert.Equal((first.Hash, second.Hash), (second.PreviousHash, third.PreviousHash));
        Assert.Matches("^sha256:[0-9a-f]{64}$", first.Hash);
    }

    [Fact]
    public async Task The_hash_is_that_of_the_stored_json_without_the_hash()
    {
        TestTrail trail = new();
        AuditRecord record = await trail.WriteAsync(subject: "não responde");

        using JsonDocument stored = JsonDocument.Parse(trail.Store[Assert.Single(trail.Store.Keys)].Content);

        Assert.Equal(record.Hash, AuditSerializer.HashOf(stored.RootElement));
        Assert.Equal(record.Hash, stored.RootElement.GetProperty("hash").GetString());
    }

    [Fact]
    public async Task Writers_of_one_session_at_once_make_one_chain()
    {
        TestTrail trail = new();

        AuditRecord[] records = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => trail.WriteAsync())));

        AuditRecord[] chain = [.. records.OrderBy(record => record.Sequence)];
        Assert.Equal(Enumerable.Range(1, 64).Select(n => (long?)n), chain.Select(record => record.Sequence));
        Assert.Equal(chain.Select(record => record.Hash).SkipLast(1), chain.Skip(1).Select(record => record.PreviousHash));
        // Ids and times grow along the chain.
        Assert.Equal(chain.Select(record => record.Id), chain.Select(record => record.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_record_that_neither_disk_nor_storage_took_is_told_by_the_next_that_is_kept()
    {
        TestTrail trail = new();
        await trail.WriteAsync();
        (trail.Store.Fault, trail.Spool.Fault) = (Away, DiskFull);
        await Assert.ThrowsAsync<AcodeException>(() => trail.WriteAsync());
        await Assert.ThrowsAsync<AcodeException>(() => trail.WriteAsync());
        (trail.Store.Fault, trail.Spool.Fault) = (null, null);

        AuditRecord fourth = await trail.WriteAsync(), fifth = await trail.WriteAsync();

        Assert.Equal((4L, 5L), (fourth.Sequence, fifth.Sequence));
        Assert.Equal([new SequenceRange(2, 3)], fourth.Unrecorded);
        Assert.Empty(fifth.Unrecorded);
        Assert.NotNull(fourth.PreviousHash);
    }

    [Fact]
    public async Task A_record_that_waits_on_the_disk_is_kept()
    {
        TestTrail trail = new();
        trail.Store.Fault = Away;
        await trail.WriteAsync();
        trail.Store.Fault = null;

        Assert.Empty((await trail.WriteAsync()).Unrecorded);
    }

    [Fact]
    public void Environments_that_share_a_bucket_share_their_chain_and_others_have_their_own()
    {
        AuditChains chains = new();
        StorageDefinition storage = new() { Role = StorageRole.Audit, Bucket = "trail" };

        Assert.Same(chains.Of(TestInstallation.Definition with { Name = "a" }, storage), chains.Of(TestInstallation.Definition with { Name = "b" }, storage));
        Assert.NotSame(chains.Of(TestInstallation.Definition with { Name = "a" }, storage), chains.Of(TestInstallation.Definition with { Name = "a" }, storage with { Prefix = "logs/" }));
    }
}
