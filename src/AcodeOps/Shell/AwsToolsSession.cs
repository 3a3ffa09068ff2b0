using System.Management.Automation;
using System.Reflection;
using AcodeOps.Secrets;

namespace AcodeOps.Shell;

/// <summary>
/// What Set-AWSCredential and Set-DefaultAWSRegion of AWS.Tools.Common have left in the session: the variables
/// <c>$StoredAWSCredentials</c> (a wrapper with a non-public property <c>Credentials</c>) and <c>$StoredAWSRegion</c>
/// (a name). That module brings its own AWSSDK.Core, of any version, so all is done by name.
/// </summary>
internal static class AwsToolsSession
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The session's credentials and region; null when it has neither.</summary>
    public static AwsSession? Find(SessionState session)
    {
        object? credentials = Unwrap(Bare(session.PSVariable.GetValue("StoredAWSCredentials")));
        string? region = Bare(session.PSVariable.GetValue("StoredAWSRegion"))?.ToString();
        region = string.IsNullOrWhiteSpace(region) ? null : region;
        return credentials is null && region is null
            ? null
            : new AwsSession(credentials is null ? null : () => ReadKeys(credentials), region);
    }

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    // Credentials themselves, as a script may have put them there, need no unwrapping.
    private static object? Unwrap(object? value) => value switch
    {
        null => null,
        _ when KeysMethod(value) is not null => value,
        _ => value.GetType().GetProperty("Credentials", AnyInstance)?.GetValue(value) is { } inner && KeysMethod(inner) is not null ? inner : null,
    };

    // Asked for each time: the object itself refreshes temporary keys.
    private static AwsKeys ReadKeys(object credentials)
    {
        object keys;
        try
        {
            keys = KeysMethod(credentials)!.Invoke(credentials, null) ?? throw Unusable();
        }
        catch (TargetInvocationException)
        {
            // Its text is another product's, and may tell anything.
            throw Unusable();
        }

        return new AwsKeys(
            Text(keys, "AccessKey") ?? throw Unusable(),
            new SecretText(Text(keys, "SecretKey") ?? throw Unusable()),
            Text(keys, "Token") is { Length: > 0 } token ? new SecretText(token) : null);
    }

    private static MethodInfo? KeysMethod(object credentials) =>
        credentials.GetType().GetMethod("GetCredentials", BindingFlags.Instance | BindingFlags.Public, Type.EmptyTypes);

    private static string? Text(object keys, string name) => keys.GetType().GetProperty(name)?.GetValue(keys) as string;

    private static AcodeException Unusable() => new(
        "AwsSessionUnusable", FailureClass.Authentication, "The credentials that Set-AWSCredential left in this session give no keys.")
    {
        Advice = "Run Set-AWSCredential again, or Clear-AWSCredential to use the environment's own.",
    };
}
