using System.Text.Json.Nodes;

namespace AcodeOps.Access;

/// <summary>Puts permissions together into statements that a person can read, and adds what is forbidden whatever else is attached.</summary>
internal static class PolicyStatements
{
    private static readonly string[] Deletions = ["s3:BypassGovernanceRetention", "s3:DeleteObject", "s3:DeleteObjectVersion"];

    /// <summary>The statements of a policy.</summary>
    public static IReadOnlyList<PolicyStatement> Of(IReadOnlyCollection<AwsPermission> permissions, AcodeEnvironment environment, AwsNames names)
    {
        List<PolicyStatement> statements =
        [
            .. Listings(permissions.Where(permission => permission.IsListing)),
            .. Grouped(permissions.Where(permission => !permission.IsListing && !IsOnKey(permission))),
            .. StorageKeys(permissions.Where(permission => IsOnKey(permission) && permission.Storage is not null), names),
            .. SigningKeys(permissions.Where(permission => IsOnKey(permission) && permission.Storage is null)),
        ];
        string[] kept = [.. environment.Storages.Where(storage => storage.Role.IsKept()).Select(storage => names.Bucket(storage) + "/*").Distinct()];
        if (kept.Length > 0 && permissions.Any(permission => permission.Action.StartsWith("s3:", StringComparison.Ordinal)))
        {
            statements.Add(new PolicyStatement("NeverDeleteBackupOrAudit", Deletions, kept) { Allows = false });
        }

        return Named(statements);
    }

    // Listing is an action on the bucket: that it is only of some folders is a condition.
    private static IEnumerable<PolicyStatement> Listings(IEnumerable<AwsPermission> permissions) =>
        from bucket in permissions.GroupBy(permission => permission.Resource)
        let prefixes = bucket.Select(permission => permission.KeyPrefix!).Distinct().Order(StringComparer.Ordinal).ToArray()
        select new PolicyStatement("List" + (bucket.First().Storage?.Role.ToString() ?? bucket.First().Subject), ["s3:ListBucket"], [bucket.Key])
        {
            Condition = prefixes.Contains("")
                ? null
                : new JsonObject { ["StringLike"] = new JsonObject { ["s3:prefix"] = new JsonArray([.. prefixes.Select(prefix => (JsonNode)(prefix + "*"))]) } },
        };

    // Resources on which the same may be done share a statement.
    private static IEnumerable<PolicyStatement> Grouped(IEnumerable<AwsPermission> permissions) =>
        from one in permissions.GroupBy(permission => permission.Resource).Select(of => (
            of.Key, Actions: of.Select(permission => permission.Action).Distinct().Order(StringComparer.Ordinal).ToArray(), Subjects: of.Select(permission => permission.Subject)))
        group one by string.Join(' ', one.Actions) into alike
        let subjects = alike.SelectMany(one => one.Subjects).Distinct().Order(StringComparer.Ordinal).ToArray()
        select new PolicyStatement(Verb(alike.First().Actions) + string.Concat(subjects), alike.First().Actions, [.. alike.Select(one => one.Key).Order(StringComparer.Ordinal)]);

    private static bool IsOnKey(AwsPermission permission) => permission.Action.StartsWith("kms:", StringComparison.Ordinal);

    // A key serves S3 only, in the storage's region.
    private static IEnumerable<PolicyStatement> StorageKeys(IEnumerable<AwsPermission> permissions, AwsNames names) =>
        from key in permissions.GroupBy(permission => (permission.Resource, Region: names.RegionOf(permission.Storage!), Alias: AwsNames.AliasOf(permission.Storage!.KmsKey!)))
        let condition = new JsonObject
        {
            ["StringEquals"] = new JsonObject { ["kms:ViaService"] = $"s3.{key.Key.Region}.amazonaws.com{(names.Partition == "aws-cn" ? ".cn" : "")}" },
        }
        select new PolicyStatement("UseKeys", [.. key.Select(permission => permission.Action).Distinct().Order(StringComparer.Ordinal)], [key.Key.Resource])
        {
            Condition = key.Key.Alias is { } alias ? With(condition, "ForAnyValue:StringEquals", "kms:ResourceAliases", alias) : condition,
        };

    private static JsonObject With(JsonObject condition, string test, string name, string value)
    {
        condition[test] = new JsonObject { [name] = value };
        return condition;
    }

    private static IEnumerable<PolicyStatement> SigningKeys(IEnumerable<AwsPermission> permissions) =>
        from key in permissions.GroupBy(permission => (permission.Resource, Alias: AwsNames.AliasOf(permission.Key!)))
        select new PolicyStatement("SignAudit", [.. key.Select(permission => permission.Action).Distinct().Order(StringComparer.Ordinal)], [key.Key.Resource])
        {
            Condition = key.Key.Alias is { } alias ? With([], "ForAnyValue:StringEquals", "kms:ResourceAliases", alias) : null,
        };

    private static string Verb(IReadOnlyCollection<string> actions)
    {
        bool Has(string word) => actions.Any(action => action.Contains(word, StringComparison.Ordinal));
        return (Has(":Get") ? "Read" : "") + (Has(":Put") || Has(":Create") ? "Write" : "") + (Has(":Delete") ? "Delete" : "");
    }

    // IAM wants each name once.
    private static List<PolicyStatement> Named(List<PolicyStatement> statements)
    {
        Dictionary<string, int> seen = [];
        return statements.ConvertAll(statement =>
        {
            int count = seen[statement.Sid] = seen.GetValueOrDefault(statement.Sid) + 1;
            return count == 1 ? statement : statement with { Sid = FormattableString.Invariant($"{statement.Sid}{count}") };
        });
    }
}
