using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Module.Tests.EndToEnd;
using Amazon.S3;

namespace AcodeOps.Module.Tests.Access;

/// <summary>With exactly the policy that is written for a role, all of its cmdlets work against servers that enforce it; with any one action less, something does not.</summary>
public sealed class GeneratedPolicyTests : IAsyncDisposable
{
    private const int UsualStep = 10;

    // A lab of its own: what somebody else has written into a bucket of the S3 server, its owner may not read.
    private readonly SharedSites _sites = new() { ImposesPolicies = false };
    private readonly string _project = Directory.CreateTempSubdirectory("acode-project-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _sites.DisposeAsync();
        Directory.Delete(_project, recursive: true);
    }

    [Fact]
    public async Task The_policy_of_each_role_is_enough_and_every_action_in_it_is_needed()
    {
        LabSite site = await _sites.HealthyAsync(DatabaseFlavor.MySql);
        await using PolicySite mine = await PolicySite.StartAsync(site, Cancel);
        Dictionary<AccessRole, JsonObject> policies = Prepare(site, mine);
        await mine.EnforceAsync(Cancel);
        RoleRehearsal rehearsal = new(site, mine, _project);
        JsonObject all = Together(policies.Values);
        await mine.SetAsync(all, Cancel);
        await rehearsal.BeginAsync();
        await AssertNothingIsDeletedAsync(mine, policies[AccessRole.Operator]);
        foreach ((AccessRole role, JsonObject policy) in policies)
        {
            await mine.SetAsync(policy, Cancel);
            RehearsalFailure? failure = await rehearsal.RunAsync(role);
            Assert.True(failure is null, $"With its own policy, {role}: {failure}");
            IReadOnlyList<string> found = await rehearsal.ExamineAsync(role);
            Assert.DoesNotContain(found, line => line.StartsWith("AccessMissing ", StringComparison.Ordinal) || line.StartsWith("AccessTooWide ", StringComparison.Ordinal) || line.StartsWith("Source", StringComparison.Ordinal));
        }

        List<string> superfluous = [], untold = [], otherwise = [];
        int mutants = 0;
        foreach ((AccessRole role, PolicyMutant mutant) in Chosen([.. policies.SelectMany(p => PolicyMutant.Of(p.Value).Select(mutant => (p.Key, mutant)))]))
        {
            await mine.SetAsync(mutant.Policy, Cancel);
            mutants++;
            if (PolicyMutant.NotEnforced.TryGetValue(mutant.Missing, out string? why))
            {
                TestContext.Current.TestOutputHelper!.WriteLine($"{role}: {mutant}: not enforced. {why}");
                continue;
            }

            RehearsalFailure? failure = await rehearsal.RunAsync(role);
            TestContext.Current.TestOutputHelper!.WriteLine($"{role}: {mutant}: {failure?.ToString() ?? "nothing fails"}");
            if (!(await rehearsal.ExamineAsync(role)).Any(line => line.StartsWith($"AccessMissing {mutant.Missing} ", StringComparison.Ordinal)))
            {
                untold.Add($"{role}: {mutant}");
            }

            if (failure is null)
            {
                superfluous.Add($"{role}: {mutant}");
            }
            else if (!failure.IsOf(mutant.Missing))
            {
                otherwise.Add($"{role}: {mutant}: {failure}");
            }

            await mine.SetAsync(all, Cancel);
            await rehearsal.TidyAsync();
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{mutants} mutants of {policies.Count} policies");
        Assert.Multiple(() => Assert.Empty(superfluous), () => Assert.Empty(otherwise), () => Assert.Empty(untold));
    }

    // Whatever else is attached.
    private static async Task AssertNothingIsDeletedAsync(PolicySite mine, JsonObject policy)
    {
        JsonObject wide = policy.DeepClone().AsObject();
        wide["Statement"]!.AsArray().Add(new JsonObject { ["Effect"] = "Allow", ["Action"] = new JsonArray("s3:*"), ["Resource"] = new JsonArray("arn:aws:s3:::*") });
        await mine.SetAsync(wide, Cancel);
        using AmazonS3Client storage = mine.OpenStorage();
        await storage.DeleteObjectAsync(StorageBuckets.Primary, "no/such/object", Cancel);
        foreach (string bucket in (string[])[StorageBuckets.Backup, StorageBuckets.Audit])
        {
            AmazonS3Exception refused = await Assert.ThrowsAsync<AmazonS3Exception>(() => storage.DeleteObjectAsync(bucket, "no/such/object", Cancel));
            Assert.Equal("AccessDenied", refused.ErrorCode);
        }
    }

    // All of them take many minutes, an operator's most of all: by default some of the other roles' are tried, from a random one on, which is told.
    private static IEnumerable<(AccessRole Role, PolicyMutant Mutant)> Chosen(IReadOnlyList<(AccessRole Role, PolicyMutant Mutant)> all)
    {
        if (Environment.GetEnvironmentVariable("ACODE_TEST_THOROUGH") == "1")
        {
            return all;
        }

        int first = Random.Shared.Next(UsualStep);
        TestContext.Current.TestOutputHelper!.WriteLine($"{all.Count} mutants: of those that are no operator's, number {first} and then each {UsualStep} further");
        return all.Where(one => one.Role != AccessRole.Operator).Where((_, i) => i % UsualStep == first);
    }

    // Somebody with permissions of his own, who mends what a role could not: also by deleting from the backup storage.
    private static JsonObject Together(IEnumerable<JsonObject> policies) => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(
        [
            .. policies.SelectMany(policy => policy["Statement"]!.AsArray()).Where(statement => (string)statement!["Effect"]! == "Allow").Select((statement, i) =>
            {
                JsonNode own = statement!.DeepClone();
                own["Sid"] = $"{own["Sid"]}{i}";
                return own;
            }),
            new JsonObject { ["Effect"] = "Allow", ["Action"] = new JsonArray("s3:*"), ["Resource"] = new JsonArray("arn:aws:s3:::*") },
        ]),
    };

    // What Airbyte has, as files that are applied: what the roles compare and publish.
    private Dictionary<AccessRole, JsonObject> Prepare(LabSite site, PolicySite mine)
    {
        using LabSession session = new(site), own = mine.Open();
        session.With("project", _project).Run("$null = Import-AcodeConfiguration $project -Force; $null = Publish-AcodeConfiguration $project -Confirm:$false").Clean();
        return Enum.GetValues<AccessRole>().ToDictionary(role => role, role => JsonNode.Parse($"{own.Run($"Export-AcodeAccessPolicy {role}").Only}")!.AsObject());
    }
}
