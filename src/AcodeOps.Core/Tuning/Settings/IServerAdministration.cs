using AcodeOps.Secrets;
using AcodeOps.Tuning.Indexes;

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

    /// <summary>Opens a session in which the indexes of a table are changed; no other session of this product has one for the table meanwhile.</summary>
    /// <param name="administrator">Who may do it; with the database.</param>
    /// <param name="table">The table.</param>
    /// <param name="keepsOutOfBinaryLog">True on a replica: what is done there is written to no binary log, where it would be a transaction that the primary does not have.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>IndexBusy</c>: another session has one. Else why the login was refused.</exception>
    Task<IIndexSession> OpenIndexSessionAsync(Credential administrator, TableDefinition table, bool keepsOutOfBinaryLog, CancellationToken cancel);
}
