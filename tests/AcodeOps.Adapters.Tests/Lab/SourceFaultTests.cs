using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using MySqlConnector;

namespace AcodeOps.Adapters.Tests.Lab;

/// <summary>Each fault makes what it says, and its undo makes it good: against the servers' own words.</summary>
[Collection("broken labs")]
public sealed class SourceFaultTests(BrokenLabs labs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseFlavor> Flavors => [DatabaseFlavor.MySql, DatabaseFlavor.MariaDb];

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_killed_and_a_stopped_primary_refuse_until_the_fault_is_cleared(DatabaseFlavor flavor)
    {
        LabSite lab = await labs.SiteAsync(flavor);
        foreach (string fault in new[] { "kill", "stop" })
        {
            await LabFaults.ApplyAsync(lab, fault, ["primary"], Cancel);
            Assert.Equal(SocketError.ConnectionRefused, await ConnectErrorAsync(lab.Databases.Primary.Port));
            await LabFaults.ClearAsync(lab, null, Cancel);
            Assert.Equal(500L, await lab.Databases.Primary.ScalarAsync("SELECT COUNT(*) FROM acode_farmarcas.farmarcas_si_analitico_diario", Cancel));
        }
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_paused_replica_takes_connections_and_says_nothing(DatabaseFlavor flavor)
    {
        LabSite lab = await labs.SiteAsync(flavor);
        await LabFaults.ApplyAsync(lab, "pause", ["replica"], Cancel);
        Assert.False(await SaysAnythingAsync(lab.Databases.Replica.Port));
        await LabFaults.ClearAsync(lab, null, Cancel);
        Assert.True(await SaysAnythingAsync(lab.Databases.Replica.Port));
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_black_hole_is_deaf_or_silent(DatabaseFlavor flavor)
    {
        LabSite lab = await labs.SiteAsync(flavor);
        int port = lab.Databases.Primary.Port;
        await LabFaults.ApplyAsync(lab, "black-hole", ["primary", "deaf"], Cancel);
        Assert.Equal(SocketError.TimedOut, await ConnectErrorAsync(port));
        await LabFaults.ClearAsync(lab, null, Cancel);
        await LabFaults.ApplyAsync(lab, "black-hole", ["primary", "silent"], Cancel);
        Assert.False(await SaysAnythingAsync(port));
        await LabFaults.ClearAsync(lab, null, Cancel);
        Assert.True(await SaysAnythingAsync(port));
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task Delay_and_a_stopped_applier_show_in_the_replicas_status(DatabaseFlavor flavor)
    {
        LabSite lab = await labs.SiteAsync(flavor);
        await LabFaults.ApplyAsync(lab, "delay", ["7"], Cancel);
        Assert.Equal("7", (await StatusAsync(lab))["SQL_Delay"]);
        await LabFaults.ClearAsync(lab, "delay", Cancel);
        Assert.Equal("0", (await StatusAsync(lab))["SQL_Delay"]);

        await LabFaults.ApplyAsync(lab, "stop-applier", [], Cancel);
        Dictionary<string, string?> status = await StatusAsync(lab);
        Assert.Equal(("No", null), (status["SQL_Running"], status["Seconds_Behind"]));
        await LabFaults.ClearAsync(lab, null, Cancel);
        await UntilAsync(lab, s => s["SQL_Running"] == "Yes" && s["IO_Running"] == "Yes");
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_read_lock_makes_real_lag_while_both_threads_run(DatabaseFlavor flavor)
    {
        LabSite lab = await labs.SiteAsync(flavor);
        await LabFaults.ApplyAsync(lab, "lag", [], Cancel);
        await lab.Databases.Primary.ExecuteAsync("UPDATE farmarcas_si_analitico_diario_produtos SET Produto = CONCAT(Produto, '.') WHERE idpk = 1", Cancel, DatabaseAccounts.PrimaryDatabase);
        await UntilAsync(lab, s => int.TryParse(s["Seconds_Behind"], out int lag) && lag >= 1 && s["SQL_Running"] == "Yes" && s["IO_Running"] == "Yes");
        await LabFaults.ClearAsync(lab, null, Cancel);
        await lab.Databases.WaitUntilInSyncAsync(Patience, Cancel);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_duplicate_key_breaks_replication_and_the_undo_repairs_it(DatabaseFlavor flavor)
    {
        LabSite lab = await labs.SiteAsync(flavor);
        await LabFaults.ApplyAsync(lab, "duplicate-key", [], Cancel);
        await UntilAsync(lab, s => s["Last_SQL_Errno"] == "1062" && s["SQL_Running"] == "No");
        await LabFaults.ClearAsync(lab, null, Cancel);
        await UntilAsync(lab, s => s["Last_SQL_Errno"] == "0" && s["SQL_Running"] == "Yes");
        Assert.Equal(100L, await lab.Databases.Replica.ScalarAsync("SELECT COUNT(*) FROM acode_farmarcas_replica.farmarcas_si_analitico_diario_produtos", Cancel));
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_wrong_replication_password_is_error_1045(DatabaseFlavor flavor)
    {
        LabSite lab = await labs.SiteAsync(flavor);
        await LabFaults.ApplyAsync(lab, "replication-password", [], Cancel);
        await UntilAsync(lab, s => s["Last_IO_Errno"] == "1045" && s["IO_Running"] != "Yes");
        await LabFaults.ClearAsync(lab, null, Cancel);
        await UntilAsync(lab, s => s["IO_Running"] == "Yes");
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task A_wrong_password_in_the_secret_is_refused_by_a_healthy_server(DatabaseFlavor flavor)
    {
        LabSite lab = await labs.SiteAsync(flavor);
        DatabaseServer primary = lab.Databases.Primary;
        async Task<DatabaseLogin> Login()
        {
            JsonObject secret = (await lab.Cloud.SecretAsync(LabSecrets.Primary, Cancel))!;
            Assert.Equal((primary.Port, primary.Database, "127.0.0.1"), ((int)secret["port"]!, (string?)secret["database"], (string?)secret["host"]));
            return new DatabaseLogin((string)secret["username"]!, (string)secret["password"]!);
        }

        await LabFaults.ApplyAsync(lab, "wrong-password", ["primary"], Cancel);
        DatabaseLogin wrong = await Login();
        MySqlException refusal = await Assert.ThrowsAsync<MySqlException>(() => primary.OpenAsync(Cancel, wrong));
        Assert.Equal(MySqlErrorCode.AccessDenied, refusal.ErrorCode);
        await LabFaults.ClearAsync(lab, null, Cancel);
        await (await primary.OpenAsync(Cancel, await Login(), primary.Database)).DisposeAsync();
    }

    [Fact]
    public async Task A_fault_that_does_not_exist_or_lacks_its_argument_changes_nothing()
    {
        LabSite lab = await labs.SiteAsync(DatabaseFlavor.MariaDb);
        await Assert.ThrowsAsync<LabException>(() => LabFaults.ApplyAsync(lab, "earthquake", [], Cancel));
        await Assert.ThrowsAsync<LabException>(() => LabFaults.ApplyAsync(lab, "kill", ["everything"], Cancel));
        Assert.Empty(ActiveFault.Read(lab.Folder));
    }

    private static async Task<SocketError> ConnectErrorAsync(int port)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(700);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), limit.Token);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            return SocketError.TimedOut;
        }
    }

    // A MySQL server speaks first.
    private static async Task<bool> SaysAnythingAsync(int port)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), Cancel);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(1_500);
        try
        {
            return await socket.ReceiveAsync(new byte[1], limit.Token) == 1;
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task UntilAsync(LabSite lab, Func<Dictionary<string, string?>, bool> holds)
    {
        DateTime until = DateTime.UtcNow + Patience;
        Dictionary<string, string?> status;
        while (!holds(status = await StatusAsync(lab)))
        {
            Assert.True(DateTime.UtcNow < until, string.Join(", ", status.Where(s => !string.IsNullOrEmpty(s.Value)).Select(s => $"{s.Key}={s.Value}")));
            await Task.Delay(100, Cancel);
        }
    }

    // The columns that matter, under one name for both servers.
    private static async Task<Dictionary<string, string?>> StatusAsync(LabSite lab)
    {
        await using MySqlConnection connection = await lab.Databases.Replica.OpenAsync(Cancel, lab.Databases.Accounts.BackupReader);
        await using MySqlCommand command = new("SHOW REPLICA STATUS", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(Cancel);
        Assert.True(await row.ReadAsync(Cancel));
        Dictionary<string, string?> status = [];
        for (int i = 0; i < row.FieldCount; i++)
        {
            string name = row.GetName(i) switch
            {
                "Slave_IO_Running" or "Replica_IO_Running" => "IO_Running",
                "Slave_SQL_Running" or "Replica_SQL_Running" => "SQL_Running",
                "Seconds_Behind_Master" or "Seconds_Behind_Source" => "Seconds_Behind",
                string other => other,
            };
            status[name] = row.IsDBNull(i) ? null : Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture);
        }

        return status;
    }
}
