using System.Management.Automation;
using System.Text.RegularExpressions;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Access;

/// <summary>How a line of a rehearsal did not do what it is there for.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Text">All that was told, with the ids and classes of the failures.</param>
internal sealed partial record RehearsalFailure(string Cmdlet, string Text)
{
    private const int Shown = 500;

    /// <summary>The failure of a line; null when it did what it is there for.</summary>
    public static RehearsalFailure? Of(string cmdlet, ScriptResult result)
    {
        string[] told = [.. result.Errors.Append(result.Failure).OfType<ErrorRecord>().Select(Tell), .. result.Warnings];
        return told.Length == 0 ? null : new RehearsalFailure(cmdlet, string.Join(" | ", told));
    }

    /// <summary>True when it was a want of permission on what the action is about; or what is documented to come of that.</summary>
    public bool IsOf(string action) => action.Split(':')[0] switch
    {
        "s3" => Refused().IsMatch(Text) && Storage().IsMatch(Text) || Documented().IsMatch(Text),
        "secretsmanager" => Refused().IsMatch(Text) && Text.Contains("secret", StringComparison.OrdinalIgnoreCase),
        _ => Refused().IsMatch(Text) && Text.Contains("key '", StringComparison.OrdinalIgnoreCase),
    };

    public override string ToString() => $"{Cmdlet}: {(Text.Length > Shown ? $"{Text[..Shown]}…" : Text)}";

    private static string Tell(ErrorRecord error)
    {
        List<string> told = [$"{error.FullyQualifiedErrorId}"];
        for (Exception? at = error.Exception; at is not null; at = at.InnerException)
        {
            told.Add($"{at.Message} {at.GetType().GetProperty("Id")?.GetValue(at)} {at.GetType().GetProperty("Cause")?.GetValue(at)}");
        }

        return string.Join(": ", told);
    }

    [GeneratedRegex("AccessDenied|\\bPermission\\b|may not be used so by this identity|we may not|not allowed")]
    private static partial Regex Refused();

    [GeneratedRegex("Storage|[Bb]ucket|s3://")]
    private static partial Regex Storage();

    // Evidence that a bucket's settings were not told; a canary or a probe of the lease that stays; records that wait.
    [GeneratedRegex("not told: |StorageCanaryStays|left a probe of the lease behind|records wait")]
    private static partial Regex Documented();
}
