using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Runbooks;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;

namespace AcodeOps.Commands;

/// <summary>
/// Replaces the password of a source: at Secrets Manager, at the server, and in the copy that Airbyte keeps, in an order in which
/// ingestion never stops, and proven by a sync. The former password is given up last; what fails before is taken back. On a
/// partner's server nothing is changed: the command writes the request to the partner, and, with <c>-Credential</c>, takes over
/// what they have handed over. <c>-WhatIf</c> shows the plan and changes nothing.
/// </summary>
[Needs(AccessRole.Rotator, Need.RotateCredentials, Need.AskAirbyte)]
[Cmdlet(VerbsLifecycle.Invoke, "AcodeCredentialRotation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunbookRun))]
public sealed class InvokeAcodeCredentialRotationCommand : RunbookCmdlet
{
    /// <summary>The source whose password is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public SourceRole Source { get; set; }

    /// <summary>
    /// How: by what the source is, with two passwords for a while, by two users that take turns, by the partner, or by the secret's own Lambda.
    /// </summary>
    [Parameter]
    public RotationMode Mode { get; set; }

    /// <summary>The login that the partner has handed over. Without a password on the command line, PowerShell asks for it.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// Consent to switching a replica's super_read_only off for the moment of each statement on the account: on again in the same
    /// request, while read_only stays on. The question is asked all the same.
    /// </summary>
    [Parameter]
    public SwitchParameter LiftSuperReadOnly { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        RotationRequest request = new()
        {
            Source = Source,
            Mode = Mode,
            UserName = Credential?.UserName.TrimStart('\\'),
            Password = Credential is null ? null : AcodeCredentials.PasswordOf(Credential),
            LiftSuperReadOnly = LiftSuperReadOnly,
        };
        RotationPlan plan = await new RotationPlanner(Installation).PlanAsync(request, cancel);
        RotationConsent consent = new(plan);
        if (ShouldProcess(consent.Description, consent.Question, "Rotate the credential"))
        {
            await RunAsync(progress => Engine.StartAsync(new RotationRunbook(plan, request.HandedOver(plan)), Options, progress, cancel), cancel);
        }
        else
        {
            WriteObject(consent.Planned());
        }
    }
}
