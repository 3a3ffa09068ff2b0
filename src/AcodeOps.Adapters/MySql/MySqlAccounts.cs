using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>The accounts of a MySQL or MariaDB server.</summary>
internal sealed class MySqlAccounts(SourceDefinition definition) : IServerAccounts
{
    // Whoever logs in is told by the login, and not by the environment file.
    private readonly SourceDefinition _anyUser = definition with { User = null };

    /// <inheritdoc />
    public Task<AccountName> LogInAsync(Credential login, CancellationToken cancel) =>
        AccountSession.UseAsync(definition, login, async (connection, c) => await AccountReader.ReadNameAsync(connection, c).ConfigureAwait(false), cancel);

    /// <inheritdoc />
    public async Task<AccountReview> ReviewAsync(Credential own, Credential? administrator, CancellationToken cancel)
    {
        AccountName account = await LogInAsync(own, cancel).ConfigureAwait(false);
        return await AccountSession.UseAsync(
            administrator is null ? definition : _anyUser, administrator ?? own, (connection, c) => AccountReader.ReviewAsync(connection, account, c), cancel).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task AddPasswordAsync(AccountActor actor, AccountName account, SecretText password, CancellationToken cancel) => ChangeAsync(
        actor, account,
        async (connection, c) =>
        {
            // Under the lock: given twice, it would push the other password out.
            if (!await IsAcceptedAsync(actor, account, password, c).ConfigureAwait(false))
            {
                await AccountStatements.RunAsync(connection, definition, actor, [AccountStatements.Add(account, password)], c).ConfigureAwait(false);
            }
        },
        cancel);

    /// <inheritdoc />
    public Task KeepOnlyPasswordAsync(AccountActor actor, AccountName account, SecretText password, CancellationToken cancel) => ChangeAsync(
        actor, account,
        (connection, c) => AccountStatements.RunAsync(connection, definition, actor, [AccountStatements.Replace(account, password), AccountStatements.Discard(account)], c), cancel);

    /// <inheritdoc />
    public Task DiscardOldPasswordAsync(AccountActor actor, AccountName account, CancellationToken cancel) => ChangeAsync(
        actor, account, (connection, c) => AccountStatements.RunAsync(connection, definition, actor, [AccountStatements.Discard(account)], c), cancel);

    /// <inheritdoc />
    public Task MakeTwinAsync(AccountActor actor, AccountName account, AccountName twin, SecretText password, CancellationToken cancel) => ChangeAsync(
        actor, account,
        async (connection, c) =>
        {
            bool isMade = await IsAcceptedAsync(actor, twin, password, c).ConfigureAwait(false);
            IReadOnlyList<string> statements = await TwinStatements.OfAsync(connection, definition, account, twin, password, isMade, c).ConfigureAwait(false);
            await AccountStatements.RunAsync(connection, definition, actor, statements, c).ConfigureAwait(false);
        },
        cancel);

    /// <inheritdoc />
    public Task LockAsync(AccountActor actor, AccountName account, bool locked, CancellationToken cancel) => ChangeAsync(
        actor, account, (connection, c) => AccountStatements.RunAsync(connection, definition, actor, [AccountStatements.Lock(account, locked)], c), cancel);

    private async Task<bool> IsAcceptedAsync(AccountActor actor, AccountName account, SecretText password, CancellationToken cancel)
    {
        try
        {
            Credential login = new() { Reference = definition.Credential, UserName = account.User, Password = password, Host = actor.Login.Host, Port = actor.Login.Port };
            await AccountSession.UseAsync(_anyUser, login, (_, _) => Task.FromResult(true), cancel).ConfigureAwait(false);
            return true;
        }
        catch (AcodeException refused) when (refused.Cause == FailureClass.Authentication)
        {
            return false;
        }
    }

    // The one door to a change: nothing of a partner's server is ever changed.
    private Task<bool> ChangeAsync(AccountActor actor, AccountName account, Func<MySqlConnection, CancellationToken, Task> change, CancellationToken cancel) => definition.IsPartners
        ? throw new AcodeException("SourceIsPartners", FailureClass.Refused, $"The {definition} is the partner's: no account of it is changed.") { Subject = definition }
        : AccountSession.UseAsync(
            _anyUser with { User = actor.Login.UserName ?? definition.User }, actor.Login,
            async (connection, c) =>
            {
                await AccountStatements.PrepareAsync(connection, actor, c).ConfigureAwait(false);
                await AccountStatements.HoldAsync(connection, definition, account, c).ConfigureAwait(false);
                await change(connection, c).ConfigureAwait(false);
                return true;
            },
            cancel);
}
