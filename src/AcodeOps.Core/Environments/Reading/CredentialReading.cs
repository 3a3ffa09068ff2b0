using System.Text.RegularExpressions;
using AcodeOps.Documents;

namespace AcodeOps.Environments.Reading;

/// <summary>Reads references to credentials. What is written there is never repeated: it may be the credential itself.</summary>
internal static partial class CredentialReading
{
    /// <summary>A reference that must be there.</summary>
    public static CredentialReference RequiredCredential(this MappingReader reader, string key, params CredentialHolder[] holders)
    {
        reader.ReportMissing(key, string.Join(" or ", holders.Select(Written)));
        return reader.OptionalCredential(key, holders)!;
    }

    /// <summary>A reference that may be left out.</summary>
    public static CredentialReference? OptionalCredential(this MappingReader reader, string key, params CredentialHolder[] holders)
    {
        if (reader.Scalar(key) is not { } scalar)
        {
            return null;
        }

        string allowed = string.Join(" or ", holders.Select(Written));
        CredentialReference? reference = CredentialReference.TryParse(scalar.Value);
        Complaint? complaint = reference switch
        {
            null when Enum.GetValues<CredentialHolder>().Any(h => scalar.Value == Written(h)[..^"NAME".Length]) =>
                new("InvalidValue", $"'{key}' names the holder and not the credential."),
            null => SecretScan.Literal($"'{key}' is not a reference; if it is the credential itself, it must not stand here."),
            _ when !holders.Contains(reference.Holder) =>
                new("InvalidValue", $"'{key}' cannot be kept by that holder here."),
            { Holder: CredentialHolder.EnvironmentVariable } when !VariableName().IsMatch(reference.Name) =>
                new("InvalidValue", $"'{key}' does not name a variable: letters, digits and '_'."),
            _ when HasBlanks().IsMatch(reference.Name) =>
                new("InvalidValue", $"'{key}' has a name with blanks."),
            _ => null,
        };
        if (complaint is null)
        {
            return reference;
        }

        reader.Complain(key, complaint with { Remedy = complaint.Remedy ?? $"Write {allowed}." });
        return null;
    }

    private static string Written(CredentialHolder holder) => new CredentialReference(holder, "NAME").ToString();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"\s")]
    private static partial Regex HasBlanks();
}
