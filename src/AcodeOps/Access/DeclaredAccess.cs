using System.Management.Automation;
using System.Reflection;
using AcodeOps.Shell;

namespace AcodeOps.Access;

/// <summary>What the module's cmdlets declare to need.</summary>
internal static class DeclaredAccess
{
    private static readonly Lazy<CmdletAccess[]> Read = new(() =>
    [
        .. from type in typeof(AcodeCmdlet).Assembly.GetExportedTypes()
           from cmdlet in type.GetCustomAttributes<CmdletAttribute>(inherit: false)
           let name = $"{cmdlet.VerbName}-{cmdlet.NounName}"
           orderby name
           select new CmdletAccess(name, [.. type.GetCustomAttributes<NeedsAttribute>(inherit: true)]),
    ]);

    /// <summary>All cmdlets, by name.</summary>
    public static IReadOnlyList<CmdletAccess> All => Read.Value;

    /// <summary>The roles, one by one.</summary>
    public static IEnumerable<AccessRole> Roles => Enum.GetValues<AccessRole>().Where(role => role != AccessRole.Everyone);

    /// <summary>Those that are in any of the given, or all.</summary>
    public static IEnumerable<AccessRole> Chosen(AccessRole[] given) => Roles.Where(role => given.Length == 0 || given.Any(one => one.HasFlag(role)));
}
