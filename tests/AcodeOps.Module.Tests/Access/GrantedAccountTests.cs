using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;

namespace AcodeOps.Module.Tests.Access;

/// <summary>The GRANT statements that are written, executed on real servers, and judged by what the servers say of the account then.</summary>
[Collection(SharedSites.Collection)]
public sealed class GrantedAccountTests(SharedSites sites) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-granted-").FullName;
    private readonly string _user = $"granted_{Guid.NewGuid():N}"[..20];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Account => $"'{_user}'@'%'";

    private string RoleName => $"{_user}_role";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task The_statements_are_enough_for_the_account_and_for_a_role_that_it_has_and_more_is_told(DatabaseFlavor flavor)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        string environment = await WriteAsync(site), database = site.Databases.Replica.Database;
        try
        {
            // Without a right on the database, nobody is let into it.
            Assert.NotEmpty(Judge(environment));
            string[] statements = Statements(environment);
            await RunAsync(site, statements);
            Assert.Equal("", Judge(environment));
            await RunAsync(site, $"GRANT INSERT ON `{database}`.* TO {Account}");
            Assert.StartsWith("SourceNotReadOnly", Judge(environment), StringComparison.Ordinal);

            await RunAsync(site, [$"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {Account}", $"CREATE ROLE {RoleName}", .. statements.Select(one => one.Replace(Account, RoleName, StringComparison.Ordinal))]);
            await RunAsync(site, $"GRANT {RoleName} TO {Account}", $"SET DEFAULT ROLE {RoleName} {(flavor == DatabaseFlavor.MySql ? "TO" : "FOR")} {Account}");
            Assert.Equal("", Judge(environment));
            await RunAsync(site, $"GRANT DELETE ON `{database}`.* TO {RoleName}");
            Assert.StartsWith("SourceNotReadOnly", Judge(environment), StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync(site, $"DROP USER IF EXISTS {Account}", $"DROP ROLE IF EXISTS {RoleName}");
        }
    }

    // An environment whose backup source is read by the account, which may do nothing yet.
    private async Task<string> WriteAsync(LabSite site)
    {
        string secret = $"acode/mysql/{_user}", password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        await RunAsync(site, $"CREATE USER {Account} IDENTIFIED BY '{password}'");
        await site.Cloud.PutSecretAsync(secret, new JsonObject { ["username"] = _user, ["password"] = password }, Cancel);
        string text = await File.ReadAllTextAsync(Path.Combine(site.Folder, LabEnvironmentFile.FileName), Cancel);
        string other = text.Replace(
            $"credential: \"secretsmanager:{LabSecrets.Backup}\"", $"credential: \"secretsmanager:{secret}\", user: {_user}, database: {site.Databases.Replica.Database}", StringComparison.Ordinal);
        Assert.NotEqual(text, other);
        string file = Path.Combine(_folder, LabEnvironmentFile.FileName);
        await File.WriteAllTextAsync(file, other, Cancel);
        File.Copy(Path.Combine(site.Folder, LabEnvironmentFile.CredentialsFileName), Path.Combine(_folder, LabEnvironmentFile.CredentialsFileName));
        return $"{file}#lab";
    }

    // Of a role's statements, those about this account, one by one as clients send them.
    private string[] Statements(string environment)
    {
        using LabSession session = new(environment);
        return [.. $"{session.Run("Export-AcodeAccessPolicy Viewer -Format MySql").Only}".Split('\n').Where(line => line.Contains(Account, StringComparison.Ordinal)).Select(line => line.TrimEnd(';'))];
    }

    // What is found on the source by somebody who has asked nothing yet.
    private static string Judge(string environment)
    {
        using LabSession session = new(environment);
        return string.Join(" | ", session.Run("Test-AcodeAccess Viewer -Cmdlet Get-AcodeRecoveryPlan | Where-Object Target -like 'Backup source *' | ForEach-Object { '{0}: {1}' -f $_.Rule, $_.Message }").Clean());
    }

    private static async Task RunAsync(LabSite site, params string[] statements)
    {
        foreach (string statement in statements)
        {
            await site.Databases.Primary.ExecuteAsync(statement, Cancel);
        }

        await site.Databases.WaitUntilInSyncAsync(TimeSpan.FromSeconds(30), Cancel);
    }
}
