using AcodeOps.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AcodeOps.Adapters.Files;

/// <summary>Reads YAML by its events: no types are made from the text, and nothing it says can grow without bound.</summary>
internal sealed class YamlDocumentReader(YamlKind kind) : IDocumentReader
{
    /// <inheritdoc />
    public DocumentNode Read(string path) => Parse(path, TextFile.Read(path, kind), kind);

    /// <summary>Reads YAML that is in memory; the path is for messages.</summary>
    internal static DocumentNode Parse(string path, string text, YamlKind kind)
    {
        try
        {
            Parser parser = new(new Scanner(new StringReader(text), skipComments: true));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                throw kind.Invalid(path, null, "The file is empty.");
            }

            parser.Consume<DocumentStart>();
            DocumentNode root = new YamlTreeBuilder(path, parser, kind).Build();
            // Comments, or a mark of a document, and nothing else: where that nothing begins is behind the last line.
            if (root is ScalarNode { Value: "", IsPlain: true })
            {
                throw kind.Invalid(path, null, "The file is empty.");
            }

            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out DocumentStart? second))
            {
                throw kind.Invalid(path, second.Start, "A second document begins here: one file holds one document.");
            }

            return root;
        }
        catch (YamlException e) when (YamlFault.FindTab(e, text) is { } tab)
        {
            throw kind.Invalid(path, tab.Line, tab.Column, "This line is indented with a tab: YAML takes spaces only.");
        }
        catch (YamlException e)
        {
            throw kind.Invalid(path, e.Start, YamlFault.Describe(e));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser lost its way in text that it should have refused by itself.
            throw kind.Invalid(path, null, "The file is not YAML.");
        }
    }
}
