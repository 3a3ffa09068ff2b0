using AcodeOps.Core.Tests.Data;
using AcodeOps.Core.Tests.Syncs;
using AcodeOps.Recovery.Drill;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Recovery.Drill;

/// <summary>The clean-up deletes what bears the mark, all of it, and nothing else; what it may not delete it names.</summary>
public sealed class ShadowRemovalTests
{
    private readonly MemoryBuckets _buckets = new();
    private readonly StepFacts _facts = new();
    private readonly DrillPlan _plan = DrillRuns.Plan();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ShadowRemovalTests()
    {
        foreach (string key in (string[])
        [
            "bronze/backup_sales/dt=2026-11-24/1_0.parquet",
            "bronze/acode_drill_01kat5z3v8q7m2n4p6r8s0t2w5_backup_sales/dt=2026-11-24/1_0.parquet",
            $"elsewhere/{DrillRuns.Mark}backup_sales/dt=2026-11-24/1_0.parquet",
            $"bronze/{DrillRuns.Mark}backup_sales/dt=2026-11-24/1_0.parquet",
            $"bronze/{DrillRuns.Mark}backup_sales/dt=2026-11-25/1_1.parquet",
            $"bronze/{DrillRuns.Mark}backup_sales_items/dt=2026-11-24/1_0.parquet",
        ])
        {
            _buckets.Set("lake", key, "rows");
        }
    }

    [Fact]
    public async Task It_deletes_its_own_and_leaves_the_lake_and_other_drills_alone()
    {
        await new RemoveShadowObjectsStep(_plan).ActAsync(Context(), Cancel);

        Assert.Equal(
            [
                "lake/bronze/acode_drill_01kat5z3v8q7m2n4p6r8s0t2w5_backup_sales/dt=2026-11-24/1_0.parquet",
                "lake/bronze/backup_sales/dt=2026-11-24/1_0.parquet",
                $"lake/elsewhere/{DrillRuns.Mark}backup_sales/dt=2026-11-24/1_0.parquet",
            ],
            _buckets.All);
        Assert.True(await new RemoveShadowObjectsStep(_plan).VerifyAsync(Context(), Cancel));
        Assert.True(DrillRunbook.ResultOf(_plan, _facts).IsCleanedUp);
    }

    [Fact]
    public async Task What_lands_late_is_deleted_too()
    {
        int lists = 0;
        _buckets.Before = what =>
        {
            if (what == "list" && ++lists == 2)
            {
                _buckets.Set("lake", $"bronze/{DrillRuns.Mark}backup_sales/dt=2026-11-24/1_9.parquet", "late");
            }
        };

        await new RemoveShadowObjectsStep(_plan).ActAsync(Context(), Cancel);

        Assert.DoesNotContain(_buckets.All, key => key.StartsWith($"lake/bronze/{DrillRuns.Mark}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_may_not_be_deleted_is_named_and_all_else_is_deleted()
    {
        string kept = $"bronze/{DrillRuns.Mark}backup_sales/dt=2026-11-25/1_1.parquet";
        _buckets.Before = what =>
        {
            if (what == $"delete {kept}")
            {
                throw new AcodeException("StorageAccessDenied", FailureClass.Permission, "Access denied.");
            }
        };

        AcodeException left = await Assert.ThrowsAsync<AcodeException>(() => new RemoveShadowObjectsStep(_plan).ActAsync(Context(), Cancel));

        Assert.Equal(("DrillObjectsLeft", FailureClass.Permission), (left.Id, left.Cause));
        Assert.Contains(kept, left.Message, StringComparison.Ordinal);
        Assert.Contains($"Undo-AcodeRunbook {DrillRuns.RunId}", left.Advice, StringComparison.Ordinal);
        Assert.Equal([$"lake/{kept}"], _buckets.All.Where(key => key.StartsWith($"lake/bronze/{DrillRuns.Mark}", StringComparison.Ordinal)));
        DrillResult result = DrillRunbook.ResultOf(_plan, _facts);
        Assert.Equal((false, kept), (result.IsCleanedUp, Assert.Single(result.Left)));

        // Once it may be deleted, the same again removes the rest.
        _buckets.Before = _ => { };
        await new CreateShadowConnectionStep(_plan).UndoAsync(Context(), Cancel);
        Assert.True(DrillRunbook.ResultOf(_plan, _facts).IsCleanedUp);
    }

    [Fact]
    public async Task What_nobody_may_delete_stays_in_the_backup_storage_and_is_told()
    {
        string[] keys = [.. _buckets.All.Where(key => key.StartsWith($"lake/bronze/{DrillRuns.Mark}", StringComparison.Ordinal))];
        _buckets.Before = what =>
        {
            if (what.StartsWith("delete ", StringComparison.Ordinal))
            {
                throw new AcodeException("StorageAccessDenied", FailureClass.Permission, "Access denied.");
            }
        };
        DrillPlan plan = _plan with { To = _plan.To with { Route = _plan.To.Route with { Storage = StorageRole.Backup } } };
        RemoveShadowObjectsStep step = new(plan);

        await step.ActAsync(Context(StorageRole.Backup), Cancel);

        Assert.True(await step.VerifyAsync(Context(StorageRole.Backup), Cancel));
        DrillResult result = DrillRunbook.ResultOf(plan, _facts);
        Assert.Equal((false, keys.Length), (result.IsCleanedUp, result.Left.Count));

        // What comes afterwards is not hidden by it.
        _buckets.Set("lake", $"bronze/{DrillRuns.Mark}backup_sales/dt=2026-11-24/1_9.parquet", "late");
        Assert.False(await step.VerifyAsync(Context(StorageRole.Backup), Cancel));
    }

    private StepContext Context(StorageRole role = StorageRole.Primary) => new(
        new TestInstallation
        {
            Clock = new ManualClock(DrillRuns.Noon),
            AirbyteServer = new ToldAirbyte(),
            Storages = { [role] = _buckets.Store(role, "lake") },
        },
        DrillRuns.RunId, "remove_shadow_objects", _facts, _ => Task.CompletedTask, (_, _) => { });
}
