using AcodeOps.Documents;
using AcodeOps.Environments.Sections;

namespace AcodeOps.Environments;

/// <summary>Turns an environment file into environments and findings.</summary>
public static class EnvironmentFileReader
{
    internal const string EnvironmentsKey = "environments";

    /// <summary>Reads and judges a file.</summary>
    /// <param name="documents">Reads the file.</param>
    /// <param name="path">The file's full path.</param>
    /// <exception cref="AcodeException">
    /// The file cannot be read at all: <c>EnvironmentFileNotFound</c>, <c>EnvironmentFileUnreadable</c>, <c>EnvironmentFileInvalid</c>.
    /// </exception>
    public static EnvironmentFile Read(IDocumentReader documents, string path) => Judge(documents.Read(path), path);

    /// <summary>Judges a file that has been read.</summary>
    public static EnvironmentFile Judge(DocumentNode document, string path)
    {
        FindingList findings = new(path);
        EnvironmentsSection? root = MappingReader.Read(document, "", findings, EnvironmentsSection.Read);
        SecretScan.Report(document, "", findings, namesIn: EnvironmentsKey);
        NamedEnvironment[] good = [.. (root?.Environments ?? []).Where(e => !findings.HasErrors(e.Path))];
        foreach (NamedEnvironment named in good)
        {
            EnvironmentReview.Report(named, findings);
        }

        return new EnvironmentFile(path, root?.DefaultName, [.. good.Select(e => e.Environment)], findings.InOrder)
        {
            Names = root?.Names ?? [],
        };
    }

    /// <summary>What is wrong or doubtful in a file; that it is not YAML is a finding too.</summary>
    /// <exception cref="AcodeException">The file cannot be read: <c>EnvironmentFileNotFound</c>, <c>EnvironmentFileUnreadable</c>.</exception>
    public static IReadOnlyList<Finding> Check(IDocumentReader documents, string path)
    {
        try
        {
            return Read(documents, path).Findings;
        }
        catch (AcodeException e) when (e is { Id: "EnvironmentFileInvalid", Subject: FilePosition })
        {
            FilePosition at = (FilePosition)e.Subject;
            string place = at.InWords + ": ";
            return
            [
                new Finding
                {
                    Rule = e.Id,
                    Severity = FindingSeverity.Error,
                    Target = path,
                    Message = e.Message.StartsWith(place, StringComparison.Ordinal) ? e.Message[place.Length..] : e.Message,
                    Remedy = e.Advice,
                    File = path,
                    Line = at.Line ?? 1,
                    Column = at.Column ?? 1,
                },
            ];
        }
    }
}
