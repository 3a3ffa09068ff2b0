using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Environments;
using AcodeOps.Reports;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Writes the permissions that a role needs, from what the cmdlets declare: IAM policies, a Kubernetes Role with its binding, External
/// Secrets manifests, or GRANT statements. Nothing in them deletes from the backup or the audit storage. Without <c>-Path</c> each
/// document is one string; nothing is changed anywhere but for the files.
/// </summary>
[Needs(AccessRole.Everyone)]
[Cmdlet(VerbsData.Export, "AcodeAccessPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportAcodeAccessPolicyCommand : EnvironmentCmdlet
{
    /// <summary>The roles; without it all, each in documents of its own.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public AccessRole[] Role { get; set; } = [AccessRole.Everyone];

    /// <summary>What is written.</summary>
    [Parameter]
    public AccessPolicyFormat Format { get; set; } = AccessPolicyFormat.Iam;

    /// <summary>The folder for the documents, or, for a single one, its file.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replace files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        (AwsNames names, string? warning) = await AccountNames.FindAsync(Installation, cancel);
        if (warning is not null)
        {
            WriteWarning(warning);
        }

        List<AccessPolicy> policies = [];
        foreach (AccessRole role in DeclaredAccess.Chosen(Role))
        {
            IReadOnlyList<AccessPolicy> documents = AccessPolicy.Of(role, Format, DeclaredAccess.All, Installation.Environment, names);
            WriteNotes(role, documents);
            policies.AddRange(documents);
        }

        foreach (AccessPolicy policy in policies)
        {
            if (Path is null)
            {
                WriteObject(policy.Text);
            }
            else
            {
                await WriteFileAsync(policy, policies.Count == 1, cancel);
            }
        }
    }

    private void WriteNotes(AccessRole role, IReadOnlyList<AccessPolicy> documents)
    {
        if (documents.Count == 0)
        {
            WriteVerbose($"{role} needs nothing of the kind {Format} in this environment.");
        }
        else if (documents.Count > 1)
        {
            WriteWarning($"What {role} needs is more than the {IamPolicy.MostCharacters:N0} characters of one policy: attach all {documents.Count}.");
        }
    }

    private async Task WriteFileAsync(AccessPolicy policy, bool isAlone, CancellationToken cancel)
    {
        string path = SessionPath.Resolve(Path!, SessionState);
        bool isFolder = !isAlone || Directory.Exists(path) || System.IO.Path.EndsInDirectorySeparator(path);
        string file = isFolder ? System.IO.Path.Combine(path, policy.Name) : path;
        if (ShouldProcess(file, "Write"))
        {
            WriteFile(await ReportFile.WriteAsync(file, policy.Text, Force, cancel));
        }
    }
}
