namespace AcodeOps.Secrets.Rotating;

/// <summary>The part of a plan that is about the account at the server: who changes it, how, and whether he may.</summary>
internal static class AccountPlan
{
    private const string CreateUser = "CREATE USER";

    /// <summary>Adds it.</summary>
    /// <exception cref="AcodeException"><c>RotationRefused</c>, <c>RotationAdministratorMissing</c>; or why the server could not be asked.</exception>
    public static async Task<RotationPlan> AddAsync(
        IInstallation installation, SourceDefinition source, RotationPlan plan, Credential own, SecretDescription secret, RotationRequest request, CancellationToken cancel)
    {
        Credential? administrator = source.Administrator is { } named ? (await installation.Credentials.RefreshAsync(named, cancel).ConfigureAwait(false)).At(own) : null;
        AccountReview review = await installation.Accounts(source.Role).ReviewAsync(own, administrator, cancel).ConfigureAwait(false);
        string who = administrator is null ? $"the account {review.Account} itself" : $"the administrator {source.Administrator}";
        if (review.IsReplica is not { } isReplica)
        {
            throw RotationRefusals.AdministratorMissing(source, who, ["REPLICATION CLIENT (without it, whether the server is a replica is not known)"]);
        }

        // A replica may lack the account, or its tables: of making and granting it would stop at what it cannot repeat.
        bool keepsOut = isReplica || plan.Mode == RotationMode.AlternatingUser;
        string[] missing = [.. Needed(plan.Mode, review, isReplica, keepsOut, administrator is not null).Where(any => !any.Any(review.Rights.Contains)).Select(any => string.Join(" or ", any))];
        if (missing.Length > 0)
        {
            throw RotationRefusals.AdministratorMissing(source, who, missing);
        }

        if (review.IsSuperReadOnly && !request.LiftSuperReadOnly)
        {
            throw RotationRefusals.Refused(
                source, "its super_read_only is on, and lets nobody change an account.",
                "Repeat with -LiftSuperReadOnly: it is switched off for the moment of each statement on the account and on again in the same request; read_only stays on all the time.");
        }

        RotationPlan planned = plan.Mode == RotationMode.DualPassword ? Dual(source, plan, review) : await TwinAsync(installation, source, plan, review, own, secret, cancel).ConfigureAwait(false);
        return planned with
        {
            Account = review.Account,
            Administrator = source.Administrator,
            KeepsOutOfBinaryLog = keepsOut,
            LiftsSuperReadOnly = review.IsSuperReadOnly,
            Notes = [.. planned.Notes, .. Notes(review, isReplica, keepsOut)],
        };
    }

    private static RotationPlan Dual(SourceDefinition source, RotationPlan plan, AccountReview review)
    {
        if (!review.CanKeepTwoPasswords)
        {
            throw RotationRefusals.Refused(source, $"{review.Flavor} {review.Version} cannot keep two passwords for an account.", "Use -Mode AlternatingUser.");
        }

        if (review.HasSecondPassword == true)
        {
            throw RotationRefusals.Refused(
                source, $"{review.Account} has a second password already, which would be lost.", $"When nobody uses it any more: ALTER USER {review.Account} DISCARD OLD PASSWORD.");
        }

        return plan with { NextAccount = review.Account };
    }

    private static async Task<RotationPlan> TwinAsync(
        IInstallation installation, SourceDefinition source, RotationPlan plan, AccountReview review, Credential own, SecretDescription secret, CancellationToken cancel)
    {
        if (source.User is not null)
        {
            throw RotationRefusals.Refused(
                source, "its user stands in the environment file, and the user is what alternates.", $"Take sources.{source.Role.ToString().ToLowerInvariant()}.user out of the file: the secret tells the user.");
        }

        Credential? former = secret.PreviousVersionId is { } previous ? await installation.SecretVersions.ReadAsync(own.Reference, previous, cancel).ConfigureAwait(false) : null;
        string twin = TwinName.Of(review.Account.User, former?.UserName, review.LongestName);
        return plan with
        {
            NextAccount = review.Account with { User = twin },
            Notes = [.. plan.Notes, $"'{twin}' gets the rights of '{review.Account.User}' as they are now, which is then locked and not dropped."],
        };
    }

    private static IEnumerable<string> Notes(AccountReview review, bool isReplica, bool keepsOut)
    {
        if (keepsOut)
        {
            yield return isReplica
                ? "The server is a replica: the statements are kept out of its binary log, and reach no server behind it."
                : "The statements are kept out of the server's binary log: where a replica of it has the account, it stays as it is there.";
        }

        if (review.IsSuperReadOnly)
        {
            yield return "super_read_only is off for the moment of each statement on the account; read_only stays on.";
        }

        if (review.Namesakes > 0)
        {
            yield return $"There are {review.Namesakes} more accounts of this user for other hosts: only {review.Account} is changed, and Airbyte's own check tells whether that is its account.";
        }

        if (review.RefusesFormerPasswords)
        {
            yield return "The server refuses former passwords (password_history, password_reuse_interval): once both passwords are accepted, the run can be completed, and not taken back.";
        }
    }

    // Each line: one of these rights.
    private static IEnumerable<string[]> Needed(RotationMode mode, AccountReview review, bool isReplica, bool keepsOut, bool isAdministrator)
    {
        bool isMySql = review.Flavor == SourceFlavor.MySql;
        if (mode == RotationMode.AlternatingUser)
        {
            yield return [CreateUser];
            yield return ["GRANT OPTION"];
        }
        else
        {
            yield return isAdministrator ? [CreateUser] : ["APPLICATION_PASSWORD_ADMIN", CreateUser];
        }

        if (keepsOut)
        {
            yield return isMySql ? ["SYSTEM_VARIABLES_ADMIN", "SESSION_VARIABLES_ADMIN", "SUPER"] : ["BINLOG ADMIN", "SUPER"];
        }

        if (isReplica)
        {
            yield return isMySql ? ["CONNECTION_ADMIN", "SUPER"] : ["READ_ONLY ADMIN", "SUPER"];
        }

        if (review.IsSuperReadOnly)
        {
            yield return ["SYSTEM_VARIABLES_ADMIN", "SUPER"];
        }
    }
}
