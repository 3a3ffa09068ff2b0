using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Configuration;

/// <summary>Airbyte's configuration as code, as an operator has it: imported, compared, published, taken back, kept and restored.</summary>
[Collection(SharedSites.OtherCollection)]
public sealed class PublishingCmdletTests(SharedSites sites) : IDisposable
{
    private const string Lake = "live/destinations/destination_s3_acode_backup/configuration.yaml";
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-publishing-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_imported_differs_in_nothing_and_what_is_published_can_be_taken_back_and_restored()
    {
        using LabSession session = await OpenAsync();
        IReadOnlyList<PSObject> files = session.Run("Import-AcodeConfiguration live").Clean();
        Assert.All(files, file => Assert.IsType<FileInfo>(file.BaseObject));
        Assert.Contains(files, file => file.ToString()!.EndsWith("connections/connection_mysql_s3_acode/configuration.yaml", StringComparison.Ordinal));
        Assert.Equal("True", $"{session.Run("Compare-AcodeConfiguration live -Quiet").Only}");
        Assert.Empty(session.Run("Compare-AcodeConfiguration live").Clean());
        Assert.Equal("ConfigurationExists", Id(session, "Import-AcodeConfiguration live"));
        Assert.NotEmpty(session.Run("Import-AcodeConfiguration live -Force").Clean());

        // Taken over into the record, where another test has not done so, then nothing is to be done.
        Assert.Equal(["Completed"], Texts(session, "(Publish-AcodeConfiguration live -Confirm:$false).Status"));
        Assert.Equal(["Completed", ""], Texts(session, "$run = Publish-AcodeConfiguration live -Confirm:$false; $run.Status; $run.RunId"));

        Change("s3_bucket_path: .*", "s3_bucket_path: elsewhere");
        ScriptResult shown = session.Run("$changes = Compare-AcodeConfiguration live; $changes");
        PSObject change = Assert.Single(shown.Clean());
        Assert.Equal(("Update", "Change", "s3_bucket_path", "elsewhere"), (Text(change, "Action"), Text(change, "Origin"), Text(change, "Field"), Text(change, "Desired")));
        Assert.EndsWith(Lake, Text(change, "File"), StringComparison.Ordinal);
        string table = string.Concat(session.Run("$changes | Out-String -Width 160").Clean());
        TestContext.Current.SendDiagnosticMessage(table);
        Assert.Matches(@"Update +Change +destination destination_s3_ac.* s3_bucket_path .* elsewhere", table);

        ScriptResult planned = session.Run("Publish-AcodeConfiguration live -WhatIf");
        Assert.Equal("Planned", Text(Assert.Single(planned.Clean()), "Status"));
        Assert.Contains("~ update destination 'destination_s3_acode_backup'", planned.HostText, StringComparison.Ordinal);
        Assert.Contains("s3_bucket_path: ", planned.HostText, StringComparison.Ordinal);

        Assert.Equal(["Completed", "True"], Texts(session, "$run = Publish-AcodeConfiguration live -Reason 'a test' -Confirm:$false; $run.Status; Compare-AcodeConfiguration live -Quiet"));
        Assert.Equal(["archive", "check destinations/destination_s3_acode_backup", "update destinations/destination_s3_acode_backup", "record"], Texts(session, "$run.Steps.Name"));
        Assert.Equal(["2"], Texts(session, "@(Get-AcodeAudit -EventType ConfigurationChanged | Where-Object { $_.RunId -eq $run.RunId -and $_.Subject -eq $run.Title }).Count"));
        Assert.Equal(["Undone"], Texts(session, "($run | Undo-AcodeRunbook -Confirm:$false).Status"));
        Assert.Equal(["Change"], Texts(session, "(Compare-AcodeConfiguration live).Origin"));

        // Published again, and put back from the backup that was made first.
        Assert.Equal(["Completed"], Texts(session, "$run = Publish-AcodeConfiguration live -Confirm:$false; $run.Status"));
        PSObject[] backups = [.. session.Run("$backups = @(Restore-AcodeConfiguration -ListAvailable); $backups").Clean()];
        Assert.True(backups.Length >= 2);
        Assert.Equal(["True"], Texts(session, "$run.Result.Backup -like \"*$($backups[0].Id)*\""));
        string list = string.Concat(session.Run("$backups | Out-String -Width 160").Clean());
        TestContext.Current.SendDiagnosticMessage(list);
        Assert.Contains("Connections", list, StringComparison.Ordinal);
        Assert.Contains("update destination 'destination_s3_acode_backup'", session.Run("$backups[0] | Restore-AcodeConfiguration -WhatIf").HostText, StringComparison.Ordinal);
        Assert.Equal(["Completed"], Texts(session, "$restored = $backups[0] | Restore-AcodeConfiguration -Confirm:$false; $restored.Status"));
        Assert.Equal(["Change"], Texts(session, "(Compare-AcodeConfiguration live).Origin"));
        Change("s3_bucket_path: .*", $"s3_bucket_path: {Text(change, "Live")}");
        Assert.Empty(session.Run("Compare-AcodeConfiguration live").Clean());
    }

    [Fact]
    public async Task A_backup_in_a_file_is_verified_and_never_overwritten()
    {
        using LabSession session = await OpenAsync();
        PSObject kept = Assert.Single(session.Run("Backup-AcodeConfiguration kept.json").Clean());
        Assert.Equal((Path.Combine(_folder, "kept.json"), ""), (Text(kept, "Location"), Text(kept, "Storage")));
        Assert.Equal("BackupFileExists", Id(session, "Backup-AcodeConfiguration kept.json"));
        Assert.Equal(["Completed"], Texts(session, "(Restore-AcodeConfiguration -Path kept.json -Confirm:$false).Status"));

        string file = Path.Combine(_folder, "kept.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("destination_s3_acode", "destination_s3_other", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal("BackupDamaged", Id(session, "Restore-AcodeConfiguration -Path kept.json -Confirm:$false"));
        Assert.Equal("BackupNotFound", Id(session, "Restore-AcodeConfiguration -Path none.json -Confirm:$false"));
        Assert.Equal("BackupNotFound", Id(session, "Restore-AcodeConfiguration 01KAT5Z3V8Q7M2N4P6R8S0T2W4 -Confirm:$false"));
        Assert.Empty(session.Run("Backup-AcodeConfiguration other.json -WhatIf").Clean());
        Assert.False(File.Exists(Path.Combine(_folder, "other.json")));
        Assert.Equal("ConfigurationFolderNotFound", Id(session, "Compare-AcodeConfiguration none"));
        Assert.Equal("ConfigurationNotDefined", Id(session, "Publish-AcodeConfiguration"));
    }

    private void Change(string pattern, string replacement)
    {
        string file = Path.Combine(_folder, Lake);
        File.WriteAllText(file, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(file), pattern, replacement));
    }

    private async Task<LabSession> OpenAsync()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        LabSession session = new(site);
        session.With("folder", _folder).Run("Set-Location $folder").Clean();
        return session;
    }

    private static string Id(LabSession session, string line) => $"{session.Run($"try {{ {line} -ErrorAction Stop }} catch {{ ($_.FullyQualifiedErrorId -split ',')[0] }}").Only}";

    private static string[] Texts(LabSession session, string line) => [.. session.Run(line).Clean().Select(item => $"{item}")];

    private static string Text(PSObject item, string property) => $"{item.Properties[property].Value}";
}
