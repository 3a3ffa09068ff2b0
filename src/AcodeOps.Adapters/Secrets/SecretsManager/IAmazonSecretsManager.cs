using Amazon.Runtime;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>
/// Secrets Manager, as far as this product asks it. Names are those of the package AWSSDK.SecretsManager, so that the
/// package can take this folder's place.
/// </summary>
internal interface IAmazonSecretsManager : IAmazonService, IDisposable
{
    /// <summary>Makes a secret with its first version.</summary>
    Task<CreateSecretResponse> CreateSecretAsync(CreateSecretRequest request, CancellationToken cancellationToken = default);

    /// <summary>What is known of a secret, its value left out.</summary>
    Task<DescribeSecretResponse> DescribeSecretAsync(DescribeSecretRequest request, CancellationToken cancellationToken = default);

    /// <summary>The value of one version.</summary>
    Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default);

    /// <summary>Adds a version; it becomes the current one unless the request says otherwise.</summary>
    Task<PutSecretValueResponse> PutSecretValueAsync(PutSecretValueRequest request, CancellationToken cancellationToken = default);

    /// <summary>Has the secret's Lambda rotate it; returns before it is done.</summary>
    Task<RotateSecretResponse> RotateSecretAsync(RotateSecretRequest request, CancellationToken cancellationToken = default);

    /// <summary>Moves a label from one version to another.</summary>
    Task<UpdateSecretVersionStageResponse> UpdateSecretVersionStageAsync(UpdateSecretVersionStageRequest request, CancellationToken cancellationToken = default);
}
