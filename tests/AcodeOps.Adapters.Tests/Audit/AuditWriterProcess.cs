using System.Diagnostics;
using System.Text.Json;
using AcodeOps.Adapters.Tests.Children;
using AcodeOps.Audit;
using AcodeOps.Lab;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Audit;

/// <summary>This program once more, as a process that writes audit records and says each one's id, until it is killed.</summary>
internal static class AuditWriterProcess
{
    private const string Acknowledged = "acknowledged ";

    private sealed record Orders(string Bucket, string Prefix, string SpoolFolder, Uri Storage, Uri Sts, string? Region, string AccessKey, string SecretKey);

    /// <summary>Runs the writer, kills it with SIGKILL some time after so many acknowledgements, and returns all that it acknowledged.</summary>
    internal static async Task<List<string>> RunUntilKilledAsync(AuditInstallation installation, int acknowledgements, TimeSpan then, CancellationToken cancel)
    {
        AwsKeys keys = installation.Session.ReadKeys!();
        string orders = $"{Directory.CreateDirectory(installation.SpoolFolder).FullName}-writer.json";
        AwsEndpoints endpoints = installation.Aws.Endpoints;
        PrivateFile.Write(orders, JsonSerializer.Serialize(new Orders(
            installation.Bucket, installation.Prefix, installation.SpoolFolder, endpoints.S3!, endpoints.Sts!, installation.Aws.Region, keys.AccessKeyId, keys.SecretAccessKey.Reveal())));
        using Process process = ChildProcess.Start(typeof(AuditWriterProcess), orders);
        List<string> ids = [];
        try
        {
            while (ids.Count < acknowledgements && await process.StandardOutput.ReadLineAsync(cancel) is { } line)
            {
                ids.AddRange(IdsOf([line]));
            }

            await Task.Delay(then, cancel);
        }
        finally
        {
            process.Kill();
        }

        // What it had said before its end counts too; a last line without its end was not said.
        string rest = await process.StandardOutput.ReadToEndAsync(cancel);
        ids.AddRange(IdsOf(rest.Split('\n')[..^1]));
        await process.WaitForExitAsync(cancel);
        Assert.Equal(128 + 9, process.ExitCode);
        return ids;
    }

    /// <summary>What the process does: writes until it is killed.</summary>
    public static async Task PlayAsync(string orders) => await WriteForeverAsync(JsonSerializer.Deserialize<Orders>(await File.ReadAllTextAsync(orders))!);

    private static IEnumerable<string> IdsOf(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith(Acknowledged, StringComparison.Ordinal)).Select(line => line[Acknowledged.Length..]);

    private static async Task WriteForeverAsync(Orders orders)
    {
        AwsDefinition aws = new() { Region = orders.Region, Endpoints = new AwsEndpoints { S3 = orders.Storage, Sts = orders.Sts } };
        AwsSession session = new(() => new AwsKeys(orders.AccessKey, new SecretText(orders.SecretKey), null), null);
        await using Installation installation = new AuditInstallation(orders.Bucket, orders.Prefix, orders.SpoolFolder, aws, session).Open();
        AuditTrail trail = AuditInstallation.TrailOf(installation);
        using Stream output = Console.OpenStandardOutput();
        while (true)
        {
            AuditRecord record = await trail.WriteAsync(new AuditEvent { EventType = AuditEventType.DataAccess }, CancellationToken.None);
            await output.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{Acknowledged}{record.Id}\n"));
        }
    }
}
