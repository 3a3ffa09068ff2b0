using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AcodeOps.Secrets;
using Amazon;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecretsManager;
using Amazon.SecurityToken;

namespace AcodeOps.Adapters.Aws;

/// <summary>
/// The AWS account of an environment: one set of credentials, one region, and a client for each service, made at first
/// use and kept. Safe for concurrent use.
/// </summary>
internal sealed class AwsAccount : IDisposable
{
    private readonly AccountCredentials _credentials;
    private readonly AwsRegionFinder _regions;
    private readonly AwsHttp _http = new();
    private readonly AwsClientCache _clients = new();

    /// <summary>Connects nothing yet.</summary>
    /// <param name="definition">The environment's own settings; they go before everything else.</param>
    /// <param name="session">What AWS.Tools has set in the caller's session, or null.</param>
    /// <param name="profilesLocation">A credentials file to read profiles from; null for the usual ones.</param>
    public AwsAccount(AwsDefinition definition, AwsSession? session, string? profilesLocation = null)
    {
        Definition = definition;
        Session = session;
        _credentials = new AccountCredentials(new AwsCredentialChain(definition, session, profilesLocation));
        _regions = new AwsRegionFinder(definition, session, profilesLocation);
    }

    /// <summary>The environment's settings.</summary>
    public AwsDefinition Definition { get; }

    /// <summary>What the caller's session holds.</summary>
    public AwsSession? Session { get; }

    /// <summary>S3 in the given region, or in the account's.</summary>
    /// <param name="region">A storage's own region, or null.</param>
    /// <param name="retries">
    /// False for conditional writes: a retry may meet what its own first attempt wrote, and report as lost what was won.
    /// </param>
    /// <param name="cancel">Ends the search for the region.</param>
    public async Task<AwsClient<AmazonS3Client>> S3Async(string? region, bool retries, CancellationToken cancel)
    {
        region ??= await _regions.FindAsync(Definition.Endpoints.S3, cancel).ConfigureAwait(false);
        return _clients.Get((region, retries), () =>
        {
            AmazonS3Config config = new()
            {
                ForcePathStyle = Definition.Endpoints.S3 is not null,
                // Checksums that the SDK would add by itself are refused by S3-compatible servers.
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            };
            string host = Configure(config, Definition.Endpoints.S3, "s3", region);
            config.MaxErrorRetry = retries ? AwsHttp.Retries : 0;
            return new AwsClient<AmazonS3Client>(new AmazonS3Client(_credentials, config), "Storage", host);
        });
    }

    /// <summary>Secrets Manager in the account's region.</summary>
    public async Task<AwsClient<AmazonSecretsManagerClient>> SecretsManagerAsync(CancellationToken cancel)
    {
        string region = await _regions.FindAsync(Definition.Endpoints.SecretsManager, cancel).ConfigureAwait(false);
        return _clients.Get("secretsmanager", () =>
        {
            AmazonSecretsManagerConfig config = new();
            string host = Configure(config, Definition.Endpoints.SecretsManager, "secretsmanager", region);
            return new AwsClient<AmazonSecretsManagerClient>(new AmazonSecretsManagerClient(_credentials, config), "Secrets", host);
        });
    }

    /// <summary>STS in the account's region.</summary>
    public async Task<AwsClient<AmazonSecurityTokenServiceClient>> StsAsync(CancellationToken cancel)
    {
        string region = await _regions.FindAsync(Definition.Endpoints.Sts, cancel).ConfigureAwait(false);
        return _clients.Get("sts", () =>
        {
            AmazonSecurityTokenServiceConfig config = new();
            string host = Configure(config, Definition.Endpoints.Sts, "sts", region);
            return new AwsClient<AmazonSecurityTokenServiceClient>(new AmazonSecurityTokenServiceClient(_credentials, config), "Sts", host);
        });
    }

    /// <summary>Asks IAM, and gives what it tells of the action.</summary>
    /// <exception cref="AcodeException">It refused, or did not answer.</exception>
    public async Task<XElement> IamAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancel)
    {
        (Uri endpoint, string region) = IamQuery.Of(await _regions.FindAsync(Definition.Endpoints.Iam, cancel).ConfigureAwait(false));
        endpoint = Definition.Endpoints.Iam ?? endpoint;
        AwsCallee callee = new("Iam", endpoint.Authority, "what an identity may do");
        XElement answer = await AskAsync(callee, keys => new IamQuery(_http.Client, endpoint, region).PostAsync(form, keys, cancel), cancel).ConfigureAwait(false);
        return answer.Elements().FirstOrDefault(e => e.Name.LocalName == form["Action"] + "Result") ?? throw AwsFailures.NotTheService(callee);
    }

    /// <summary>Asks Athena in the account's region.</summary>
    /// <param name="action">The action, as its API names it.</param>
    /// <param name="body">What it is asked.</param>
    /// <param name="subject">What it is about, for messages.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="AcodeException">It refused, or did not answer.</exception>
    public async Task<JsonElement> AthenaAsync(string action, JsonObject body, string subject, CancellationToken cancel)
    {
        string region = await _regions.FindAsync(Definition.Endpoints.Athena, cancel).ConfigureAwait(false);
        Uri endpoint = Definition.Endpoints.Athena ?? new Uri($"https://athena.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}");
        return await AskAsync(
            new AwsCallee("Athena", endpoint.Authority, subject), keys => new AthenaApi(_http.Client, endpoint, region).PostAsync(action, body, keys, cancel), cancel).ConfigureAwait(false);
    }

    /// <summary>KMS in the account's region.</summary>
    public async Task<AwsClient<AmazonKeyManagementServiceClient>> KmsAsync(CancellationToken cancel)
    {
        string region = await _regions.FindAsync(Definition.Endpoints.Kms, cancel).ConfigureAwait(false);
        return _clients.Get("kms", () =>
        {
            AmazonKeyManagementServiceConfig config = new();
            string host = Configure(config, Definition.Endpoints.Kms, "kms", region);
            return new AwsClient<AmazonKeyManagementServiceClient>(new AmazonKeyManagementServiceClient(_credentials, config), "Kms", host);
        });
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _clients.Dispose();
        _http.Dispose();
    }

    // What no SDK client here speaks to: signed by hand, and its failures told as the others' are.
    private async Task<T> AskAsync<T>(AwsCallee callee, Func<ImmutableCredentials, Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask(await _credentials.GetCredentialsAsync().WaitAsync(cancel).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not AcodeException and not OutOfMemoryException)
        {
            cancel.ThrowIfCancellationRequested();
            throw AwsFailures.Classify(e, callee);
        }
    }

    // Returns the host that messages name.
    private string Configure(ClientConfig config, Uri? endpoint, string service, string region)
    {
        config.HttpClientFactory = _http;
        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = AwsHttp.Retries;
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            return $"{service}.{region}.{config.RegionEndpoint.PartitionDnsSuffix}";
        }

        config.ServiceURL = endpoint.AbsoluteUri;
        config.AuthenticationRegion = region;
        return endpoint.Authority;
    }
}
