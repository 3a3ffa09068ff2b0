namespace AcodeOps;

/// <summary>What a role's permissions are written as.</summary>
public enum AccessPolicyFormat
{
    /// <summary>IAM policies, as JSON.</summary>
    Iam,

    /// <summary>A Kubernetes Role and its RoleBinding, as YAML.</summary>
    Kubernetes,

    /// <summary>External Secrets' SecretStore and ExternalSecrets, as YAML, in place of Secrets in base64.</summary>
    ExternalSecret,

    /// <summary>GRANT statements for each source.</summary>
    MySql,
}
