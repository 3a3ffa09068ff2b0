using System.Collections;
using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Notifications;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Tells the environment's channels of an incident, all at once, and returns what came of it on each. A piped run,
/// recovery plan, health check or finding says by itself what is to be told. A channel that was not told is a
/// non-terminating error, <c>NotificationNotDelivered</c>, beside its result.
/// </summary>
[Needs(AccessRole.Operator, Need.NotifyChannels)]
[Cmdlet(VerbsCommunications.Send, "AcodeNotification", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(NotificationResult))]
public sealed class SendAcodeNotificationCommand : EnvironmentCmdlet
{
    private IReadOnlyList<NotificationDefinition> _channels = [];

    /// <summary>What happened, in one line. Needed, unless an object is piped in.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>What is to be known besides.</summary>
    [Parameter(Position = 1)]
    public string? Text { get; set; }

    /// <summary>How much it matters: without it, what the piped object says, or Warning.</summary>
    [Parameter]
    public NotificationSeverity? Severity { get; set; }

    /// <summary>Where the incident stands: without it, what the piped object says, or Opened.</summary>
    [Parameter]
    public NotificationPhase? Phase { get; set; }

    /// <summary>The incident that it belongs to: without it, the run of the piped object, or a new one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IncidentId { get; set; }

    /// <summary>The channels to tell, whatever severity they take; wildcards are allowed. Without it, all that take this severity.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    public string[]? Channel { get; set; }

    /// <summary>Further facts. Values that look like secrets are masked.</summary>
    [Parameter]
    public IDictionary? Facts { get; set; }

    /// <summary>What it is about.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc />
    protected override Task BeginAsync(CancellationToken cancel)
    {
        NameFilter names = new(Channel);
        _channels = [.. NotificationChannels.Of(Installation.Environment).Where(channel => names.IsMatch(channel.Name))];
        return names.Unmatched.FirstOrDefault() is { } unknown ? throw NotificationChannels.NotDefined(Installation.Environment, unknown) : Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        IReadOnlyList<NotificationFact>? facts = Facts is null ? null : NotificationFact.ListOf(ObjectFacts.Of(Facts));
        Notification notification = NotificationSubject.Of(InputObject?.BaseObject).ToNotification(Installation, new(Title, Text, Severity, Phase, IncidentId, facts));
        IReadOnlyList<NotificationDefinition> told = Channel is null ? NotificationChannels.For(notification, _channels) : _channels;
        if (told.Count == 0)
        {
            WriteWarning($"No channel takes {notification.Severity}: nobody is told of '{notification.Title}'.");
        }
        else if (ShouldProcess(string.Join(", ", told.Select(channel => channel.Name)), $"Send notification '{notification.Title}'"))
        {
            foreach (NotificationResult result in await NotificationDispatcher.Of(Installation).SendAsync(notification, told, cancel))
            {
                WriteObject(result);
                if (result.ToFailure() is { } failure)
                {
                    WriteFailure(failure);
                }
            }
        }
    }
}
