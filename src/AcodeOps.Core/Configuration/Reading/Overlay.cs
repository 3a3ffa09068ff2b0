using AcodeOps.Documents;

namespace AcodeOps.Configuration.Reading;

/// <summary>Lays an environment's own values over a file's: mappings are merged key by key, everything else is replaced.</summary>
internal static class Overlay
{
    /// <param name="below">The file's.</param>
    /// <param name="above">The environment's.</param>
    /// <param name="file">Where those are written.</param>
    public static DocumentNode Lay(DocumentNode below, DocumentNode above, string file)
    {
        if (below is not MappingNode lower || above is not MappingNode upper)
        {
            return From(above, file);
        }

        List<(ScalarNode Key, DocumentNode Value)> entries = [.. lower.Entries];
        foreach ((ScalarNode key, DocumentNode value) in upper.Entries)
        {
            int at = entries.FindIndex(entry => entry.Key.Value == key.Value);
            if (at < 0)
            {
                entries.Add((key with { File = file }, From(value, file)));
            }
            else
            {
                entries[at] = (entries[at].Key, Lay(entries[at].Value, value, file));
            }
        }

        return lower with { Entries = entries };
    }

    private static DocumentNode From(DocumentNode node, string file) => node switch
    {
        MappingNode mapping => mapping with { File = file, Entries = [.. mapping.Entries.Select(entry => (entry.Key with { File = file }, From(entry.Value, file)))] },
        SequenceNode sequence => sequence with { File = file, Items = [.. sequence.Items.Select(item => From(item, file))] },
        _ => node with { File = file },
    };
}
