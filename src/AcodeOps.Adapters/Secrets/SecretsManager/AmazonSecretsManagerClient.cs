using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SecretsManager.Internal;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>The client: the SDK's own pipeline (credentials, signing, retries) with one marshaller for every operation.</summary>
internal sealed class AmazonSecretsManagerClient(AWSCredentials credentials, AmazonSecretsManagerConfig clientConfig)
    : AmazonServiceClient(credentials, clientConfig), IAmazonSecretsManager
{
    /// <inheritdoc />
    public Task<CreateSecretResponse> CreateSecretAsync(CreateSecretRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<CreateSecretRequest, CreateSecretResponse>(request, cancellationToken);

    /// <inheritdoc />
    public Task<DescribeSecretResponse> DescribeSecretAsync(DescribeSecretRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeSecretRequest, DescribeSecretResponse>(request, cancellationToken);

    /// <inheritdoc />
    public Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<GetSecretValueRequest, GetSecretValueResponse>(request, cancellationToken);

    /// <inheritdoc />
    public Task<PutSecretValueResponse> PutSecretValueAsync(PutSecretValueRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<PutSecretValueRequest, PutSecretValueResponse>(request, cancellationToken);

    /// <inheritdoc />
    public Task<RotateSecretResponse> RotateSecretAsync(RotateSecretRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<RotateSecretRequest, RotateSecretResponse>(request, cancellationToken);

    /// <inheritdoc />
    public Task<UpdateSecretVersionStageResponse> UpdateSecretVersionStageAsync(UpdateSecretVersionStageRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<UpdateSecretVersionStageRequest, UpdateSecretVersionStageResponse>(request, cancellationToken);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSecretsManagerConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonSecretsManagerClient(awsCredentials, (AmazonSecretsManagerConfig)clientConfig);

    /// <inheritdoc />
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new SecretsManagerEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SecretsManagerAuthHandler());
    }

    private Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request, CancellationToken cancel)
        where TRequest : AmazonSecretsManagerRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = JsonRequestMarshaller<TRequest>.Instance,
                ResponseUnmarshaller = JsonResponseUnmarshaller<TResponse>.Instance,
            },
            cancel);
}
