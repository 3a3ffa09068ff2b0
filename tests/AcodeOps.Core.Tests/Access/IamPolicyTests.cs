using System.Text.Json.Nodes;
using AcodeOps.Access;

namespace AcodeOps.Core.Tests.Access;

public sealed class IamPolicyTests
{
    private static AcodeEnvironment Environment => TestInstallation.Definition with
    {
        Storages =
        [
            new StorageDefinition { Role = StorageRole.Primary, Bucket = "lake", Prefix = "a/", KmsKey = "alias/lake" },
            new StorageDefinition { Role = StorageRole.Backup, Bucket = "spare", Prefix = "b/" },
            new StorageDefinition { Role = StorageRole.Audit, Bucket = "trail" },
        ],
    };

    [Theory]
    [InlineData("us-east-2", "aws")]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("us-gov-west-1", "aws-us-gov")]
    public void Names_are_of_the_regions_partition(string region, string partition) =>
        Assert.All(Resources(Enum.GetValues<Need>(), region), resource => Assert.StartsWith($"arn:{partition}:", resource, StringComparison.Ordinal));

    [Fact]
    public void Nothing_allows_a_deletion_from_the_backup_or_the_audit_storage()
    {
        IEnumerable<JsonNode> deleting = Statements(Enum.GetValues<Need>(), "us-east-2")
            .Where(statement => (string)statement["Effect"]! == "Allow" && statement["Action"]!.AsArray().Any(action => ((string)action!).Contains("Delete", StringComparison.Ordinal)));
        Assert.All(deleting.SelectMany(statement => statement["Resource"]!.AsArray()), resource => Assert.StartsWith("arn:aws:s3:::lake/", (string)resource!, StringComparison.Ordinal));
        JsonNode forbidden = Statements([Need.ReadAudit], "us-east-2").Single(statement => (string)statement["Effect"]! == "Deny");
        Assert.Equal(["arn:aws:s3:::spare/*", "arn:aws:s3:::trail/*"], forbidden["Resource"]!.AsArray().Select(resource => (string)resource!));
    }

    [Fact]
    public void A_key_serves_its_storage_only()
    {
        JsonNode keys = Statements([Need.ReadLakes], "us-east-2").Single(statement => (string)statement["Sid"]! == "UseKeys");
        Assert.Equal("""{"StringEquals":{"kms:ViaService":"s3.us-east-2.amazonaws.com"},"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/lake"}}""", keys["Condition"]!.ToJsonString());
        Assert.Equal("""["kms:Decrypt"]""", keys["Action"]!.ToJsonString());
    }

    [Fact]
    public void A_listing_is_of_its_folders_only() => Assert.Equal(
        """{"StringLike":{"s3:prefix":["acode_audit/*","acode_runbooks/*"]}}""",
        Statements([Need.ReadAudit, Need.ReadJournals], "us-east-2").Single(statement => (string)statement["Sid"]! == "ListAudit")["Condition"]!.ToJsonString());

    [Fact]
    public void Two_keys_that_are_named_by_aliases_are_two()
    {
        AcodeEnvironment two = Environment with { Storages = [.. Environment.Storages.Select(storage => storage with { KmsKey = $"alias/{storage.Bucket}" })] };
        Assert.Equal(
            ["alias/lake", "alias/spare"],
            Statements([Need.ReadLakes], "us-east-2", two).Select(one => (string?)one["Condition"]?["ForAnyValue:StringEquals"]?["kms:ResourceAliases"]).OfType<string>().Order());
    }

    [Fact]
    public void The_key_that_signs_is_named_by_whoever_verifies_and_whoever_signs_and_by_nobody_else()
    {
        AcodeEnvironment signed = Environment with { Audit = new AuditDefinition { SigningKey = new(CredentialHolder.Kms, "alias/audit") } };
        Assert.Equal(["kms:GetPublicKey"], OnKey(Need.VerifyAudit));
        Assert.Equal(["kms:Sign"], OnKey(Need.AnchorAudit));
        Assert.Empty(OnKey(Need.WriteAudit));
        JsonNode statement = Statements([Need.AnchorAudit], "us-east-2", signed).Single(one => (string)one["Sid"]! == "SignAudit");
        Assert.Equal("arn:aws:kms:us-east-2:111122223333:key/*", (string)statement["Resource"]![0]!);
        Assert.Equal("""{"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/audit"}}""", statement["Condition"]!.ToJsonString());

        string[] OnKey(Need need) =>
            [.. Statements([need], "us-east-2", signed).SelectMany(one => one["Action"]!.AsArray()).Select(action => (string)action!).Where(action => action is "kms:GetPublicKey" or "kms:Sign")];
    }

    [Fact]
    public void A_private_key_is_read_by_whoever_signs_and_not_by_whoever_verifies()
    {
        AcodeEnvironment signed = Environment with { Audit = new AuditDefinition { SigningKey = Secret("audit/key"), IdentifierKey = Secret("audit/names") } };
        Assert.Empty(Secrets(signed, Need.ReadAudit, Need.VerifyAudit, Need.LookAtAudit));
        Assert.Equal(["audit/key"], Secrets(signed, Need.AnchorAudit));
        Assert.All([Need.WriteAudit, Need.FindPeople], need => Assert.Equal(["audit/names"], Secrets(signed, need)));
    }

    [Fact]
    public void Administrators_are_for_who_rotates_or_sets_servers_and_never_a_partners()
    {
        SourceDefinition own = new() { Role = SourceRole.Backup, Credential = Secret("own"), Administrator = Secret("own-admin") };
        AcodeEnvironment environment = Environment with
        {
            Sources = [own, own with { Role = SourceRole.Primary, Credential = Secret("theirs"), Administrator = Secret("theirs-admin"), IsPartners = true }],
        };
        Assert.Equal(["own", "own-admin", "theirs"], Secrets(environment, Need.RotateCredentials).Order());
        Assert.Equal(["own-admin"], Secrets(environment, Need.AdministerSources));
        Assert.DoesNotContain("own-admin", Secrets(environment, [.. Enum.GetValues<Need>().Except([Need.RotateCredentials, Need.AdministerSources])]));
        JsonNode reading = Statements([Need.RotateCredentials], "us-east-2", environment).Single(one => one["Resource"]!.AsArray().Any(resource => ((string)resource!).Contains("own-admin", StringComparison.Ordinal)));
        Assert.Equal("""["secretsmanager:GetSecretValue"]""", reading["Action"]!.ToJsonString());
    }

    [Theory]
    [InlineData(AuditLock.None, false)]
    [InlineData(AuditLock.Governance, true)]
    public void Locks_are_looked_at_and_set_where_there_are_any(AuditLock given, bool isLocked)
    {
        AcodeEnvironment environment = Environment with { Audit = new AuditDefinition { Lock = given } };
        string[] actions = [.. Statements([Need.LookAtAudit, Need.WriteAudit], "us-east-2", environment).SelectMany(one => one["Action"]!.AsArray()).Select(action => (string)action!)];
        Assert.Equal((isLocked, isLocked), (actions.Contains("s3:GetObjectRetention"), actions.Contains("s3:PutObjectRetention")));
    }

    [Fact]
    public void Athena_is_asked_in_its_workgroup_where_it_reads_the_lake_and_nowhere_else()
    {
        Assert.Empty(Statements([Need.AskLakeEngine], "us-east-2"));
        LakeDefinition lake = new() { Engine = LakeEngine.Athena, Database = "acode", WorkGroup = "ops", Output = new Uri("s3://answers/acode/") };
        JsonNode[] statements = [.. Statements([Need.AskLakeEngine], "us-east-2", Environment with { Lake = lake })];

        Assert.Equal(
            """["arn:aws:athena:us-east-2:111122223333:workgroup/ops"]""",
            statements.Single(one => one["Action"]!.AsArray().Any(action => (string)action! == "athena:StartQueryExecution"))["Resource"]!.ToJsonString());
        Assert.Equal(
            """["arn:aws:glue:us-east-2:111122223333:catalog","arn:aws:glue:us-east-2:111122223333:database/acode","arn:aws:glue:us-east-2:111122223333:table/acode/*"]""",
            statements.Single(one => one["Action"]!.AsArray().Any(action => (string)action! == "glue:GetTable"))["Resource"]!.ToJsonString());
        Assert.Equal("""["arn:aws:s3:::answers/acode/*"]""", statements.Single(one => one["Action"]!.AsArray().Any(action => (string)action! == "s3:PutObject"))["Resource"]!.ToJsonString());
        Assert.Equal("""{"StringLike":{"s3:prefix":["acode/*"]}}""", statements.Single(one => (string)one["Sid"]! == "ListLakeAnswers")["Condition"]!.ToJsonString());
        Assert.Equal(["acode/trino"], Secrets(Environment with { Lake = new LakeDefinition { Engine = LakeEngine.Trino, Credential = Secret("acode/trino") } }, Need.AskLakeEngine));
    }

    private static CredentialReference Secret(string name) => new(CredentialHolder.SecretsManager, name);

    private static IEnumerable<string> Secrets(AcodeEnvironment environment, params Need[] needs) =>
        AwsPermissions.Of(needs, environment, new AwsNames(environment, "us-east-2", "111122223333")).Select(permission => permission.Secret?.Name).OfType<string>().Distinct();

    private static IEnumerable<string> Resources(Need[] needs, string region) =>
        Statements(needs, region).SelectMany(statement => statement["Resource"]!.AsArray().Select(resource => (string)resource!));

    private static IEnumerable<JsonNode> Statements(Need[] needs, string region, AcodeEnvironment? environment = null) =>
        IamPolicy.Write(needs, environment ?? Environment, new AwsNames(environment ?? Environment, region, "111122223333"))
            .SelectMany(policy => JsonNode.Parse(policy)!["Statement"]!.AsArray()).Select(statement => statement!);
}
