using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace AcodeOps.Lab.Hosting.Cmdlets;

[Cmdlet(VerbsCommon.Get, "Date")]
[OutputType(typeof(DateTime), typeof(string))]
public sealed class GetDateCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public DateTime? Date { get; set; }

    [Parameter]
    public string? Format { get; set; }

    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    protected override void ProcessRecord()
    {
        DateTime date = Date ?? DateTime.Now;
        date = AsUTC ? date.ToUniversalTime() : date;
        WriteObject(Format is null ? date : date.ToString(Format, CultureInfo.CurrentCulture));
    }
}

[Cmdlet(VerbsCommon.New, "TimeSpan")]
[OutputType(typeof(TimeSpan))]
public sealed class NewTimeSpanCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public DateTime? Start { get; set; }

    [Parameter(Position = 1)]
    public DateTime? End { get; set; }

    [Parameter]
    public int Days { get; set; }

    [Parameter]
    public int Hours { get; set; }

    [Parameter]
    public int Minutes { get; set; }

    [Parameter]
    public int Seconds { get; set; }

    protected override void BeginProcessing() => WriteObject(
        Start is null && End is null ? new TimeSpan(Days, Hours, Minutes, Seconds) : (End ?? DateTime.Now) - (Start ?? DateTime.Now));
}

[Cmdlet(VerbsCommon.New, "Guid")]
[OutputType(typeof(Guid))]
public sealed class NewGuidCommand : PSCmdlet
{
    protected override void BeginProcessing() => WriteObject(Guid.NewGuid());
}

[Cmdlet(VerbsCommon.Get, "Random")]
public sealed class GetRandomCommand : CollectingCommand
{
    [Parameter(Position = 0)]
    public int Maximum { get; set; } = int.MaxValue;

    [Parameter]
    public int Minimum { get; set; }

    [Parameter]
    public int Count { get; set; } = 1;

    [Parameter]
    public int? SetSeed { get; set; }

    protected override void EndProcessing()
    {
#pragma warning disable CA5394 // Scripts ask for a random number here, not for a secret.
        Random random = SetSeed is { } seed ? new Random(seed) : Random.Shared;
        if (Items.Count > 0)
        {
            PSObject[] shuffled = [.. Items];
            random.Shuffle(shuffled);
            WriteObject(shuffled.Take(Count), enumerateCollection: true);
            return;
        }

        for (int i = 0; i < Count; i++)
        {
            WriteObject(random.Next(Minimum, Maximum));
        }
#pragma warning restore CA5394
    }
}

[Cmdlet(VerbsLifecycle.Start, "Sleep")]
public sealed class StartSleepCommand : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim _stop = new();

    [Parameter(Position = 0, ValueFromPipeline = true)]
    public double Seconds { get; set; }

    [Parameter]
    public int Milliseconds { get; set; }

    public void Dispose() => _stop.Dispose();

    protected override void ProcessRecord() => _stop.Wait(TimeSpan.FromSeconds(Seconds) + TimeSpan.FromMilliseconds(Milliseconds));

    protected override void StopProcessing() => _stop.Set();
}

[Cmdlet(VerbsDiagnostic.Measure, "Command")]
[OutputType(typeof(TimeSpan))]
public sealed class MeasureCommandCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Expression { get; set; } = ScriptBlock.Create("");

    protected override void BeginProcessing()
    {
        var watch = Stopwatch.StartNew();
        InvokeCommand.InvokeScript(useLocalScope: false, Expression, null);
        WriteObject(watch.Elapsed);
    }
}

[Cmdlet(VerbsLifecycle.Invoke, "Expression")]
public sealed class InvokeExpressionCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string Command { get; set; } = "";

    protected override void ProcessRecord() =>
        WriteObject(InvokeCommand.InvokeScript(useLocalScope: false, ScriptBlock.Create(Command), null), enumerateCollection: true);
}
