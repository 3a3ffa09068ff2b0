using System.Text.Json.Nodes;
using AcodeOps.Lab.Servers.Storage;

namespace AcodeOps.Lab.Servers.Identities;

/// <summary>
/// A user of the lab who may do what its policy says and nothing else: one pair of keys, known to the S3 server and to the one that plays
/// Secrets Manager. Buckets belong to others, so that the S3 server asks the policy.
/// </summary>
public sealed class LabIdentity
{
    private const string PolicyName = "acode";
    private readonly LabSite _site;

    // Who may write policies also while the cloud enforces them.
    private readonly StorageKey _cloudAdministrator;

    private LabIdentity(LabSite site, string name, StorageKey key, StorageKey cloudAdministrator) =>
        (_site, Name, Key, _cloudAdministrator) = (site, name, key, cloudAdministrator);

    /// <summary>The user.</summary>
    public string Name { get; }

    /// <summary>Its keys.</summary>
    public StorageKey Key { get; }

    /// <summary>Makes a user that may do nothing yet.</summary>
    public static async Task<LabIdentity> CreateAsync(LabSite site, string name, CancellationToken cancel)
    {
        string administrator = $"{name}-administrator";
        StorageKey key = await site.Cloud.AddUserAsync(name, cancel), administratorKey = await site.Cloud.AddUserAsync(administrator, cancel);
        await PutAsync(site.Cloud.Endpoint, administratorKey, administrator, PolicyDialects.Everything, cancel);
        await site.Storage.AddUserAsync(name, key, cancel);
        return new LabIdentity(site, name, key, administratorKey);
    }

    /// <summary>Gives the user this policy, in place of the one before; each server takes the statements that concern it.</summary>
    public async Task SetPolicyAsync(JsonObject policy, CancellationToken cancel)
    {
        await PutAsync(_site.Storage.Endpoint, _site.Coordinates.AdministratorKey, Name, PolicyDialects.ForStorage(policy), cancel);
        await PutAsync(_site.Cloud.Endpoint, _cloudAdministrator, Name, PolicyDialects.ForCloud(policy), cancel);
    }

    private static async Task PutAsync(string endpoint, StorageKey by, string user, JsonObject policy, CancellationToken cancel) => await SignedForm.PostAsync(
        endpoint, by,
        new Dictionary<string, string>
        {
            ["Action"] = "PutUserPolicy",
            ["Version"] = "2010-05-08",
            ["UserName"] = user,
            ["PolicyName"] = PolicyName,
            ["PolicyDocument"] = policy.ToJsonString(),
        },
        cancel);
}
