namespace AcodeOps.Secrets.Rotating;

/// <summary>
/// The accounts of an own MySQL server. A server that belongs to somebody else is only ever logged in to: every change of it is
/// refused here. Every failure is an <see cref="AcodeException"/> with the class of a source's; passwords are in none.
/// </summary>
public interface IServerAccounts
{
    /// <summary>Logs in, once and without a pool.</summary>
    /// <returns>The account that the server took the login for.</returns>
    /// <exception cref="AcodeException"><c>SourceAuthenticationFailed</c> where it is refused; or why the server cannot be asked.</exception>
    Task<AccountName> LogInAsync(Credential login, CancellationToken cancel);

    /// <summary>What a rotation needs to know of an account and of who is to change it. Only reads.</summary>
    /// <param name="own">The account's own login.</param>
    /// <param name="administrator">Who is to change it; null for the account itself.</param>
    /// <param name="cancel">Ends it.</param>
    Task<AccountReview> ReviewAsync(Credential own, Credential? administrator, CancellationToken cancel);

    /// <summary>
    /// Gives the account a password beside the one that it has. One that is accepted already is not given once more: the server
    /// keeps two, and giving it twice would push the other out.
    /// </summary>
    Task AddPasswordAsync(AccountActor actor, AccountName account, SecretText password, CancellationToken cancel);

    /// <summary>Makes a password the account's only one.</summary>
    Task KeepOnlyPasswordAsync(AccountActor actor, AccountName account, SecretText password, CancellationToken cancel);

    /// <summary>Drops the password that the account had before its present one.</summary>
    Task DiscardOldPasswordAsync(AccountActor actor, AccountName account, CancellationToken cancel);

    /// <summary>Makes an account, or an account that is locked anew, with all that another may do and must do, and a password of its own.</summary>
    /// <exception cref="AcodeException"><c>RotationRefused</c>: an account of that name is in use, or the other one's rights cannot be copied.</exception>
    Task MakeTwinAsync(AccountActor actor, AccountName account, AccountName twin, SecretText password, CancellationToken cancel);

    /// <summary>Locks an account, or unlocks it. One that is not there is no error.</summary>
    Task LockAsync(AccountActor actor, AccountName account, bool locked, CancellationToken cancel);
}

/// <summary>An account as MySQL names it: the user, and the hosts that it may come from.</summary>
/// <param name="User">The user.</param>
/// <param name="Host">The host, or a pattern.</param>
public sealed record AccountName(string User, string Host)
{
    /// <inheritdoc />
    public override string ToString() => $"'{User}'@'{Host}'";
}

/// <summary>Who changes accounts, and how.</summary>
/// <param name="Login">The login.</param>
/// <param name="KeepsOutOfBinaryLog">The statement is for this server alone: on a replica it would be a transaction that the primary does not know.</param>
/// <param name="LiftsSuperReadOnly">super_read_only is switched off right before the statement, and on again right after it, in one request.</param>
public sealed record AccountActor(Credential Login, bool KeepsOutOfBinaryLog, bool LiftsSuperReadOnly);

/// <summary>What a rotation needs to know of an account and of its server.</summary>
public sealed record AccountReview
{
    /// <summary>The account.</summary>
    public required AccountName Account { get; init; }

    /// <summary>The make of the server.</summary>
    public required SourceFlavor Flavor { get; init; }

    /// <summary>Its version.</summary>
    public required Version Version { get; init; }

    /// <summary>True when it replicates from another server; null where that may not be asked.</summary>
    public bool? IsReplica { get; init; }

    /// <summary>True when nobody may write, whatever he may do.</summary>
    public bool IsSuperReadOnly { get; init; }

    /// <summary>What whoever is to change the account may do on the whole server, in the server's words.</summary>
    public required IReadOnlySet<string> Rights { get; init; }

    /// <summary>True when the account has a second password already; null where that may not be asked.</summary>
    public bool? HasSecondPassword { get; init; }

    /// <summary>Other accounts of the same user, for other hosts; null where that may not be asked.</summary>
    public int? Namesakes { get; init; }

    /// <summary>True when the server does not let a former password be set again at once.</summary>
    public bool RefusesFormerPasswords { get; init; }

    /// <summary>The server can keep two passwords for an account.</summary>
    public bool CanKeepTwoPasswords => Flavor == SourceFlavor.MySql && Version >= new Version(8, 0, 14);

    /// <summary>The longest name that a user may have.</summary>
    public int LongestName => Flavor == SourceFlavor.MySql ? 32 : 80;
}
