using System.Management.Automation;
using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;

namespace AcodeOps.Module.Tests.Secrets;

/// <summary>Find-AcodeSecret over the configuration that Airbyte has.</summary>
[Collection(SharedSites.Collection)]
public sealed class FindLiveSecretTests(SharedSites sites)
{
    private const string Password = "Farmacia2024";

    [Fact]
    public async Task A_secret_in_a_setting_that_the_connector_does_not_declare_is_found_and_not_shown()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        Assert.Empty(session.Run("Find-AcodeSecret -Live").Clean());
        Assert.Equal("True", $"{session.Run("Find-AcodeSecret -Live -Quiet").Only}");
        using AirbyteClient airbyte = await AirbyteClient.OpenAsync(new Uri(site.Airbyte.Endpoint), site.Airbyte.Folder, cancel);
        JsonNode source = (await airbyte.SendAsync(HttpMethod.Get, "/api/public/v1/sources?limit=1&offset=0", null, cancel))["data"]![0]!;
        string path = $"/api/public/v1/sources/{source["sourceId"]}";
        string? before = (string?)source["configuration"]!["jdbc_url_params"];
        try
        {
            await airbyte.SendAsync(HttpMethod.Patch, path, new JsonObject { ["configuration"] = new JsonObject { ["jdbc_url_params"] = $"connectTimeout=1000&trustCertificateKeyStorePassword={Password}" } }, cancel);

            PSObject finding = Assert.Single(session.Run("Find-AcodeSecret -Live").Clean());

            Assert.Equal("UndeclaredSecret", $"{finding.Properties["Rule"].Value}");
            Assert.Equal($"source {source["name"]}: jdbc_url_params", $"{finding.Properties["Target"].Value}");
            Assert.DoesNotContain(Password, string.Concat(session.Run("Find-AcodeSecret -Live -Verbose -Debug *>&1 | Format-List * | Out-String").Clean()), StringComparison.Ordinal);
            Assert.Equal("False", $"{session.Run("Find-AcodeSecret -Live -Quiet").Only}");
        }
        finally
        {
            await airbyte.SendAsync(HttpMethod.Patch, path, new JsonObject { ["configuration"] = new JsonObject { ["jdbc_url_params"] = before ?? "connectTimeout=120000" } }, cancel);
        }
    }
}
