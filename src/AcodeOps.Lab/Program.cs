using AcodeOps.Lab;
using AcodeOps.Lab.Driver;

using CancellationTokenSource stop = new();
using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});

IVerb? verb = Verbs.All.FirstOrDefault(v => args.Length > 0 && v.Name == args[0]);
if (verb is null)
{
    Console.Error.WriteLine("usage: AcodeOps.Lab " + string.Join(" | ", Verbs.All.Select(v => v.Name)));
    return 2;
}

if (!verb.HandlesInterrupt)
{
    Console.CancelKeyPress += (_, e) =>
    {
        e.Cancel = true;
        stop.Cancel();
    };
}

try
{
    return await verb.RunAsync(args[1..], stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (DriverException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
