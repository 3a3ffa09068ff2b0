using AcodeOps.Secrets;

namespace AcodeOps.Tuning.Settings;

/// <summary>Changes how a server of our own is set, as whoever may do so.</summary>
public interface IServerAdministration
{
    /// <summary>Runs the statement of a change, and reads the variable back.</summary>
    /// <param name="administrator">Who may do it.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The value that the server has afterwards.</returns>
    /// <exception cref="AcodeException">The login or the statement was refused, or the server could not be asked.</exception>
    Task<string?> SetAsync(Credential administrator, string variable, string statement, CancellationToken cancel);
}
