using AcodeOps.Adapters.Files;
using AcodeOps.Audit;

namespace AcodeOps.Adapters.Tests.Audit;

/// <summary>The trail as files, copied and moved about.</summary>
public sealed class AuditFolderTests : IDisposable
{
    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly string _folder = Directory.CreateTempSubdirectory("acodeops-trail-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", false)]
    [InlineData("somewhere/else/", false)]
    [InlineData("flat", true)]
    public async Task A_copy_verifies_wherever_it_was_moved(string place, bool flat)
    {
        foreach (TrailFile file in TrailFiles.Make(sessions: 3, records: 40))
        {
            Write(Path.Combine(place, flat ? Guid.NewGuid().ToString("N") + ".json" : file.Name), file.Content);
        }

        Write("notes.json", "[1, 2]"u8.ToArray());
        Write("package.json", """{"name":"something else"}"""u8.ToArray());

        AuditVerification verification = await VerifyAsync();

        Assert.DoesNotContain(verification.Faults, fault => fault.Kind != AuditFaultKind.DigestOverdue);
        Assert.Equal((120L, 3), (verification.Records, verification.Sessions));
    }

    [Fact]
    public async Task A_file_that_was_laid_out_anew_still_verifies_and_one_that_was_changed_does_not()
    {
        TrailFile[] files = [.. TrailFiles.Make(sessions: 1, records: 3)];
        foreach (TrailFile file in files)
        {
            Write(file.Name, System.Text.Encoding.UTF8.GetBytes(System.Text.Json.Nodes.JsonNode.Parse(file.Content)!.ToJsonString(Indented)));
        }

        Assert.DoesNotContain((await VerifyAsync()).Faults, fault => fault.Kind != AuditFaultKind.DigestOverdue);

        Write(files[1].Name, System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(files[1].Content).Replace("\"ana\"", "\"bob\"", StringComparison.Ordinal)));
        Assert.Contains((await VerifyAsync()).Faults, fault => fault.Kind == AuditFaultKind.Altered && fault.Location!.EndsWith(files[1].Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_cut_off_at_any_byte_is_found_and_nothing_else()
    {
        TrailFile[] files = [.. TrailFiles.Make(sessions: 1, records: 3)];
        foreach (TrailFile file in files)
        {
            Write(file.Name, file.Content);
        }

        for (int length = 0; length < files[2].Content.Length; length += 7)
        {
            Write(files[2].Name, files[2].Content[..length]);
            AuditFault fault = Assert.Single((await VerifyAsync()).Faults, fault => fault.Kind is not AuditFaultKind.DigestOverdue);
            Assert.Equal(AuditFaultKind.Damaged, fault.Kind);
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_clear_error() =>
        Assert.Equal("AuditFolderNotFound", Assert.Throws<AcodeException>(() => new AuditFolder(Path.Combine(_folder, "none"))).Id);

    private void Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private Task<AuditVerification> VerifyAsync() => new AuditVerifier(new AuditFolder(_folder), TimeProvider.System).VerifyAsync(default, null, null, Cancel);
}
