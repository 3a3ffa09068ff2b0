using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using Amazon.S3;

namespace AcodeOps.Lab;

/// <summary>The routes of a lab: provisioned in its Airbyte, every standby rehearsed, and the active one run once, so that the lake holds today's snapshot.</summary>
internal static class LabRoutes
{
    private static readonly TimeSpan SyncPatience = TimeSpan.FromMinutes(10);

    public static async Task SetUpAsync(LabSite lab, CancellationToken cancel)
    {
        using AirbyteClient airbyte = await AirbyteClient.OpenAsync(new Uri(lab.Airbyte.Endpoint), lab.Airbyte.Folder, cancel);
        AirbyteInstallation installation = await new AirbyteProvisioning(airbyte).ProvisionAsync(
            EndpointOf(lab.Databases.Primary),
            EndpointOf(lab.Databases.Replica),
            new S3Endpoint(new Uri(lab.StorageEndpoint), StorageBuckets.Region, lab.Coordinates.UserKey.AccessKey, lab.Coordinates.UserKey.SecretKey),
            StorageBuckets.Primary,
            StorageBuckets.Backup,
            cancel);
        foreach (string standby in (string[])[AirbyteProvisioning.BackupSourceConnection, AirbyteProvisioning.BackupStorageConnection, AirbyteProvisioning.BackupBothConnection])
        {
            await RehearseAsync(airbyte, installation.Connections[standby], cancel);
        }

        using (AmazonS3Client lake = lab.OpenStorageAsAdministrator())
        {
            await lake.EmptyBucketAsync(StorageBuckets.Primary, cancel);
            await lake.EmptyBucketAsync(StorageBuckets.Backup, cancel);
        }

        await SyncAsync(airbyte, installation.Connections[AirbyteProvisioning.PrimaryConnection], cancel);
    }

    // A standby that never ran is not known to work. What the rehearsals write is deleted before the active route's snapshot.
    private static async Task RehearseAsync(AirbyteClient airbyte, Guid connection, CancellationToken cancel)
    {
        Task Set(string status) => airbyte.SendAsync(
            HttpMethod.Patch, $"/api/public/v1/connections/{connection}", new JsonObject { ["status"] = status }, cancel);
        await Set("active");
        await SyncAsync(airbyte, connection, cancel);
        await Set("inactive");
    }

    /// <summary>Runs a connection's sync and waits for its success.</summary>
    /// <exception cref="LabException">It ended otherwise.</exception>
    public static async Task SyncAsync(AirbyteClient airbyte, Guid connection, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(SyncPatience);
        JsonNode job = await airbyte.SendAsync(
            HttpMethod.Post, "/api/public/v1/jobs", new JsonObject { ["connectionId"] = connection, ["jobType"] = "sync" }, limit.Token);
        while ((string?)job["status"] is not ("succeeded" or "failed" or "cancelled"))
        {
            await Task.Delay(100, limit.Token);
            job = await airbyte.SendAsync(HttpMethod.Get, $"/api/public/v1/jobs/{job["jobId"]}", null, limit.Token);
        }

        if ((string?)job["status"] != "succeeded")
        {
            throw new LabException($"The first sync of the lab ended as {job["status"]}: see the log of Airbyte in the lab's folder.");
        }
    }

    private static MySqlEndpoint EndpointOf(DatabaseServer source) => new("127.0.0.1", source.Port, source.Database, source.Reader.User, source.Reader.Password);
}
