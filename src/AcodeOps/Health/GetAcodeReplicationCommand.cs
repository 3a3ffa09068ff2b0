using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Reads the state of replication: one object for each channel, with threads, errors, lag, the age of the last contact,
/// and what is received and applied. A value that the server does not know is null, never 0.
/// </summary>
[Needs(AccessRole.Viewer, Need.ReadReplication)]
[Cmdlet(VerbsCommon.Get, "AcodeReplication")]
[OutputType(typeof(ReplicationStatus))]
public sealed class GetAcodeReplicationCommand : EnvironmentCmdlet
{
    /// <summary>The sources whose own replication is read: the backup's without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public SourceRole[] Source { get; set; } = [SourceRole.Backup];

    /// <summary>The time limit for each source, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        foreach (SourceRole role in Source.Distinct())
        {
            try
            {
                await ReadAsync(role, cancel);
            }
            catch (AcodeException failure) when (Source.Length > 1)
            {
                WriteFailure(failure);
            }
        }
    }

    private async Task ReadAsync(SourceRole role, CancellationToken cancel)
    {
        ISource source = Installation.Source(role);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(TimeoutSeconds));
        IReadOnlyList<ReplicationStatus> channels;
        try
        {
            channels = await source.ReadReplicationAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new AcodeException("SourceTimedOut", FailureClass.Timeout, $"{source.Definition} did not answer within {TimeoutSeconds} s.")
            {
                Advice = "Look at the network between here and there, or repeat with a larger -TimeoutSeconds.",
                Subject = source.Definition,
            };
        }

        if (channels.Count == 0)
        {
            WriteVerbose($"{source.Definition} replicates from nobody.");
        }

        WriteObject(channels, enumerateCollection: true);
    }
}
