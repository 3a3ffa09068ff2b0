using System.Collections.ObjectModel;
using System.Management.Automation;
using AcodeOps.Environments;

namespace AcodeOps.Secrets;

/// <summary>The paths of a search as the operator names them: with wildcards, unless there is something of exactly that name.</summary>
internal static class SearchedPaths
{
    /// <summary>The whole paths.</summary>
    public static IEnumerable<string> Resolve(IEnumerable<string> paths, SessionState session)
    {
        foreach (string path in paths)
        {
            string plain = SessionPath.Resolve(path, session);
            if (!WildcardPattern.ContainsWildcardCharacters(path) || System.IO.Path.Exists(plain))
            {
                yield return plain;
                continue;
            }

            foreach (string found in Matching(path, session))
            {
                yield return found;
            }
        }
    }

    private static Collection<string> Matching(string path, SessionState session)
    {
        try
        {
            return session.Path.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
    }
}
