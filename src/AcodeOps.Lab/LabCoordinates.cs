using System.Text.Json;
using System.Text.Json.Serialization;
using AcodeOps.Lab.Datadog;
using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Services;
using AcodeOps.Lab.Servers.Storage;

namespace AcodeOps.Lab;

/// <summary>Where everything of a lab is and who may log in: lab.json, readable by its owner only.</summary>
public sealed record LabCoordinates(
    LabOptions Options,
    DateTimeOffset StartedAt,
    int PrimaryPort,
    int ReplicaPort,
    DatabaseAccounts Accounts,
    StoragePorts Storage,
    StorageKey AdministratorKey,
    StorageKey UserKey,
    ServicePorts Services,
    int CloudPort,
    int AirbytePort,
    string WebhookKey,
    DatadogKeys Datadog)
{
    public const string FileName = "lab.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    /// <summary>New ports and passwords for a lab.</summary>
    public static LabCoordinates New(LabOptions options)
    {
        StoragePorts storage = StoragePorts.Free();
        return new LabCoordinates(
            options,
            DateTimeOffset.UtcNow,
            LoopbackPort.Free(),
            LoopbackPort.Free(),
            DatabaseAccounts.New(),
            storage,
            StorageKey.New(),
            StorageKey.New(),
            ServicePorts.Free(storage.Gateway),
            LoopbackPort.Free(),
            LoopbackPort.Free(),
            LabPassword.New(32),
            DatadogKeys.New());
    }

    /// <summary>The webhook sink; <see cref="WebhookKey"/> in a path, or as a routing key, is what a channel keeps secret.</summary>
    public string WebhookEndpoint => $"http://127.0.0.1:{Services.Webhooks}";

    /// <summary>What plays Datadog.</summary>
    public string DatadogEndpoint => $"http://127.0.0.1:{Services.Datadog}";

    /// <summary>Reads those of the lab in a folder.</summary>
    /// <exception cref="LabException">There is no lab, or it is not up yet.</exception>
    public static LabCoordinates Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path)
            ? JsonSerializer.Deserialize<LabCoordinates>(File.ReadAllText(path), Json)!
            : throw new LabException($"No lab is up in {Path.GetFullPath(folder)}: start one with 'lab up'.");
    }

    public void Write() => PrivateFile.Write(Path.Combine(Options.Folder, FileName), JsonSerializer.Serialize(this, Json));
}
