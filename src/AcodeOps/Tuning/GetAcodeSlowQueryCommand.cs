using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Shell;
using AcodeOps.Tuning;

namespace AcodeOps.Commands;

/// <summary>
/// Gets the statements that cost a source the most: how often, how long, how many rows, and whether without an index, since the
/// server's start or, with <c>-DurationSeconds</c>, within that time from now. Shows no literal of any statement. Reads what
/// performance_schema keeps in memory, and nothing else.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadSources, Need.ReadStatements)]
[Cmdlet(VerbsCommon.Get, "AcodeSlowQuery")]
[OutputType(typeof(SlowQuery))]
public sealed class GetAcodeSlowQueryCommand : EnvironmentCmdlet
{
    /// <summary>The sources; all of the environment without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public SourceRole[]? Source { get; set; }

    /// <summary>Looks for so long, and tells what ran in that time. Without it, all since the server's start.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int? DurationSeconds { get; set; }

    /// <summary>At most so many of each source.</summary>
    [Parameter]
    [Alias("First")]
    [ValidateRange(1, 1_000)]
    public int Top { get; set; } = 10;

    /// <summary>Which come first.</summary>
    [Parameter]
    public SlowQueryOrder SortBy { get; set; } = SlowQueryOrder.TotalTime;

    /// <summary>Only statements of sessions in these databases; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Schema { get; set; }

    /// <summary>The time limit for each question to a server, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        SourceRole[] roles = [.. (Source ?? Installation.Environment.Sources.Select(source => source.Role)).Distinct()];
        NameFilter names = new(Schema);
        SlowQueryRequest request = new()
        {
            Duration = DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Top = Top,
            Order = SortBy,
            Schemas = Schema is null ? null : names.IsMatch,
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        };
        SlowQueryReader reader = new(Installation.Clock);
        Task<IReadOnlyList<SlowQuery>>[] readings = [.. roles.Select(async role => await reader.ReadAsync(Installation.Source(role), request, cancel))];
        await DurationProgress.ShowAsync(this, request.Duration, Task.WhenAll(readings));
        foreach (Task<IReadOnlyList<SlowQuery>> reading in readings)
        {
            try
            {
                WriteObject(await reading, enumerateCollection: true);
            }
            catch (AcodeException failure) when (roles.Length > 1)
            {
                WriteFailure(failure);
            }
        }
    }
}
