using AcodeOps.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AcodeOps.Adapters.Files;

/// <summary>
/// Builds the tree of one document. An alias stands for the very node it names, so that expansion costs no memory, but it
/// counts as many nodes as it stands for: "billion laughs" ends at <see cref="YamlKind.MostNodes"/>.
/// </summary>
internal sealed class YamlTreeBuilder(string path, IParser parser, YamlKind kind)
{
    private const int MostDepth = 32;
    private const string MergeKey = "<<";

    // An anchor without a node is one whose node is still being read.
    private readonly Dictionary<AnchorName, (DocumentNode? Node, int Size)> _anchors = [];
    private int _size;
    private int _depth;

    public DocumentNode Build() => ReadNode();

    private DocumentNode ReadNode()
    {
        if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            return Resolve(alias);
        }

        NodeEvent start = parser.Accept<NodeEvent>(out NodeEvent? node) ? node : parser.Consume<NodeEvent>();
        if (!start.Tag.IsEmpty)
        {
            throw kind.Invalid(path, start.Start, "Tags (!…) are not used here.");
        }

        int sizeBefore = _size;
        Grow(1, start.Start);
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = (null, 0);
        }

        DocumentNode read = ReadContent(start);
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = (read, _size - sizeBefore);
        }

        return read;
    }

    private DocumentNode ReadContent(NodeEvent start)
    {
        if (parser.TryConsume<Scalar>(out Scalar? scalar))
        {
            return ToNode(scalar);
        }

        if (++_depth > MostDepth)
        {
            throw kind.Invalid(path, start.Start, $"The file is nested more than {MostDepth} levels deep.");
        }

        DocumentNode read = start is SequenceStart ? ReadSequence() : ReadMapping();
        _depth--;
        return read;
    }

    private SequenceNode ReadSequence()
    {
        SequenceStart start = parser.Consume<SequenceStart>();
        List<DocumentNode> items = [];
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode());
        }

        return new SequenceNode(items, Line(start), Column(start));
    }

    private MappingNode ReadMapping()
    {
        MappingStart start = parser.Consume<MappingStart>();
        List<(ScalarNode Key, DocumentNode Value)> entries = [];
        List<(ScalarNode Key, DocumentNode Value)> merged = [];
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            Mark at = parser.Current?.Start ?? start.Start;
            if (ReadNode() is not ScalarNode key)
            {
                throw kind.Invalid(path, at, "A key must be a single word.");
            }

            DocumentNode value = ReadNode();
            if (key is { Value: MergeKey, IsPlain: true })
            {
                merged.AddRange(EntriesToMerge(value));
            }
            else
            {
                entries.Add((key, value));
            }
        }

        // What is written here stands before what is merged in, and what is merged first before what is merged later.
        HashSet<string> written = [.. entries.Select(e => e.Key.Value)];
        entries.AddRange(merged.Where(e => written.Add(e.Key.Value)));
        return new MappingNode(entries, Line(start), Column(start));
    }

    private IEnumerable<(ScalarNode Key, DocumentNode Value)> EntriesToMerge(DocumentNode value) => value switch
    {
        MappingNode mapping => mapping.Entries,
        SequenceNode sequence => sequence.Items.SelectMany(EntriesToMerge),
        _ => throw kind.Invalid(path, value.Line, value.Column, $"'{MergeKey}' needs a mapping, usually an alias (*name)."),
    };

    private DocumentNode Resolve(AnchorAlias alias)
    {
        // The name is not repeated: behind a "password:" it may be one that begins with an asterisk.
        if (!_anchors.TryGetValue(alias.Value, out (DocumentNode? Node, int Size) anchor))
        {
            throw kind.Invalid(path, alias.Start, "This alias (*…) has no anchor (&…) before it. Text that begins with an asterisk needs quotes.");
        }

        Grow(anchor.Size, alias.Start);
        return anchor.Node ?? throw kind.Invalid(path, alias.Start, "This alias (*…) stands within what it stands for: the file has no end.");
    }

    private void Grow(int nodes, Mark at)
    {
        _size += nodes;
        if (_size > kind.MostNodes)
        {
            throw kind.Invalid(path, at, $"The file has more than {kind.MostNodes} values, aliases counted as often as they are used.");
        }
    }

    private static ScalarNode ToNode(Scalar scalar) => new(scalar.Value, scalar.Style == ScalarStyle.Plain, Line(scalar), Column(scalar));

    private static int Line(ParsingEvent e) => (int)e.Start.Line;

    private static int Column(ParsingEvent e) => (int)e.Start.Column;
}
