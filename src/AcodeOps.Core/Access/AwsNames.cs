namespace AcodeOps.Access;

/// <summary>The names of an environment's resources as AWS writes them.</summary>
/// <param name="environment">The environment.</param>
/// <param name="region">The region of what names none itself.</param>
/// <param name="account">The account's number; <c>*</c> where it is not known.</param>
public sealed class AwsNames(AcodeEnvironment environment, string region, string account)
{
    private const int SuffixLength = 6;

    /// <summary>The partition: <c>aws</c>, or that of China or of the United States' government.</summary>
    public string Partition { get; } = PartitionOf(region);

    /// <summary>The account.</summary>
    public string Account => account;

    /// <summary>The region.</summary>
    public string Region => region;

    /// <summary>The partition of a region.</summary>
    public static string PartitionOf(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ => "aws",
    };

    /// <summary>A bucket.</summary>
    public string Bucket(StorageDefinition storage) => $"arn:{Partition}:s3:::{storage.Bucket}";

    /// <summary>The objects of a bucket whose keys start like this.</summary>
    public string Objects(StorageDefinition storage, string keyPrefix) => $"{Bucket(storage)}/{keyPrefix}*";

    /// <summary>A secret. AWS puts a hyphen and six characters behind the name; a reference by ARN may have them.</summary>
    public string Secret(CredentialReference reference)
    {
        if (!reference.Name.StartsWith("arn:", StringComparison.Ordinal))
        {
            return $"arn:{Partition}:secretsmanager:{region}:{account}:secret:{reference.Name}-{new string('?', SuffixLength)}";
        }

        bool isWhole = reference.Name.Length > SuffixLength + 1 && reference.Name[^(SuffixLength + 1)] == '-';
        return isWhole ? reference.Name : $"{reference.Name}-{new string('?', SuffixLength)}";
    }

    /// <summary>A key, by its ARN or id; an alias stands for any key, and is named in the statement's condition.</summary>
    /// <param name="key">The key, as a storage or the audit's definition names it.</param>
    /// <param name="keyRegion">Its region where it is not named by an ARN.</param>
    public string Key(string key, string keyRegion)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (AliasOf(key) is not null)
        {
            return $"arn:{Partition}:kms:{keyRegion}:{account}:key/*";
        }

        return key.StartsWith("arn:", StringComparison.Ordinal) ? key : $"arn:{Partition}:kms:{keyRegion}:{account}:key/{key}";
    }

    /// <summary>The alias that a key is named by; null where it is named by its id.</summary>
    public static string? AliasOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.IndexOf("alias/", StringComparison.Ordinal) is >= 0 and var at ? key[at..] : null;
    }

    /// <summary>The region of a storage.</summary>
    public string RegionOf(StorageDefinition storage) => storage.Region ?? region;

    /// <summary>The secrets of a set that are kept in Secrets Manager, each once.</summary>
    public IEnumerable<CredentialReference> Secrets(SecretSet set) => (set switch
    {
        SecretSet.Sources => environment.Sources.Select(source => source.Credential),
        SecretSet.Administrators => environment.Sources.Where(source => !source.IsPartners).Select(source => source.Administrator).OfType<CredentialReference>(),
        SecretSet.Pseudonyms => environment.Audit.IdentifierKey is { } pseudonyms ? [pseudonyms] : [],
        SecretSet.Signing => environment.Audit.SigningKey is { } signing ? [signing] : [],
        SecretSet.Airbyte => environment.Airbyte.Credential is { } airbyte ? [airbyte] : [],
        SecretSet.LakeEngine => environment.Lake.Credential is { } engine ? [engine] : [],
        SecretSet.Channels => environment.Notifications.Select(channel => channel.Credential).OfType<CredentialReference>(),
        SecretSet.Monitors => environment.Datadog is { } datadog ? [datadog.ApiKey, datadog.ApplicationKey] : [],
        SecretSet.Sinks => environment.Metrics.Sinks.Select(sink => sink.Headers).OfType<CredentialReference>(),
        _ => Secrets(SecretSet.Sources).Concat(Secrets(SecretSet.Airbyte)),
    }).Where(reference => reference.Holder == CredentialHolder.SecretsManager).Distinct();
}
