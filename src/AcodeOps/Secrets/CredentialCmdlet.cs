using System.Management.Automation;
using AcodeOps.Secrets;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>A cmdlet on one credential of the environment: a source's, Airbyte's, or one by its reference.</summary>
public abstract class CredentialCmdlet : EnvironmentCmdlet
{
    /// <summary>The credential of this source.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Source")]
    public SourceRole Source { get; set; }

    /// <summary>The credential of Airbyte.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Airbyte")]
    public SwitchParameter Airbyte { get; set; }

    /// <summary>A reference as the environment file writes it: <c>secretsmanager:acode/mysql/primary</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Name", ValueFromPipelineByPropertyName = true)]
    [Alias("Reference")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    private protected CredentialReference Chosen => ParameterSetName switch
    {
        "Airbyte" => CredentialReferences.OfAirbyte(Installation.Environment),
        "Name" => CredentialReferences.Parse(Name),
        _ => CredentialReferences.OfSource(Installation.Environment, Source),
    };
}
