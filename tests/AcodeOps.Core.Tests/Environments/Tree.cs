using AcodeOps.Documents;

namespace AcodeOps.Core.Tests.Environments;

/// <summary>Builds document trees without a file: every node gets a line of its own, in the order of writing.</summary>
internal sealed class Tree
{
    private int _line;

    public ScalarNode Plain(string value) => new(value, true, ++_line, 1);

    public ScalarNode Quoted(string value) => new(value, false, ++_line, 1);

    public SequenceNode List(params DocumentNode[] items) => new(items, ++_line, 1);

    public MappingNode Map(params (string Key, DocumentNode Value)[] entries) =>
        new([.. entries.Select(e => (Plain(e.Key), e.Value))], ++_line, 1);
}
