using System.Globalization;
using AcodeOps.Secrets;

namespace AcodeOps.Tuning.Settings;

/// <summary>Makes proposed changes on a server of our own.</summary>
/// <param name="installation">The installation.</param>
/// <param name="role">The source.</param>
/// <param name="version">Which server it is.</param>
public sealed class SettingApplier(IInstallation installation, SourceRole role, ServerVersion version)
{
    /// <summary>Makes one change where a statement can, and tells what is left to do.</summary>
    /// <exception cref="AcodeException">
    /// <c>AdministratorMissing</c>: the environment names nobody who may. <c>SettingNotTaken</c>: the server has another value afterwards. Else why the
    /// server refused.
    /// </exception>
    public async Task<SettingResult> ApplyAsync(SettingChange change, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(change);
        SettingResult result = new()
        {
            Source = role,
            Variable = change.Variable,
            Rule = change.Rule,
            Before = change.Current,
            Proposed = change.Proposed,
            NeedsRestart = change.Effect == SettingEffect.Restart,
            Statement = SettingStatements.Statement(change, version),
            Line = SettingStatements.Line(change, version),
        };
        if (result.Statement is null)
        {
            return result;
        }

        SourceDefinition source = installation.Environment.FindSource(role)!;
        CredentialReference reference = source.Administrator ?? throw new AcodeException(
            "AdministratorMissing", FailureClass.Permission, $"The environment names nobody who may change how the {source} is set.")
        {
            Advice = $"Set sources.{role.ToString().ToLowerInvariant()}.administrator to a credential whose user has SYSTEM_VARIABLES_ADMIN (SUPER on MySQL 5.7 and MariaDB), or run the statement yourself: {result.Statement}",
            Subject = source,
            IsFatal = false,
        };
        Credential own = await installation.Credentials.ReadAsync(source.Credential, cancel).ConfigureAwait(false);
        Credential administrator = await installation.Credentials.ReadAsync(reference, cancel).ConfigureAwait(false);
        string? after = await installation.Administration(role).SetAsync(administrator.At(own), change.Variable, result.Statement, cancel).ConfigureAwait(false);
        return result.NeedsRestart || IsSame(after, change.Proposed) ? result with { IsApplied = true, After = after } : throw new AcodeException(
            "SettingNotTaken", FailureClass.Conflict, $"{source}: {change.Variable} is {after ?? "not there"} after `{result.Statement}`.")
        {
            Advice = "The server took another value: see its limits for this variable.",
            Subject = result,
            IsFatal = false,
        };
    }

    // 2 and 2.000000, ON and 1 are the same; a size may be rounded down to the server's unit.
    private static bool IsSame(string? after, string proposed) => after is not null && (after.Equals(proposed, StringComparison.OrdinalIgnoreCase)
        || (decimal.TryParse(after, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal has) && decimal.TryParse(proposed, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal wanted)
            && (has == wanted || (wanted > 1 << 20 && Math.Abs(has - wanted) < wanted / 10))));
}
