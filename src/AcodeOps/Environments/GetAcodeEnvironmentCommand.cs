using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Lists the environments of a file, and the connected one. The property <c>IsConnected</c> tells which one the session
/// is connected to. An environment with errors is an error of its own; the others are listed.
/// </summary>
[Needs(AccessRole.Everyone)]
[Cmdlet(VerbsCommon.Get, "AcodeEnvironment")]
[OutputType(typeof(AcodeEnvironment))]
public sealed class GetAcodeEnvironmentCommand : AcodeCmdlet
{
    /// <summary>The names; all without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EnvironmentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The file; by default the one that <c>$env:ACODE_ENVIRONMENT</c> names, else <c>./acode.yaml</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc />
    protected override Task ProcessAsync(CancellationToken cancel)
    {
        AcodeEnvironment? connected = Path is null ? ConnectedEnvironment.OfThisRunspace?.Installation.Environment : null;
        string path = EnvironmentFinder.FindFile(Path, SessionState);
        EnvironmentFile? file = Path is null && connected is not null && !File.Exists(path) ? null : EnvironmentFinder.Read(path);
        foreach (string pattern in Name)
        {
            WildcardPattern wanted = new(pattern, WildcardOptions.IgnoreCase);
            bool isConnectedElsewhere = connected is not null && connected.Path != file?.Path && wanted.IsMatch(connected.Name);
            string[] names = [.. (file?.Names ?? []).Where(wanted.IsMatch)];
            if (isConnectedElsewhere)
            {
                WriteObject(connected!.WithMark());
            }
            else if (file is not null && names.Length == 0 && (file.Names.Count == 0 || !WildcardPattern.ContainsWildcardCharacters(pattern)))
            {
                names = [pattern];
            }

            Array.ForEach(names, name => Write(file!, name));
        }

        return Task.CompletedTask;
    }

    private void Write(EnvironmentFile file, string name)
    {
        try
        {
            WriteObject(file.Choose(file.Names.Count == 0 ? null : name).WithMark());
        }
        catch (AcodeException failure)
        {
            WriteFailure(failure);
        }
    }
}
