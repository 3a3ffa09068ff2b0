using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Alerts.Publishing;
using AcodeOps.Audit;

namespace AcodeOps.Commands;

/// <summary>
/// Sets the monitors at Datadog as the alert rules say. Its own are known by their tags, and no other is touched; what people have added to
/// them (silences, roles, tags) stays. Datadog is asked first whether it takes every one. What was changed there since is told, and set
/// right. Published twice, the second time changes nothing. <c>-WhatIf</c> shows what differs and changes nothing.
/// </summary>
[Needs(AccessRole.Operator, Need.KeepMonitors, Need.WriteAudit)]
[Cmdlet(VerbsData.Publish, "AcodeAlertRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MonitorChange))]
public sealed class PublishAcodeAlertRuleCommand : AlertRuleCmdlet
{
    /// <summary>Delete monitors of this environment that AcodeOps has made and that no rule is left for, and second ones of the same rule.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <inheritdoc />
    protected override async Task EndAsync(CancellationToken cancel)
    {
        AcodeEnvironment environment = Installation.Environment;
        IAlertMonitors monitors = Installation.AlertMonitors;
        MonitorPlan plan = await MonitorPlan.MakeAsync(monitors, environment, Rules, Prune, cancel);
        MonitorConsent consent = new(plan);
        if (plan.IsEmpty || !ShouldProcess(consent.Description, consent.Question, "Publish alert rules"))
        {
            WriteObject(plan.Changes, enumerateCollection: true);
            return;
        }

        AuditEvent about = new() { EventType = AuditEventType.ConfigurationChanged, Subject = $"monitors of '{environment.Name}' at {environment.Datadog}", Details = consent.Details };
        IReadOnlyList<MonitorChange> done = await new AuditedAct(AuditTrail.Of(Installation, AuditSession.Origin(SessionState)), WriteWarning).RunAsync(
            about, stop => new MonitorPublication(monitors).RunAsync(plan, stop), MonitorConsent.Outcome, cancel);
        foreach (MonitorChange change in done)
        {
            WriteObject(change);
            if (change.ErrorId is { } id)
            {
                WriteFailure(new AcodeException(id, change.Cause ?? FailureClass.Unknown, $"Monitor '{change.Name}' was not published. {change.Error}") { Advice = change.Remedy, Subject = change, IsFatal = false });
            }
        }
    }
}
