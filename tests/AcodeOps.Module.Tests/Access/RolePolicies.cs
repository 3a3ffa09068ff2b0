using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Identities;
using AcodeOps.Module.Tests.EndToEnd;

namespace AcodeOps.Module.Tests.Access;

/// <summary>
/// Lets all tests on shared labs run with exactly what the policies of all roles allow, where <c>ACODE_TEST_POLICY=1</c>: the S3 server asks
/// them at each call. Usually the labs' user owns its buckets.
/// </summary>
internal static class RolePolicies
{
    private static readonly string[] Environments = ["lab", "installed", "incremental"];

    public static bool AreImposed => Environment.GetEnvironmentVariable("ACODE_TEST_POLICY") == "1";

    /// <summary>From now on the lab's environments use a user who may do nothing else.</summary>
    public static async Task ImposeAsync(LabSite site, CancellationToken cancel)
    {
        LabIdentity identity = await LabIdentity.CreateAsync(site, $"roles-{Guid.NewGuid():N}", cancel);
        JsonArray statements = [];
        foreach (JsonNode? statement in Environments.SelectMany(environment => Written(site, environment)).SelectMany(policy => policy["Statement"]!.AsArray()))
        {
            JsonNode own = statement!.DeepClone();
            own["Sid"] = $"Statement{statements.Count}";
            statements.Add(own);
        }

        await identity.SetPolicyAsync(new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statements }, cancel);
        site.UseIdentity(identity);
    }

    private static IEnumerable<JsonObject> Written(LabSite site, string environment)
    {
        using LabSession session = new($"{Path.Combine(site.Folder, LabEnvironmentFile.FileName)}#{environment}");
        return [.. Enum.GetNames<AccessRole>().Select(role => JsonNode.Parse($"{session.Run($"Export-AcodeAccessPolicy {role}").Only}")!.AsObject())];
    }
}
