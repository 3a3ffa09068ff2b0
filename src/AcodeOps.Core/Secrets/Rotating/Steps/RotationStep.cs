using AcodeOps.Audit;
using AcodeOps.Configuration;
using AcodeOps.Runbooks;

namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>A step of a rotation. Passwords are read from Secrets Manager when they are needed, and are in no field.</summary>
internal abstract class RotationStep(RotationPlan plan) : RunbookStep
{
    /// <summary>What was consented to.</summary>
    protected RotationPlan Plan { get; } = plan;

    // Airbyte may start a pod to try a connection.

    /// <inheritdoc />
    public override TimeSpan Timeout => TimeSpan.FromMinutes(10);

    // The Lambda cannot be told to take its work back: what follows it is completed later.

    /// <inheritdoc />
    public override bool UndoesOnFailure => Plan.Mode != RotationMode.Lambda;

    /// <inheritdoc />
    public override AuditEvent? Audit(StepContext context) => !Mutates ? null : new AuditEvent
    {
        EventType = AuditEventType.CredentialsRotated,
        Subject = Plan.Server,
        Reason = Plan.Title,
        Details = new Dictionary<string, object?> { ["step"] = Name, ["reference"] = Plan.Reference.ToString(), ["account"] = Plan.Account?.ToString(), ["mode"] = Plan.Mode.ToString() },
    };

    /// <summary>The sources and connections at Airbyte.</summary>
    protected static IAirbyteResources Airbyte(StepContext context) => context.Installation.Airbyte.Resources;

    /// <summary>The server's accounts.</summary>
    protected IServerAccounts Accounts(StepContext context) => context.Installation.Accounts(Plan.Source);

    /// <summary>The source.</summary>
    protected SourceDefinition Source(StepContext context) => context.Installation.Environment.FindSource(Plan.Source)!;

    /// <summary>The version that holds the new password: its id is made of the run's, so that a run that was cut off knows its own.</summary>
    protected static string NewVersion(StepContext context) => context.Facts.Get<string>(RotationFacts.NewVersion) ?? $"acodeops-rotation-{context.RunId}";

    /// <summary>The user that Airbyte logs in as, by a login.</summary>
    protected string? UserOf(StepContext context, Credential login) => Source(context).User ?? login.UserName;

    /// <summary>The former login.</summary>
    protected Task<Credential> OldAsync(StepContext context, CancellationToken cancel) => VersionAsync(context, Plan.CurrentVersionId, cancel);

    /// <summary>The new login.</summary>
    protected Task<Credential> NewAsync(StepContext context, CancellationToken cancel) => VersionAsync(context, NewVersion(context), cancel);

    /// <summary>Asks the secret's holder again while it is away: its failures have no class of an outage, so that they are not taken for the source's.</summary>
    protected static async Task<T> PersistSecretAsync<T>(StepContext context, Func<ISecretVersions, CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        AcodeException? last = null;
        try
        {
            return await context.PersistAsync(
                async c =>
                {
                    try
                    {
                        return await ask(context.Installation.SecretVersions, c).ConfigureAwait(false);
                    }
                    catch (AcodeException away) when (away.Id == "SecretsUnavailable")
                    {
                        last = away;
                        throw new AcodeException(away.Id, FailureClass.Throttled, away.Message);
                    }
                },
                cancel).ConfigureAwait(false);
        }
        catch (AcodeException e) when (e.Id == last?.Id)
        {
            throw last;
        }
    }

    /// <summary>What is known of the secret.</summary>
    protected Task<SecretDescription> DescribeAsync(StepContext context, CancellationToken cancel) => PersistSecretAsync(context, (versions, c) => versions.DescribeAsync(Plan.Reference, c), cancel);

    /// <summary>Moves a label.</summary>
    protected Task MoveLabelAsync(StepContext context, string label, string? from, string? to, CancellationToken cancel) => PersistSecretAsync(
        context,
        async (versions, c) =>
        {
            await versions.MoveLabelAsync(Plan.Reference, label, from, to, c).ConfigureAwait(false);
            return true;
        },
        cancel);

    /// <summary>Whether the server lets a login in. Asked again while the server is away; a refusal is an answer.</summary>
    protected async Task<bool> IsLetInAsync(StepContext context, Credential login, CancellationToken cancel)
    {
        try
        {
            await context.PersistAsync(c => Accounts(context).LogInAsync(login, c), cancel).ConfigureAwait(false);
            return true;
        }
        catch (AcodeException refused) when (refused.Cause == FailureClass.Authentication)
        {
            return false;
        }
    }

    /// <summary>Changes the account, as whoever the plan names; as the account itself with whichever password is accepted.</summary>
    protected async Task ChangeAsync(StepContext context, Func<IServerAccounts, AccountActor, CancellationToken, Task> change, CancellationToken cancel)
    {
        Credential old = await OldAsync(context, cancel).ConfigureAwait(false);
        Credential login = Plan.Administrator is { } administrator ? (await context.Installation.Credentials.ReadAsync(administrator, cancel).ConfigureAwait(false)).At(old)
            : await IsLetInAsync(context, old, cancel).ConfigureAwait(false) ? old
            : await NewAsync(context, cancel).ConfigureAwait(false);
        AccountActor actor = new(login, Plan.KeepsOutOfBinaryLog, Plan.LiftsSuperReadOnly);
        await context.PersistAsync(c => change(Accounts(context), actor, c), cancel).ConfigureAwait(false);
    }

    private async Task<Credential> VersionAsync(StepContext context, string version, CancellationToken cancel) =>
        await PersistSecretAsync(context, (versions, c) => versions.ReadAsync(Plan.Reference, version, c), cancel).ConfigureAwait(false)
        ?? throw RotationRefusals.VersionGone(Plan.Reference, version);
}
