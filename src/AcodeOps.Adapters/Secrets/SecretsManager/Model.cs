using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

/// <summary>What every request is.</summary>
internal abstract class AmazonSecretsManagerRequest : AmazonWebServiceRequest;

/// <summary>Asks for one version's value.</summary>
internal sealed class GetSecretValueRequest : AmazonSecretsManagerRequest
{
    public string? SecretId { get; set; }

    public string? VersionId { get; set; }

    public string? VersionStage { get; set; }
}

/// <summary>One version's value.</summary>
internal sealed class GetSecretValueResponse : AmazonWebServiceResponse
{
    public string? ARN { get; set; }

    public DateTime? CreatedDate { get; set; }

    public string? Name { get; set; }

    public MemoryStream? SecretBinary { get; set; }

    public string? SecretString { get; set; }

    public string? VersionId { get; set; }

    public List<string>? VersionStages { get; set; }
}

/// <summary>Adds a version. The token makes a repetition harmless and becomes the version's id.</summary>
internal sealed class PutSecretValueRequest : AmazonSecretsManagerRequest
{
    public string ClientRequestToken { get; set; } = Guid.NewGuid().ToString();

    public MemoryStream? SecretBinary { get; set; }

    public string? SecretId { get; set; }

    public string? SecretString { get; set; }

    public List<string>? VersionStages { get; set; }
}

/// <summary>The version that was added.</summary>
internal sealed class PutSecretValueResponse : AmazonWebServiceResponse
{
    public string? ARN { get; set; }

    public string? Name { get; set; }

    public string? VersionId { get; set; }

    public List<string>? VersionStages { get; set; }
}

/// <summary>Makes a secret.</summary>
internal sealed class CreateSecretRequest : AmazonSecretsManagerRequest
{
    public string ClientRequestToken { get; set; } = Guid.NewGuid().ToString();

    public string? Description { get; set; }

    public string? KmsKeyId { get; set; }

    public string? Name { get; set; }

    public MemoryStream? SecretBinary { get; set; }

    public string? SecretString { get; set; }
}

/// <summary>The secret that was made.</summary>
internal sealed class CreateSecretResponse : AmazonWebServiceResponse
{
    public string? ARN { get; set; }

    public string? Name { get; set; }

    public string? VersionId { get; set; }
}

/// <summary>Asks what is known of a secret.</summary>
internal sealed class DescribeSecretRequest : AmazonSecretsManagerRequest
{
    public string? SecretId { get; set; }
}

/// <summary>What is known of a secret.</summary>
internal sealed class DescribeSecretResponse : AmazonWebServiceResponse
{
    public string? ARN { get; set; }

    public DateTime? CreatedDate { get; set; }

    public DateTime? DeletedDate { get; set; }

    public string? Description { get; set; }

    public string? KmsKeyId { get; set; }

    public DateTime? LastAccessedDate { get; set; }

    public DateTime? LastChangedDate { get; set; }

    public DateTime? LastRotatedDate { get; set; }

    public string? Name { get; set; }

    public DateTime? NextRotationDate { get; set; }

    public bool? RotationEnabled { get; set; }

    public string? RotationLambdaARN { get; set; }

    public Dictionary<string, List<string>>? VersionIdsToStages { get; set; }
}

/// <summary>Has the secret's Lambda rotate it. The token becomes the new version's id, and makes a repetition harmless.</summary>
internal sealed class RotateSecretRequest : AmazonSecretsManagerRequest
{
    public string ClientRequestToken { get; set; } = Guid.NewGuid().ToString();

    public string? RotationLambdaARN { get; set; }

    public string? SecretId { get; set; }
}

/// <summary>The version that is to become the current one.</summary>
internal sealed class RotateSecretResponse : AmazonWebServiceResponse
{
    public string? ARN { get; set; }

    public string? Name { get; set; }

    public string? VersionId { get; set; }
}

/// <summary>Moves a label from one version to another.</summary>
internal sealed class UpdateSecretVersionStageRequest : AmazonSecretsManagerRequest
{
    public string? MoveToVersionId { get; set; }

    public string? RemoveFromVersionId { get; set; }

    public string? SecretId { get; set; }

    public string? VersionStage { get; set; }
}

/// <summary>The secret whose label was moved.</summary>
internal sealed class UpdateSecretVersionStageResponse : AmazonWebServiceResponse
{
    public string? ARN { get; set; }

    public string? Name { get; set; }
}
