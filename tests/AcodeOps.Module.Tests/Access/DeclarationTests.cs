using System.Management.Automation;
using System.Reflection;
using AcodeOps.Lab.Driver;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Access;

/// <summary>Every cmdlet says what it needs, and the documentation says the same.</summary>
public sealed class DeclarationTests
{
    private const string Head = "| cmdlet |";

    private static readonly Lazy<CmdletInfo[]> Cmdlets = new(() =>
    {
        using ModuleSession session = new();
        return [.. session.Run("Get-Command -Module AcodeOps").Clean().Select(c => (CmdletInfo)c.BaseObject)];
    });

    public static TheoryData<string> Names => [.. Cmdlets.Value.Select(cmdlet => cmdlet.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_cmdlet_declares_whose_work_it_is(string name)
    {
        object[] declared = [.. Cmdlets.Value.Single(cmdlet => cmdlet.Name == name).ImplementingType.GetCustomAttributes(inherit: false).Where(a => a.GetType().Name == "NeedsAttribute")];
        Assert.NotEmpty(declared);
        Assert.All(declared, one => Assert.NotNull(one.GetType().GetProperty("Roles")!.GetValue(one)));
    }

    // Who administers a server may do anything there: nobody but the rotator may have that credential.
    [Theory]
    [MemberData(nameof(Names))]
    public void Administrators_of_servers_are_for_the_rotator_alone(string name)
    {
        foreach (object declared in Cmdlets.Value.Single(cmdlet => cmdlet.Name == name).ImplementingType.GetCustomAttributes(inherit: false).Where(a => a.GetType().Name == "NeedsAttribute"))
        {
            string[] needs = [.. ((System.Collections.IEnumerable)declared.GetType().GetProperty("Needs")!.GetValue(declared)!).Cast<object>().Select(need => $"{need}")];
            Assert.True(!needs.Intersect(["RotateCredentials", "AdministerSources"]).Any() || $"{declared.GetType().GetProperty("Roles")!.GetValue(declared)}" == "Rotator", $"{name}: {string.Join(", ", needs)}");
        }
    }

    [Fact]
    public void The_tables_in_the_documentation_are_what_is_declared()
    {
        Assembly module = Cmdlets.Value[0].ImplementingType.Assembly;
        object all = module.GetType("AcodeOps.Access.DeclaredAccess", throwOnError: true)!.GetProperty("All")!.GetValue(null)!;
        Type table = all.GetType().GetElementType()!.Assembly.GetType("AcodeOps.Access.AccessTable", throwOnError: true)!;
        string drawn = (string)table.GetMethod("Write")!.Invoke(null, [all])!;
        string path = Path.Combine(Repository.Find().Root, "docs", "access.md"), text = File.ReadAllText(path);
        int begin = text.IndexOf(Head, StringComparison.Ordinal), end = text.IndexOf("\nPlaces: ", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("ACODE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..begin] + drawn + text[end..]);
            return;
        }

        Assert.Equal(drawn, text[begin..end], ignoreLineEndingDifferences: true);
    }
}
