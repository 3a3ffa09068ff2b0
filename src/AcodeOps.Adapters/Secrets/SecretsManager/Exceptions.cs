using System.Net;
using Amazon.Runtime;

namespace Amazon.SecretsManager
{
    /// <summary>An answer of Secrets Manager that is an error.</summary>
    internal class AmazonSecretsManagerException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
}

namespace Amazon.SecretsManager.Model
{
    /// <summary>There is no such secret, or no such version of it.</summary>
    internal sealed class ResourceNotFoundException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : AmazonSecretsManagerException(message, innerException, errorType, errorCode, requestId, statusCode);

    /// <summary>The secret's state does not allow it: it is marked for deletion, for one.</summary>
    internal sealed class InvalidRequestException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : AmazonSecretsManagerException(message, innerException, errorType, errorCode, requestId, statusCode);

    /// <summary>The secret, or a version with this token and another value, is there already.</summary>
    internal sealed class ResourceExistsException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : AmazonSecretsManagerException(message, innerException, errorType, errorCode, requestId, statusCode);
}
