using System.Collections;
using System.Management.Automation;

namespace AcodeOps.Lab.Hosting.Cmdlets;

[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMemberCommand : CollectingCommand
{
    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    protected override void EndProcessing()
    {
        foreach (PSObject item in Items.DistinctBy(i => i.TypeNames[0]))
        {
            foreach (PSMemberInfo member in Name.SelectMany(n => item.Members.Match(n, MemberType))
                .Where(m => !m.Name.StartsWith("get_", StringComparison.Ordinal) && !m.Name.StartsWith("set_", StringComparison.Ordinal))
                .OrderBy(m => m.MemberType.ToString(), StringComparer.Ordinal).ThenBy(m => m.Name, StringComparer.Ordinal))
            {
                PSObject result = new();
                result.Properties.Add(new PSNoteProperty("TypeName", item.TypeNames[0]));
                result.Properties.Add(new PSNoteProperty("Name", member.Name));
                result.Properties.Add(new PSNoteProperty("MemberType", member.MemberType));
                result.Properties.Add(new PSNoteProperty("Definition", member.ToString()));
                PSMemberSet shown = new("PSStandardMembers", [new PSPropertySet("DefaultDisplayPropertySet", ["Name", "MemberType", "Definition"])]);
                result.Members.Add(shown);
                WriteObject(result);
            }
        }
    }
}

[Cmdlet(VerbsCommon.Add, "Member")]
public sealed class AddMemberCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = new();

    [Parameter]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.NoteProperty;

    [Parameter(Position = 0)]
    [Alias("NotePropertyName")]
    public string? Name { get; set; }

    [Parameter(Position = 1)]
    [Alias("NotePropertyValue")]
    public object? Value { get; set; }

    [Parameter]
    public IDictionary? NotePropertyMembers { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (Name is not null)
        {
            Add(Name, Value);
        }

        foreach (DictionaryEntry entry in NotePropertyMembers ?? new Hashtable())
        {
            Add($"{entry.Key}", entry.Value);
        }

        if (PassThru)
        {
            WriteObject(InputObject);
        }
    }

    private void Add(string name, object? value)
    {
        if (Force)
        {
            InputObject.Members.Remove(name);
        }

        InputObject.Members.Add(MemberType switch
        {
            PSMemberTypes.NoteProperty => new PSNoteProperty(name, value),
            PSMemberTypes.ScriptProperty => new PSScriptProperty(name, (ScriptBlock)value!),
            PSMemberTypes.ScriptMethod => new PSScriptMethod(name, (ScriptBlock)value!),
            PSMemberTypes.AliasProperty => new PSAliasProperty(name, $"{value}"),
            _ => throw new PSNotSupportedException($"The lab host adds no {MemberType}."),
        });
    }
}

[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    public object[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void BeginProcessing()
    {
        Type type = LanguagePrimitives.ConvertTo<Type>(TypeName);
        object[] arguments = [.. ArgumentList.Select(a => a is PSObject wrapped ? wrapped.BaseObject : a)];
        PSObject made = type == typeof(PSObject) ? new PSObject() : PSObject.AsPSObject(Activator.CreateInstance(type, arguments)!);
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            if (made.Properties[$"{entry.Key}"] is { } existing)
            {
                existing.Value = entry.Value;
            }
            else
            {
                made.Properties.Add(new PSNoteProperty($"{entry.Key}", entry.Value));
            }
        }

        WriteObject(made);
    }
}
