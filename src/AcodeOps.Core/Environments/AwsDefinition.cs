namespace AcodeOps;

/// <summary>How AWS is reached. Everything left out is found as the AWS SDKs find it.</summary>
public sealed record AwsDefinition
{
    /// <summary>The region's system name: <c>us-east-2</c>.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// The credential: <c>profile:NAME</c>, or <c>env:NAME</c> for a variable that holds
    /// <c>{"access_key_id": …, "secret_access_key": …, "session_token": …}</c>. Null for the SDK's own chain
    /// (environment, profile, SSO, web identity, ECS, IMDS).
    /// </summary>
    public CredentialReference? Credential { get; init; }

    /// <summary>A credentials file to read profiles from; null for the usual ones (<c>~/.aws</c>, or what the AWS variables say).</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>Endpoints that replace AWS's own, for S3-compatible servers and tests.</summary>
    public AwsEndpoints Endpoints { get; init; } = new();

    /// <inheritdoc />
    public override string ToString() => Region ?? "region of the session";
}

/// <summary>Endpoints by service; null for AWS's own.</summary>
public sealed record AwsEndpoints
{
    /// <summary>S3; objects are then addressed by path.</summary>
    public Uri? S3 { get; init; }

    /// <summary>Secrets Manager.</summary>
    public Uri? SecretsManager { get; init; }

    /// <summary>STS.</summary>
    public Uri? Sts { get; init; }

    /// <summary>IAM, whose simulator is asked what an identity may do.</summary>
    public Uri? Iam { get; init; }

    /// <summary>KMS.</summary>
    public Uri? Kms { get; init; }

    /// <summary>Athena.</summary>
    public Uri? Athena { get; init; }
}
