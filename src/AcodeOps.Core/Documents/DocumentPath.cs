using System.Globalization;

namespace AcodeOps.Documents;

/// <summary>Names the places of a document: <c>environments.production.routes[0].storage</c>.</summary>
internal static class DocumentPath
{
    public static string Of(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    public static string Of(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>True for keys at the top that readers leave to people, for parts that several places of a file share.</summary>
    public static bool IsExtension(string key) => key.StartsWith("x-", StringComparison.Ordinal);

    /// <summary>True for a key whose value was left out, which means the same as leaving out the key.</summary>
    public static bool IsNull(DocumentNode node) => node is ScalarNode { IsPlain: true, Value: "" or "~" or "null" or "Null" or "NULL" };

    /// <summary>The node that a path leads to; null where it leads to none.</summary>
    public static DocumentNode? Find(DocumentNode root, string path) => Parts(path).Aggregate((DocumentNode?)root, Below);

    /// <summary>The node that a path leads to; where it leads to none, the nearest one on the way.</summary>
    public static DocumentNode Nearest(DocumentNode root, string path)
    {
        DocumentNode node = root;
        foreach (string part in Parts(path))
        {
            if (Below(node, part) is not { } below)
            {
                break;
            }

            node = below;
        }

        return node;
    }

    private static string[] Parts(string path) => path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);

    private static DocumentNode? Below(DocumentNode? node, string part) => node switch
    {
        SequenceNode sequence when part is ['[', .. var index, ']'] && int.TryParse(index, CultureInfo.InvariantCulture, out int at) => sequence.Items.ElementAtOrDefault(at),
        MappingNode mapping => mapping.Entries.FirstOrDefault(entry => entry.Key.Value == part).Value,
        _ => null,
    };
}
