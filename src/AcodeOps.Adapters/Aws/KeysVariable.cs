using AcodeOps.Adapters.Secrets;
using Amazon.Runtime;

namespace AcodeOps.Adapters.Aws;

/// <summary>AWS keys in a variable of the process environment, as JSON.</summary>
internal sealed class KeysVariable(CredentialReference reference)
{
    /// <summary>The keys as they are now.</summary>
    /// <exception cref="AcodeException"><c>AwsCredentialsNotFound</c>, <c>AwsCredentialsUnreadable</c>; never with the content.</exception>
    public AWSCredentials Read()
    {
        string? text = Environment.GetEnvironmentVariable(reference.Name);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new AcodeException("AwsCredentialsNotFound", FailureClass.Authentication, $"The variable {reference.Name} of the process environment is not set.");
        }

        if (SecretDocument.TryParse(text) is not { } document
            || document.Text("access_key_id", "aws_access_key_id", "accesskeyid") is not { } id
            || document.Text("secret_access_key", "aws_secret_access_key", "secretaccesskey") is not { } secret)
        {
            throw new AcodeException("AwsCredentialsUnreadable", FailureClass.InvalidInput,
                $"The variable {reference.Name} does not hold a JSON object with access_key_id and secret_access_key.");
        }

        return document.Text("session_token", "aws_session_token", "sessiontoken") is { } token
            ? new SessionAWSCredentials(id, secret, token)
            : new BasicAWSCredentials(id, secret);
    }
}
