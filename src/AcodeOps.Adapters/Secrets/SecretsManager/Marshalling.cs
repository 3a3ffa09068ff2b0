using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager.Internal;

/// <summary>One marshaller for every operation: the request as JSON, and X-Amz-Target from the name of its type.</summary>
internal sealed class JsonRequestMarshaller<TRequest> : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonSecretsManagerRequest
{
    public static readonly JsonRequestMarshaller<TRequest> Instance = new();
    private static readonly string Target = "secretsmanager." + typeof(TRequest).Name[..^"Request".Length];

    /// <inheritdoc />
    public IRequest Marshall(AmazonWebServiceRequest input) => new DefaultRequest(input, "Amazon.SecretsManager")
    {
        Headers =
        {
            ["X-Amz-Target"] = Target,
            ["Content-Type"] = "application/x-amz-json-1.1",
            ["x-amz-api-version"] = "2017-10-17",
        },
        HttpMethod = "POST",
        ResourcePath = "/",
        Content = JsonSerializer.SerializeToUtf8Bytes((TRequest)input, ModelJson.Options),
    };
}

/// <summary>One unmarshaller for every operation.</summary>
internal sealed class JsonResponseUnmarshaller<TResponse> : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public static readonly JsonResponseUnmarshaller<TResponse> Instance = new();

    /// <inheritdoc />
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) =>
        JsonSerializer.Deserialize<TResponse>(input.Stream, ModelJson.Options) ?? new TResponse();

    /// <inheritdoc />
    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        StreamingUtf8JsonReader reader = new(input.Stream, AWSConfigs.StreamingUtf8JsonReaderBufferSize ?? 4096, input.JsonMaxDepth);
        ErrorResponse e = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        return e.Code switch
        {
            "ResourceNotFoundException" => new ResourceNotFoundException(e.Message, innerException, e.Type, e.Code, e.RequestId, statusCode),
            "InvalidRequestException" => new InvalidRequestException(e.Message, innerException, e.Type, e.Code, e.RequestId, statusCode),
            "ResourceExistsException" => new ResourceExistsException(e.Message, innerException, e.Type, e.Code, e.RequestId, statusCode),
            _ => new AmazonSecretsManagerException(e.Message, innerException, e.Type, e.Code, e.RequestId, statusCode),
        };
    }
}
