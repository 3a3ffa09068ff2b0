using System.Text;
using AcodeOps.Adapters.Files;
using AcodeOps.Documents;

namespace AcodeOps.Adapters.Tests.Files;

/// <summary>Files that cannot be read, and YAML that is not to be read.</summary>
public sealed class YamlDocumentReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acodeops-yaml-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_missing_file_is_not_found()
    {
        AcodeException refused = Refusal(Path.Combine(_folder.FullName, "none", "acode.yaml"));
        Assert.Equal(("EnvironmentFileNotFound", FailureClass.NotFound), (refused.Id, refused.Cause));
    }

    [Fact]
    public void A_folder_is_no_file() => Assert.Equal("EnvironmentFileUnreadable", Refusal(_folder.FullName).Id);

    [Theory]
    [InlineData("a\0b")]
    [InlineData("")]
    [InlineData("bad")]
    public void A_path_that_cannot_be_is_an_error_of_ours(string name) =>
        Assert.StartsWith("EnvironmentFile", Refusal(name.Length == 0 ? "" : Path.Combine(_folder.FullName, name)).Id, StringComparison.Ordinal);

    [Fact]
    public void An_endless_device_is_refused() =>
        Assert.Equal("EnvironmentFileInvalid", Refusal("/dev/zero").Id);

    [Fact]
    public void A_huge_file_is_refused() => AssertInvalid(Write(new byte[1024 * 1024 + 1]), null, null, "larger than");

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n\n")]
    [InlineData("# begun\n---\n# and nothing\n#\n")]
    public void An_empty_file_is_refused(string text) => AssertInvalid(Write(Encoding.UTF8.GetBytes(text)), null, null, "empty");

    [Fact]
    public void A_binary_file_is_refused()
    {
        byte[] bytes = new byte[4096];
        new Random(7).NextBytes(bytes);
        AssertInvalid(Write(bytes), null, null, "not text");
        AssertInvalid(Write([.. "a: b"u8, 0, 0, 1]), null, null, "binary");
    }

    [Fact]
    public void Text_of_Windows_is_read_with_its_marks()
    {
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            DocumentNode node = new YamlDocumentReader(YamlKind.Environment).Read(Write([.. encoding.GetPreamble(), .. encoding.GetBytes("name: São Paulo\r\nnext: 1\r\n")]));
            MappingNode mapping = Assert.IsType<MappingNode>(node);
            Assert.Equal(new ScalarNode("São Paulo", true, 1, 7), mapping.Entries[0].Value);
            Assert.Equal((2, 1), (mapping.Entries[1].Key.Line, mapping.Entries[1].Key.Column));
        }
    }

    [Theory]
    [InlineData("a: [1, 2\n", 2, 1)]
    [InlineData("a: b\n c: d", 2, 3)]
    [InlineData("a:\n\t- b", 2, 1)]
    [InlineData("a:\n  b: c\n  \td: e", 3, 3)]
    [InlineData("a: !!python/object:os.system x", 1, 4)]
    [InlineData("a: &x [*x]", 1, 8)]
    [InlineData("a: &x { b: { c: *x } }", 1, 17)]
    [InlineData("a: *nobody", 1, 4)]
    [InlineData("? [a, b]\n: c", 1, 3)]
    [InlineData("a: b\n---\nc: d", 2, 1)]
    [InlineData("<<: text", 1, 5)]
    public void Yaml_that_is_broken_or_not_ours_is_refused_at_its_place(string text, int line, int column) =>
        AssertInvalid(Write(Encoding.UTF8.GetBytes(text)), line, column, "");

    [Fact]
    public void A_billion_laughs_are_refused()
    {
        StringBuilder text = new("l0: &l0 [lol]\n");
        for (int i = 1; i < 30; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"l{i}: &l{i} [{string.Join(',', Enumerable.Repeat($"*l{i - 1}", 10))}]\n");
        }

        AssertInvalid(Write(Encoding.UTF8.GetBytes(text.ToString())), 5, null, "values");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void A_deep_file_is_refused(string level) =>
        AssertInvalid(Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(level, 200_000)))), 1, null, "");

    [Fact]
    public void Keys_written_twice_are_both_in_the_tree()
    {
        MappingNode mapping = Assert.IsType<MappingNode>(YamlDocumentReader.Parse("x", "a: 1\nb: 2\na: '3'", YamlKind.Environment));
        Assert.Equal(["a", "b", "a"], mapping.Entries.Select(e => e.Key.Value));
        Assert.Equal(new ScalarNode("3", false, 3, 4), mapping.Entries[2].Value);
    }

    private string Write(byte[] content)
    {
        string path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.yaml");
        File.WriteAllBytes(path, content);
        return path;
    }

    private static AcodeException Refusal(string path) => Assert.Throws<AcodeException>(() => new YamlDocumentReader(YamlKind.Environment).Read(path));

    private static void AssertInvalid(string path, int? line, int? column, string words)
    {
        AcodeException refused = Refusal(path);
        Assert.Equal("EnvironmentFileInvalid", refused.Id);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.Advice);
        FilePosition at = Assert.IsType<FilePosition>(refused.Subject);
        Assert.Equal((path, line), (at.File, at.Line));
        if (column is not null)
        {
            Assert.Equal(column, at.Column);
        }
    }
}
