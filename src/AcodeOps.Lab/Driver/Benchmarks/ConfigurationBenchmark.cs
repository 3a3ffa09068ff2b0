using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Hosting;
using AcodeOps.Lab.Sales;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>
/// What <c>Compare-AcodeConfiguration</c> takes of a server with five hundred connections, beside a refresh that asks for every
/// resource by itself, as tools that keep a state of their own do.
/// </summary>
internal sealed class ConfigurationBenchmark : IBenchmark
{
    private const int Connections = 500;
    private const int Rounds = 5;

    public string Name => "configuration";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        Repository repository = Repository.Find();
        LabOptions options = new() { Folder = Path.Combine(repository.Out, "bench-lab"), Rows = 500 };
        await using LabSite lab = await LabSite.StartAsync(options, Console.Error.WriteLine, cancel);
        using AirbyteClient airbyte = await AirbyteClient.OpenAsync(new Uri(lab.Airbyte.Endpoint), lab.Airbyte.Folder, cancel);
        string[] paths = await FillAsync(airbyte, cancel);
        string folder = Path.Combine(lab.Folder, "configuration");
        using Runspace runspace = HostRunspace.Open(TerminalHost.Create(nonInteractive: true), repository.Manifest);
        Run(runspace, new Command("Connect-AcodeEnvironment") { Parameters = { { "Environment", Path.Combine(lab.Folder, LabEnvironmentFile.FileName) } } });
        Run(runspace, new Command("Import-AcodeConfiguration") { Parameters = { { "Path", folder } } });
        Run(runspace, new Command("Publish-AcodeConfiguration") { Parameters = { { "Path", folder }, { "Confirm", false } } });

        using AnswerTimes answers = new(new Uri(lab.Airbyte.Endpoint));
        List<double> mine = [], theirs = [];
        int requests = 0;
        for (int round = -1; round < Rounds; round++)
        {
            // By turns, so that a busy machine is as busy for the one as for the other; the first pair only warms up.
            DateTime from = DateTime.UtcNow;
            long began = Stopwatch.GetTimestamp();
            int differences = Run(runspace, new Command("Compare-AcodeConfiguration") { Parameters = { { "Path", folder } } }).Count;
            double taken = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            requests = answers.CountWithin(from, DateTime.UtcNow);
            if (differences > 0)
            {
                throw new DriverException($"What was published differs in {differences} fields.");
            }

            began = Stopwatch.GetTimestamp();
            foreach (string path in paths)
            {
                await airbyte.SendAsync(HttpMethod.Get, path, null, cancel);
            }

            if (round >= 0)
            {
                mine.Add(taken);
                theirs.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        yield return new Measurement(
            string.Create(CultureInfo.InvariantCulture, $"Compare-AcodeConfiguration, {Connections} connections"), "ms", Samples.Median(mine), $"a refresh by one GET for each of {paths.Length} resources, one after the other", Samples.Median(theirs));
        yield return new Measurement("its requests to Airbyte", "requests", requests, "the refresh's", paths.Length);
    }

    private static async Task<string[]> FillAsync(AirbyteClient airbyte, CancellationToken cancel)
    {
        JsonNode connections = await airbyte.SendAsync(HttpMethod.Get, "/api/public/v1/connections?limit=100&offset=0", null, cancel);
        JsonNode model = connections["data"]![0]!;
        List<string> paths = [$"/api/public/v1/sources/{model["sourceId"]}", $"/api/public/v1/destinations/{model["destinationId"]}"];
        for (int i = connections["data"]!.AsArray().Count; i < Connections; i++)
        {
            JsonNode made = await airbyte.SendAsync(HttpMethod.Post, "/api/public/v1/connections", new JsonObject
            {
                ["name"] = string.Create(CultureInfo.InvariantCulture, $"connection {i}"),
                ["sourceId"] = model["sourceId"]!.DeepClone(),
                ["destinationId"] = model["destinationId"]!.DeepClone(),
                ["status"] = "inactive",
                ["configurations"] = new JsonObject { ["streams"] = new JsonArray(new JsonObject { ["name"] = SalesTables.Daily, ["syncMode"] = "full_refresh_append" }) },
            }, cancel);
            paths.Add($"/api/public/v1/connections/{made["connectionId"]}");
        }

        return [.. paths];
    }

    private static IReadOnlyList<PSObject> Run(Runspace runspace, Command command)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        shell.Commands.AddCommand(command);
        IReadOnlyList<PSObject> output = shell.Invoke();
        return shell.Streams.Error.Count == 0 ? output : throw new DriverException($"{command.CommandText}: {shell.Streams.Error[0]}");
    }
}
