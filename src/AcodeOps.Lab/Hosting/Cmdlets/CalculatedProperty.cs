using System.Collections;
using System.Management.Automation;

namespace AcodeOps.Lab.Hosting.Cmdlets;

/// <summary>A property as these cmdlets take it: a name (with wildcards), a script block, or a table of Name and Expression.</summary>
internal sealed class CalculatedProperty(object given)
{
    private readonly object _given = given is PSObject wrapped ? wrapped.BaseObject : given;

    public string Name => _given is IDictionary table
        ? $"{Entry(table, "name", "label") ?? Entry(table, "expression")}"
        : $"{_given}";

    public bool? Descending => _given is not IDictionary table ? null
        : Entry(table, "descending") is { } down ? LanguagePrimitives.IsTrue(down)
        : Entry(table, "ascending") is { } up ? !LanguagePrimitives.IsTrue(up)
        : null;

    public object? ValueOf(PSObject item) => Evaluate(item, _given is IDictionary table ? Entry(table, "expression") ?? Name : _given);

    /// <summary>The named values of it on an object: several for a wildcard.</summary>
    public IEnumerable<KeyValuePair<string, object?>> On(PSObject item) =>
        _given is string pattern && WildcardPattern.ContainsWildcardCharacters(pattern)
            ? item.Properties.Match(pattern).Select(p => KeyValuePair.Create(p.Name, (object?)p.Value))
            : [KeyValuePair.Create(Name, ValueOf(item))];

    private static object? Evaluate(PSObject item, object property) => property switch
    {
        PSObject wrapped => Evaluate(item, wrapped.BaseObject),
        ScriptBlock script => script.InvokeWithContext(null, [new PSVariable("_", item)]) switch
        {
            { Count: 0 } => null,
            { Count: 1 } one => one[0],
            var several => several.ToArray(),
        },
        _ when item.BaseObject is IDictionary table && table.Contains($"{property}") => table[$"{property}"],
        _ => item.Properties[$"{property}"]?.Value,
    };

    private static object? Entry(IDictionary table, params string[] names) =>
        table.Keys.Cast<object>().Where(k => Array.Exists(names, n => n.StartsWith($"{k}", StringComparison.OrdinalIgnoreCase))).Select(k => table[k]).FirstOrDefault();
}
