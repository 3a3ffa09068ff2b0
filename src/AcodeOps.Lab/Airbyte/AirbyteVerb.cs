namespace AcodeOps.Lab.Airbyte;

/// <summary>Runs the Airbyte stand-in until it is told to stop.</summary>
internal sealed class AirbyteVerb : IVerb
{
    public string Name => "airbyte";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        AirbyteOptions options;
        try
        {
            options = AirbyteOptions.Parse(arguments);
        }
        catch (ArgumentException wrong)
        {
            await Console.Error.WriteLineAsync($"airbyte: {wrong.Message}");
            return 2;
        }

        await using AirbyteServer server = await AirbyteServer.StartAsync(options, cancel);
        await Console.Out.WriteLineAsync($"airbyte stand-in {options.Version} on {server.BaseAddress}");
        try
        {
            await Task.Delay(Timeout.Infinite, cancel);
        }
        catch (OperationCanceledException)
        {
            // Told to stop: a running job stays "running" on disk, and its next attempt starts with the next start.
        }

        return 0;
    }
}
