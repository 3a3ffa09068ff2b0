using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Identities;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Module.Tests.EndToEnd;
using Amazon.S3;

namespace AcodeOps.Module.Tests.Access;

/// <summary>A lab as somebody sees it who has the permissions of one policy and no others, while its servers enforce them.</summary>
internal sealed class PolicySite : IAsyncDisposable
{
    private readonly LabSite _site;
    private readonly LabIdentity _identity;
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-policy-").FullName;

    private PolicySite(LabSite site, LabIdentity identity) => (_site, _identity) = (site, identity);

    /// <summary>The environment file, with the spool in a folder of its own.</summary>
    public string EnvironmentFile => Path.Combine(_folder, LabEnvironmentFile.FileName);

    /// <summary>Who that is.</summary>
    public string User => _identity.Name;

    /// <summary>The folder of all that this somebody writes.</summary>
    public string Folder => _folder;

    /// <summary>Where records wait.</summary>
    public string Spool => Path.Combine(_folder, "spool", "lab");

    /// <summary>Where the journals of runs are.</summary>
    public string Journals => Path.Combine(_folder, "journals", "lab");

    public static async Task<PolicySite> StartAsync(LabSite site, CancellationToken cancel)
    {
        LabIdentity identity = await LabIdentity.CreateAsync(site, $"somebody-{Guid.NewGuid():N}", cancel);
        PolicySite policies = new(site, identity);
        string text = await File.ReadAllTextAsync(Path.Combine(site.Folder, LabEnvironmentFile.FileName), cancel);
        string signed = text.Replace("legalBasis: rehearsal,", $"legalBasis: rehearsal, signingKey: \"kms:{await site.Cloud.AddSigningKeyAsync(cancel)}\",", StringComparison.Ordinal);
        Assert.NotEqual(text, signed);
        await File.WriteAllTextAsync(policies.EnvironmentFile, signed, cancel);
        LabEnvironmentFile.WriteCredentials(policies._folder, identity.Key);
        return policies;
    }

    /// <summary>From now on the servers ask the policies.</summary>
    public Task EnforceAsync(CancellationToken cancel) => _site.Cloud.EnforcePoliciesAsync(isOn: true, cancel);

    /// <summary>Gives the identity these permissions.</summary>
    public Task SetAsync(JsonObject policy, CancellationToken cancel) => _identity.SetPolicyAsync(policy, cancel);

    /// <summary>A new session of the identity, which knows nothing yet that it was told before.</summary>
    public LabSession Open() => new($"{EnvironmentFile}#lab");

    /// <summary>S3 as the identity itself sees it.</summary>
    public AmazonS3Client OpenStorage() => StorageClient.Open(_site.StorageEndpoint, _identity.Key);

    public async ValueTask DisposeAsync()
    {
        await _site.Cloud.EnforcePoliciesAsync(isOn: false, CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }
}
