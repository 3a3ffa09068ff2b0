using AcodeOps.Documents;

namespace AcodeOps.Environments.Sections;

/// <summary>The top of the file: the environments by name, and which of them is meant by default.</summary>
internal sealed record EnvironmentsSection(string? DefaultName, IReadOnlyList<string> Names, IReadOnlyList<NamedEnvironment> Environments)
{
    private static readonly ValueKind<string> Name = new(
        "a name of letters, digits, '-' and '_', at most 64", node => IsName(node.Value) ? node.Value : null);

    public static EnvironmentsSection Read(MappingReader root)
    {
        string? defaultName = root.Optional("default", Name);
        string[] names = [];
        IReadOnlyList<NamedEnvironment> environments = root.RequiredSection(EnvironmentFileReader.EnvironmentsKey, r =>
        {
            names = [.. r.Keys];
            return ReadAll(r);
        }) ?? [];
        if (defaultName is not null && names.Length > 0 && !names.Contains(defaultName))
        {
            root.Complain("default", new("UnknownDefault", $"There is no environment '{defaultName}' in this file.")
            {
                Current = defaultName,
                Proposed = Spelling.Nearest(defaultName, names) ?? names[0],
                Remedy = $"Write one of {Printable.Of(string.Join(", ", names))}.",
            });
        }

        return new EnvironmentsSection(defaultName ?? (names is [string only] ? only : null), names, environments);
    }

    private static List<NamedEnvironment> ReadAll(MappingReader environments)
    {
        List<NamedEnvironment> read = [];
        foreach (string name in environments.Keys)
        {
            if (!IsName(name))
            {
                environments.ComplainAtKey(name, new("InvalidValue", $"An environment must have {Name.Expected}."));
            }

            if (environments.RequiredSection(name, r => new NamedEnvironment(EnvironmentSection.Read(name, r), r.Path, r.Node)) is { } environment)
            {
                read.Add(environment);
            }
        }

        if (environments.Keys.Count == 0)
        {
            environments.ComplainAtKey("", new("MissingKey", "There is no environment here.") { Remedy = "Add one: production:" });
        }

        return read;
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

/// <summary>An environment, its path in the document and the node that it was read from.</summary>
internal sealed record NamedEnvironment(AcodeEnvironment Environment, string Path, MappingNode Node);
