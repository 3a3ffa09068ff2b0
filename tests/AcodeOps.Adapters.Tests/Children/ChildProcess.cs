using System.Diagnostics;
using AcodeOps.Adapters.Tests.Children;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(ChildProcess))]

namespace AcodeOps.Adapters.Tests.Children;

/// <summary>This program once more, as a process that plays a part in a test instead of running tests: one that can be killed.</summary>
public sealed class ChildProcess : ITestPipelineStartup
{
    // Names the part, and the file with its orders: words and a path, no secret.
    private const string PartVariable = "ACODE_TEST_PART";
    private const string OrdersVariable = "ACODE_TEST_ORDERS";

    /// <summary>Starts a part.</summary>
    /// <param name="part">The type that plays it: it has a static <c>PlayAsync(string orders)</c>.</param>
    /// <param name="orders">The path of the file with its orders.</param>
    internal static Process Start(Type part, string orders) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ArgumentsBefore())
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment = { [PartVariable] = part.FullName, [OrdersVariable] = orders },
    })!;

    /// <summary>Runs a part that says one line at its end, or dies by SIGKILL before.</summary>
    /// <returns>The line; null when it died.</returns>
    internal static async Task<string?> RunAsync(Type part, string orders, CancellationToken cancel)
    {
        using Process process = Start(part, orders);
        string? line = await process.StandardOutput.ReadLineAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.Equal(line is null ? 128 + 9 : 0, process.ExitCode);
        return line;
    }

    /// <summary>Runs before the tests, and instead of them in a child.</summary>
    public async ValueTask StartAsync(Xunit.Sdk.IMessageSink diagnosticMessageSink)
    {
        if (Environment.GetEnvironmentVariable(PartVariable) is { } part)
        {
            int exitCode = 1;
            try
            {
                await (Task)typeof(ChildProcess).Assembly.GetType(part)!.GetMethod("PlayAsync")!.Invoke(null, [Environment.GetEnvironmentVariable(OrdersVariable)])!;
                exitCode = 0;
            }
            finally
            {
                Environment.Exit(exitCode);
            }
        }
    }

    public ValueTask StopAsync() => ValueTask.CompletedTask;

    private static IEnumerable<string> ArgumentsBefore() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? ["exec", typeof(ChildProcess).Assembly.Location] : [];
}
