using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace AcodeOps.Lab.Driver.Packaging.Help;

/// <summary>The help of one cmdlet as PowerShell reads it. Source: "How to write cmdlet help" of PowerShell's documentation.</summary>
internal sealed class CmdletMaml(Type type, DocComments comments, HelpPage page, HelpLanguage language)
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly Dictionary<string, string> Optional = new()
    {
        ["WhatIf"] = "Tell what would be done, and do nothing.",
        ["Confirm"] = "Ask before it is done. -Confirm:$false does it without asking, for automation.",
    };

    private readonly CmdletAttribute _cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;

    private string Name => $"{_cmdlet.VerbName}-{_cmdlet.NounName}";

    /// <summary>Writes it.</summary>
    public XElement Write()
    {
        CommandParameterSetInfo[] sets = [.. new CmdletInfo(Name, type).ParameterSets.OrderByDescending(set => set.IsDefault).ThenBy(set => set.Name, StringComparer.Ordinal)];
        CommandParameterInfo[] all = [.. sets.SelectMany(Own).DistinctBy(parameter => parameter.Name).OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)];
        string summary = language.Of(comments.Of(type));
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", Name), new XElement(Command + "verb", _cmdlet.VerbName), new XElement(Command + "noun", _cmdlet.NounName),
                new XElement(Maml + "description", Para(FirstSentence(summary)))),
            new XElement(Maml + "description", Para(summary)),
            new XElement(Command + "syntax", sets.Select(set => new XElement(
                Command + "syntaxItem", new XElement(Maml + "name", Name), Own(set).OrderBy(InSyntax).Select(Parameter)))),
            new XElement(Command + "parameters", all.Select(Parameter)),
            new XElement(Command + "inputTypes", all.Where(parameter => parameter.ValueFromPipeline).Select(parameter => new XElement(Command + "inputType", TypeOf(parameter.ParameterType)))),
            new XElement(Command + "returnValues", type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type).Select(output => new XElement(
                Command + "returnValue", new XElement(Dev + "type", new XElement(Maml + "name", output.Name))))),
            new XElement(Maml + "alertSet", page.Errors.Select(error => new XElement(Maml + "alert", Para(language.Of(error))))),
            new XElement(Command + "examples", page.Examples.Select((example, i) => new XElement(
                Command + "example",
                new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"---- {language.Example} {i + 1}: {language.Of(example.Title)} ----")),
                new XElement(Dev + "code", example.Code),
                new XElement(Dev + "remarks", Para(language.Of(example.Remarks)))))),
            new XElement(Command + "relatedLinks", page.Links.Select(link => new XElement(
                Maml + "navigationLink", new XElement(Maml + "linkText", link), new XElement(Maml + "uri")))));
    }

    private static IEnumerable<CommandParameterInfo> Own(CommandParameterSetInfo set) => set.Parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    // By position, then what is needed, then the rest.
    private static (int, int, string) InSyntax(CommandParameterInfo parameter) =>
        (parameter.Position < 0 ? int.MaxValue : parameter.Position, Optional.ContainsKey(parameter.Name) ? 2 : parameter.IsMandatory ? 0 : 1, parameter.Name);

    private XElement Parameter(CommandParameterInfo parameter)
    {
        bool isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        string about = language.Of(Optional.GetValueOrDefault(parameter.Name) ?? comments.Of(Property(parameter.Name)));
        return new XElement(
            Command + "parameter",
            new XAttribute("required", Lower(parameter.IsMandatory)),
            new XAttribute("variableLength", Lower(parameter.ParameterType.IsArray)),
            new XAttribute("globbing", Lower(parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any())),
            new XAttribute("pipelineInput", Pipeline(parameter)),
            new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases.Order(StringComparer.Ordinal))),
            new XElement(Maml + "name", parameter.Name),
            new XElement(Maml + "description", Para(about)),
            Choices(parameter.ParameterType) is { Length: > 0 } choices
                ? new XElement(Command + "parameterValueGroup", choices.Select(choice => new XElement(Command + "parameterValue", new XAttribute("required", "false"), choice)))
                : null,
            isSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", Lower(parameter.ParameterType.IsArray)), ShortName(parameter.ParameterType)),
            TypeOf(parameter.ParameterType),
            new XElement(Dev + "defaultValue", "None"));
    }

    private PropertyInfo Property(string name) => type.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;

    private static string Pipeline(CommandParameterInfo parameter) => (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static XElement TypeOf(Type type) => new(Dev + "type", new XElement(Maml + "name", ShortName(type)), new XElement(Maml + "uri"));

    private static string[] Choices(Type type) => Bare(type) is { IsEnum: true } choices ? Enum.GetNames(choices) : [];

    private static Type Bare(Type type) => type.IsArray ? Bare(type.GetElementType()!) : Nullable.GetUnderlyingType(type) ?? type;

    private static string ShortName(Type type) => type.IsArray ? ShortName(type.GetElementType()!) + "[]" : Bare(type).Name;

    private static XElement Para(string text) => new(Maml + "para", text);

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

#pragma warning disable CA1308 // The schema's words are in small letters.
    private static string Lower(bool value) => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
