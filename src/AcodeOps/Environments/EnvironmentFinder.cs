using System.Management.Automation;

namespace AcodeOps.Environments;

/// <summary>Finds the environment that a command means.</summary>
internal static class EnvironmentFinder
{
    /// <summary>The variable that names the environment where a command does not.</summary>
    public const string Variable = "ACODE_ENVIRONMENT";

    /// <summary>The environment of an argument: an object, <c>name</c>, <c>path</c> or <c>path#name</c>; else the variable's, else the file's here.</summary>
    /// <exception cref="AcodeException"><c>EnvironmentNotGiven</c>, <c>EnvironmentNotFound</c>, <c>EnvironmentInvalid</c>, <c>EnvironmentFile…</c>.</exception>
    public static AcodeEnvironment Find(EnvironmentArgument? argument, SessionState session)
    {
        if (argument?.Value is { } environment)
        {
            return environment;
        }

        string? text = argument?.NameOrPath ?? Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrWhiteSpace(text) ? FindHere(session) : FindByText(text.Trim(), session);
    }

    /// <summary>The file that is meant: the one named, else the variable's, else the one here. It need not exist.</summary>
    public static string FindFile(string? path, SessionState session)
    {
        string? text = path is null ? Environment.GetEnvironmentVariable(Variable)?.Trim() : null;
        return SessionPath.Resolve(path ?? (string.IsNullOrEmpty(text) ? SessionPath.StandardFile : Split(text, session).Path), session);
    }

    /// <summary>Reads and judges a file.</summary>
    public static EnvironmentFile Read(string file) => EnvironmentFileReader.Read(Composition.Adapters.Open.Documents, file);

    private static AcodeEnvironment FindHere(SessionState session)
    {
        string here = SessionPath.Resolve(SessionPath.StandardFile, session);
        if (!File.Exists(here))
        {
            throw new AcodeException("EnvironmentNotGiven", FailureClass.InvalidInput, "No environment is named, connected or found.")
            {
                Advice = $"Name one with -Environment, Connect-AcodeEnvironment or $env:{Variable}, or write {here} with New-AcodeEnvironment.",
            };
        }

        return Read(here).Choose();
    }

    private static AcodeEnvironment FindByText(string text, SessionState session)
    {
        (string path, string? name) = Split(text, session);
        string file = SessionPath.Resolve(path, session);
        if (path == SessionPath.StandardFile && !File.Exists(file))
        {
            throw new AcodeException("EnvironmentNotFound", FailureClass.NotFound, $"Environment '{text}' is looked for in {file}, which does not exist.")
            {
                Advice = $"Give the path with the name, as in ./folder/{SessionPath.StandardFile}#{name}, or go to the file's folder.",
                Subject = text,
            };
        }

        return Read(file).Choose(name);
    }

    private static (string Path, string? Name) Split(string text, SessionState session)
    {
        int hash = text.LastIndexOf('#');
        return text switch
        {
            _ when hash > 0 && IsPath(text[..hash], session) => (text[..hash], hash + 1 < text.Length ? text[(hash + 1)..] : null),
            _ when IsPath(text, session) => (text, null),
            _ => (SessionPath.StandardFile, text),
        };
    }

    private static bool IsPath(string text, SessionState session) =>
        text.AsSpan().IndexOfAny('/', '\\') >= 0
        || text.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || text.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
        || File.Exists(SessionPath.Resolve(text, session));
}
