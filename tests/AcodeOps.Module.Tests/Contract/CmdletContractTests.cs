using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Contract;

/// <summary>What every cmdlet promises, read from the packed module itself.</summary>
public sealed class CmdletContractTests
{
    private static readonly string[] Looking = ["Get", "Test", "Find", "Measure", "Compare", "Wait", "Connect", "Disconnect"];
    private static readonly string[] Grave =
        ["Invoke", "Set", "Publish", "Restore", "Resume", "Undo", "Stop", "Clear", "Repair", "Move", "Start-AcodeDisasterRecovery", "New-AcodeIndex"];

    private static readonly string[] Recording = ["Write", "Send", "Sync", "Backup"];

    private static readonly string[] ApprovedVerbs = [.. typeof(VerbsCommon).Assembly.GetExportedTypes()
        .Where(t => t.IsAbstract && t.IsSealed && t.Name.StartsWith("Verbs", StringComparison.Ordinal))
        .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral)).Select(f => f.Name)];

    internal static readonly Lazy<CmdletInfo[]> Cmdlets = new(() =>
    {
        using ModuleSession session = new();
        return [.. session.Run("Get-Command -Module AcodeOps").Clean().Select(c => (CmdletInfo)c.BaseObject)];
    });

    public static TheoryData<string> Names => [.. Cmdlets.Value.Select(c => c.Name)];

    [Fact]
    public void The_manifest_names_exactly_the_cmdlets_that_the_assembly_holds()
    {
        string[] classes = [.. Cmdlets.Value[0].ImplementingType.Assembly.GetExportedTypes()
            .SelectMany(t => t.GetCustomAttributes<CmdletAttribute>(inherit: false)).Select(a => $"{a.VerbName}-{a.NounName}").Order(StringComparer.Ordinal)];
        using ModuleSession session = new(import: false);
        PSObject manifest = session.With("path", PackedModule.Manifest).Run("Import-PowerShellDataFile $path").Only;
        var table = (System.Collections.Hashtable)manifest.BaseObject;
        object exported = table["CmdletsToExport"]!;
        Assert.Equal(classes, LanguagePrimitives.ConvertTo<string[]>(exported).Order(StringComparer.Ordinal));
        Assert.All(new[] { "FunctionsToExport", "VariablesToExport", "AliasesToExport" }, key => Assert.Empty((object[])table[key]!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_name_is_an_approved_verb_and_a_singular_Acode_noun_and_its_class_is_named_after_it(string name)
    {
        CmdletInfo cmdlet = Cmdlet(name);
        Assert.Contains(cmdlet.Verb, ApprovedVerbs);
        Assert.StartsWith("Acode", cmdlet.Noun, StringComparison.Ordinal);
        Assert.False(cmdlet.Noun.EndsWith('s') && !cmdlet.Noun.EndsWith("ss", StringComparison.Ordinal), $"{cmdlet.Noun} is a plural.");
        Assert.Equal($"AcodeOps.Commands.{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.ImplementingType.FullName);
        Assert.True(cmdlet.ImplementingType.IsSealed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_what_it_puts_out(string name) =>
        Assert.NotEmpty(Cmdlet(name).ImplementingType.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_lists_in_what_it_puts_out_can_be_indexed(string name)
    {
        HashSet<Type> seen = [.. Cmdlet(name).ImplementingType.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type).Select(t => t.Type)];
        Assembly core = seen.Select(t => t.Assembly).FirstOrDefault(a => a.GetName().Name == "AcodeOps.Core") ?? typeof(object).Assembly;
        if (seen.Any(t => t.FullName == "AcodeOps.RunbookRun"))
        {
            seen.UnionWith(((string[])["FailoverPlan", "FailoverResult", "ExportPlan", "ExportResult"]).Select(name => core.GetType($"AcodeOps.{name}", throwOnError: true)!));
        }

        for (Queue<Type> left = new(seen); left.TryDequeue(out Type? type);)
        {
            foreach (PropertyInfo property in type.GetProperties().Where(p => type.Assembly == core && p.GetIndexParameters().Length == 0))
            {
                Type[] arguments = property.PropertyType.GetGenericArguments();
                if (property.PropertyType.Name == "IReadOnlyList`1" && property.CanWrite && !type.IsAbstract)
                {
                    // PowerShell cannot index the types that the compiler makes up for lists.
                    object record = RuntimeHelpers.GetUninitializedObject(type);
                    property.SetValue(record, Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments)));
                    Assert.True(property.GetValue(record) is Array, $"{type.Name}.{property.Name} keeps the list that it is given.");
                }

                foreach (Type next in arguments.Append(property.PropertyType).Where(t => t.Assembly == core && seen.Add(t)))
                {
                    left.Enqueue(next);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_puts_out_has_a_table_view(string name)
    {
        var views = XDocument.Load(Path.Combine(PackedModule.Folder, "AcodeOps.format.ps1xml"));
        string[] shown = [.. views.Descendants("View").Where(v => v.Element("TableControl") is not null).Descendants("TypeName").Select(t => t.Value)];
        string[] ours = [.. Cmdlet(name).ImplementingType.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type)
            .Select(t => t.Name).Where(t => t.StartsWith("AcodeOps.", StringComparison.Ordinal))];
        Assert.Empty(ours.Except(shown));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_asks_before_it_changes_anything(string name)
    {
        CmdletInfo cmdlet = Cmdlet(name);
        CmdletAttribute declared = cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!;
        // One that looks may be asked to run a sync, and to look at what comes of it; or to put on record what it saw.
        Assert.Equal(!Looking.Contains(cmdlet.Verb) || cmdlet.Parameters.ContainsKey("Sync") || cmdlet.Parameters.ContainsKey("Record"), declared.SupportsShouldProcess);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_changes_the_installation_is_asked_about_by_default_and_what_only_writes_down_is_not(string name)
    {
        CmdletInfo cmdlet = Cmdlet(name);
        ConfirmImpact declared = cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact;
        Assert.Equal(Grave.Contains(cmdlet.Verb) || Grave.Contains(name), declared == ConfirmImpact.High);
        Assert.True(!Recording.Contains(cmdlet.Verb) || declared == ConfirmImpact.Low, $"{declared}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_that_the_environment_or_this_machine_knows_are_completed(string name)
    {
        string[] known = ["Environment", "Table", "Connection", "Channel", "Sink", "RunId"];
        IEnumerable<string> bare = Cmdlet(name).Parameters.Values
            .Where(p => p.ParameterType == typeof(string) || p.ParameterType == typeof(string[]))
            .Where(p => known.Contains(p.Name) && !p.Attributes.OfType<ArgumentCompleterAttribute>().Any()).Select(p => p.Name);
        Assert.Empty(bare);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_secret_goes_in_as_plain_text(string name)
    {
        string[] words = ["password", "secret", "token", "apikey", "accesskey", "passphrase"];
        IEnumerable<string> plain = Cmdlet(name).Parameters.Values
            .Where(p => p.ParameterType == typeof(string) || p.ParameterType == typeof(string[])).Select(p => p.Name)
            .Where(p => Array.Exists(words, w => p.Contains(w, StringComparison.OrdinalIgnoreCase)));
        Assert.Empty(plain);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_types_that_scripts_can_name_go_in_and_come_out(string name)
    {
        CmdletInfo cmdlet = Cmdlet(name);
        IEnumerable<Type> types = cmdlet.Parameters.Values.Select(p => p.ParameterType)
            .Concat(cmdlet.ImplementingType.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type).Select(t => t.Type).OfType<Type>())
            .Select(t => t.GetElementType() ?? Nullable.GetUnderlyingType(t) ?? t);
        string[] allowed = ["AcodeOps", "AcodeOps.Core", "System.Management.Automation"];
        Assert.All(types, t => Assert.True(
            t.Namespace!.StartsWith("System", StringComparison.Ordinal) || allowed.Contains(t.Assembly.GetName().Name), $"{t.FullName} of {t.Assembly.GetName().Name}"));
    }

    private static CmdletInfo Cmdlet(string name) => Cmdlets.Value.Single(c => c.Name == name);
}
