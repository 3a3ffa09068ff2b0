namespace AcodeOps.Access;

/// <summary>The permissions at AWS that needs come to in an environment.</summary>
public static class AwsPermissions
{
    private static readonly HashSet<string> OnBuckets =
        new(["ListBucket", "GetBucketVersioning", "GetEncryptionConfiguration", "GetBucketObjectLockConfiguration"], StringComparer.Ordinal);

    /// <summary>The permissions, each once; one that another covers is left out.</summary>
    public static IReadOnlyList<AwsPermission> Of(IReadOnlyCollection<Need> needs, AcodeEnvironment environment, AwsNames names)
    {
        List<AwsPermission> all =
        [
            .. NeedCatalog.Of<StorageGrant>(needs, environment).SelectMany(grant => InStorage(grant, environment, names)),
            .. NeedCatalog.Of<SecretGrant>(needs, environment).SelectMany(grant => OnSecrets(grant, names)),
            .. NeedCatalog.Of<SigningGrant>(needs, environment).SelectMany(grant => OnSigningKey(grant, environment, names)),
            .. NeedCatalog.Of<AthenaGrant>(needs, environment).SelectMany(_ => OnAthena(environment.Lake, names)),
        ];
        all.AddRange([.. WithKeys(all, names)]);
        List<AwsPermission> wide = [];
        foreach (AwsPermission permission in all.OrderBy(permission => permission.KeyPrefix?.Length ?? 0))
        {
            if (!wide.Exists(other => other.Covers(permission)))
            {
                wide.Add(permission);
            }
        }

        return wide;
    }

    private static IEnumerable<AwsPermission> InStorage(StorageGrant grant, AcodeEnvironment environment, AwsNames names) =>
        from storage in grant.Place.Find(environment)
        let prefix = storage.Prefix + grant.Place.Folder
        from action in grant.Actions
        let isOnBucket = OnBuckets.Contains(action)
        select new AwsPermission($"s3:{action}", isOnBucket ? names.Bucket(storage) : names.Objects(storage, prefix))
        {
            Storage = storage,
            KeyPrefix = isOnBucket && action != "ListBucket" ? null : prefix,
            Subject = isOnBucket && action != "ListBucket" ? "Buckets" : grant.Place.Name,
        };

    private static IEnumerable<AwsPermission> OnSecrets(SecretGrant grant, AwsNames names) =>
        from secret in names.Secrets(grant.Secrets)
        from action in grant.Actions
        select new AwsPermission($"secretsmanager:{action}", names.Secret(secret)) { Secret = secret, Subject = "Secrets" };

    private static IEnumerable<AwsPermission> OnSigningKey(SigningGrant grant, AcodeEnvironment environment, AwsNames names) =>
        environment.Audit.SigningKey is not { Holder: CredentialHolder.Kms } key
            ? []
            : grant.Actions.Select(action => new AwsPermission($"kms:{action}", names.Key(key.Name, names.Region)) { Key = key.Name, Subject = "SigningKey" });

    // Source: "Access to Athena" and "Access to the Glue Data Catalog" of Athena's user guide. The lake's own objects are read by another need.
    private static IEnumerable<AwsPermission> OnAthena(LakeDefinition lake, AwsNames names)
    {
        string In(string service) => $"arn:{names.Partition}:{service}:{names.Region}:{names.Account}";
        foreach (string action in (string[])["StartQueryExecution", "GetQueryExecution", "GetQueryResults", "StopQueryExecution", "GetWorkGroup"])
        {
            yield return new AwsPermission($"athena:{action}", $"{In("athena")}:workgroup/{lake.WorkGroup}") { Subject = "LakeQuestions" };
        }

        string[] tables = [$"{In("glue")}:catalog", $"{In("glue")}:database/{lake.Database}", $"{In("glue")}:table/{lake.Database}/*"];
        foreach ((string action, string resource) in from action in (string[])["GetDatabase", "GetTable", "GetTables", "GetPartitions"] from resource in tables select (action, resource))
        {
            yield return new AwsPermission($"glue:{action}", resource) { Subject = "LakeCatalog" };
        }

        if (lake.Output is { } output)
        {
            string bucket = $"arn:{names.Partition}:s3:::{output.Authority}", prefix = output.AbsolutePath.TrimStart('/');
            yield return new AwsPermission("s3:GetBucketLocation", bucket) { Subject = "LakeAnswers" };
            yield return new AwsPermission("s3:ListBucket", bucket) { KeyPrefix = prefix, Subject = "LakeAnswers" };
            foreach (string action in (string[])["GetObject", "PutObject", "AbortMultipartUpload"])
            {
                yield return new AwsPermission($"s3:{action}", $"{bucket}/{prefix}*") { Subject = "LakeAnswers" };
            }
        }
    }

    // What is encrypted with a key of the account's own is read and written by its leave. A copy in parts reads what it has written.
    private static IEnumerable<AwsPermission> WithKeys(IEnumerable<AwsPermission> permissions, AwsNames names) =>
        from permission in permissions
        where permission.Storage?.KmsKey is not null && permission.Action is "s3:GetObject" or "s3:PutObject"
        from action in permission.Action == "s3:GetObject" ? (string[])["Decrypt"] : ["Decrypt", "GenerateDataKey"]
        select new AwsPermission($"kms:{action}", names.Key(permission.Storage!.KmsKey!, names.RegionOf(permission.Storage))) { Storage = permission.Storage, Key = permission.Storage.KmsKey, Subject = "Keys" };
}
