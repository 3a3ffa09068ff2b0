using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Adapters.Tests.Aws;
using AcodeOps.Adapters.Tests.Storage;
using AcodeOps.Audit;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Runbooks;

/// <summary>The lease on a real S3 server, by runs that want it.</summary>
public sealed class LeaseStorageTests(AwsFixture aws) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("acodeops-lease-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Of_sixteen_operators_exactly_one_acts()
    {
        string bucket = await aws.NewBucketAsync();
        List<Installation> operators = [];
        try
        {
            for (int n = 0; n < 16; n++)
            {
                // Each has tried the store before the race: what races then is the lease alone.
                operators.Add(await OpenAsync(bucket, $"ops-{n}"));
                Assert.Equal(RunbookStatus.Completed, (await RunAsync(operators[n], _ => Task.CompletedTask)).Status);
            }

            for (int round = 0; round < 5; round++)
            {
                await RaceAsync(operators);
            }
        }
        finally
        {
            foreach (Installation installation in operators)
            {
                await installation.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_bucket_with_versions_lets_several_writers_win_and_is_refused() => await AssertUnsafeAsync(await aws.NewBucketAsync(versioned: true));

    [Fact]
    public async Task A_bucket_that_locks_by_default_is_refused()
    {
        string bucket = await aws.NewBucketAsync(locked: true);
        await BucketRetention.SetAsync(aws, bucket);
        await AssertUnsafeAsync(bucket);
    }

    [Theory]
    [InlineData(503, FailureClass.ServerFault)]
    [InlineData(403, FailureClass.Permission)]
    public async Task A_server_that_refuses_holds_no_lease(int status, FailureClass cause)
    {
        using RawServer server = new(_ => RawServer.Http(status, "<?xml version=\"1.0\"?><Error><Code>" + (status == 503 ? "ServiceUnavailable" : "AccessDenied") + "</Code></Error>", "application/xml"));

        await using Installation installation = await OpenAsync("lake", "ops-1", server.Url);

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => RunAsync(installation, _ => Task.CompletedTask));

        Assert.Equal(("LeaseStoreUnavailable", cause), (refused.Id, refused.Cause));
        Assert.Contains("-WithoutLease", refused.Advice, StringComparison.Ordinal);
    }

    // Whoever acts goes on until all others were refused: nobody gets the lease after it.
    private static async Task RaceAsync(List<Installation> operators)
    {
        TaskCompletionSource othersAreRefused = new();
        int refused = 0, acting = 0;
        RunbookRun?[] runs = await Task.WhenAll(operators.Select(installation => Task.Run(
            async () =>
            {
                try
                {
                    return await RunAsync(installation, async cancel =>
                    {
                        Interlocked.Increment(ref acting);
                        await othersAreRefused.Task.WaitAsync(cancel);
                    });
                }
                catch (AcodeException e) when (e.Id == "LeaseHeld")
                {
                    if (Interlocked.Increment(ref refused) == operators.Count - 1)
                    {
                        othersAreRefused.TrySetResult();
                    }

                    return null;
                }
                catch (Exception e)
                {
                    othersAreRefused.TrySetException(e);
                    throw;
                }
            },
            Cancel)));
        Assert.Equal((RunbookStatus.Completed, 1, operators.Count - 1), (Assert.Single(runs.OfType<RunbookRun>()).Status, acting, refused));
    }

    private async Task AssertUnsafeAsync(string bucket)
    {
        bool hasActed = false;
        await using Installation installation = await OpenAsync(bucket, "ops-1");
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => RunAsync(installation, _ =>
        {
            hasActed = true;
            return Task.CompletedTask;
        }));
        Assert.Equal(("LeaseStoreUnsafe", FailureClass.Refused, false), (refused.Id, refused.Cause, hasActed));
    }

    private static Task<RunbookRun> RunAsync(Installation installation, Func<CancellationToken, Task> act) =>
        new RunbookEngine(installation, new AuditOrigin("ana", "ops-1", Environment.ProcessId, "0.1.0", "7.6.9", "c0ffee"))
            .StartAsync(new SwitchRunbook(act), new RunOptions(), null, Cancel);

    // An operator with a data folder and connections of its own, as on a machine of its own.
    private async Task<Installation> OpenAsync(string bucket, string operatorName, Uri? storage = null)
    {
        (AwsDefinition definition, AwsSession session) = await aws.EnvironmentAsync();
        AcodeEnvironment environment = new()
        {
            Name = "test",
            Path = Path.Combine(_folder, operatorName, "acode.yaml"),
            Aws = storage is null ? definition : definition with { Endpoints = definition.Endpoints with { S3 = storage } },
            Sources = [],
            Storages = [new StorageDefinition { Role = StorageRole.Audit, Bucket = bucket, Prefix = "logs/" }],
            Routes = [],
            Tables = [],
            Airbyte = new AirbyteDefinition { Url = new Uri("http://airbyte.invalid:8001") },
            Audit = new AuditDefinition { SpoolFolder = "spool" },
        };
        return new Installation(environment, session, TimeProvider.System);
    }
}
