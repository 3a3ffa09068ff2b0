using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Failover;

/// <summary>Under <c>-WhatIf</c> not one request that changes anything leaves the process, and no file is written; the same commands without it are seen to do both.</summary>
[Collection(SharedSites.Collection)]
public sealed class WhatIfTests(SharedSites sites)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task A_switch_of_snapshots_is_shown_and_not_made(DatabaseFlavor flavor)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        await LookAsync(site, "lab", "backup_mysql");
    }

    [Fact]
    public async Task A_switch_of_incremental_streams_is_shown_and_not_made()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await using IncrementalPair pair = await IncrementalPair.ActivateAsync(site);
        await LookAsync(site, IncrementalPair.Environment, IncrementalPair.Standby);
    }

    [Fact]
    public async Task Other_acts_are_shown_and_not_done()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await using RecordedSite recorded = await RecordedSite.StartAsync(site, Cancel);
        using LabSession session = recorded.Open("lab");
        string[] acts =
        [
            "Start-AcodeSync",
            "Get-AcodeRoute -Active | Get-AcodeSync -Newest 1 | Stop-AcodeSync",
            "Move-AcodeData farmarcas_si_analitico_diario_produtos/ -Reason canary",
            "Export-AcodeData -Reason canary",
            "Backup-AcodeConfiguration",
            "Import-AcodeConfiguration $project",
            "Get-AcodeMetric acode.route_active | Send-AcodeMetric",
            "Publish-AcodeAlertRule -Prune",
            "$null = Test-AcodeDataQuality -Lake -Record",
            "$null = Repair-AcodeData *diario",
            "$null = Invoke-AcodeMaintenance -Reason canary",
            "$null = Clear-AcodeStorage temp/ -OlderThanDays 7 -Reason canary",
        ];
        DirectoryInfo project = Directory.CreateTempSubdirectory("acode-what-if-");
        session.With("project", project.FullName);
        foreach (string act in acts)
        {
            AssertNothing(recorded, session, $"{act} -WhatIf");
        }

        AssertSomething(recorded, session, "$moved = Move-AcodeData farmarcas_si_analitico_diario_produtos/ -Reason canary -Confirm:$false");
        AssertNothing(recorded, session, "Move-AcodeData -Manifest $moved.Id -Return -WhatIf");
        AssertSomething(recorded, session, "Move-AcodeData -Manifest $moved.Id -Return -Confirm:$false");
        AssertSomething(recorded, session, "$null = Export-AcodeData *produtos -Reason canary -Confirm:$false");
        AssertSomething(recorded, session, "$null = Test-AcodeDataQuality *diario -Lake -Record");
        AssertSomething(recorded, session, "Start-AcodeSync -Wait");
        AssertSent(recorded, session);
        AssertSomething(recorded, session, "$null = Get-AcodeAlertRule primary-down | Publish-AcodeAlertRule -Confirm:$false");

        session.Run("$null = Import-AcodeConfiguration $project; $null = Publish-AcodeConfiguration $project -Confirm:$false").Clean();
        AssertSomething(recorded, session, "$kept = Backup-AcodeConfiguration");
        session.Run("foreach ($f in Get-ChildItem $project/connections/*incremental/configuration.yaml) { (Get-Content $f) -replace '^  prefix: .*', '  prefix: what_if_' | Set-Content $f }").Clean();
        AssertNothing(recorded, session, "Compare-AcodeConfiguration $project -IncludeSecret");
        AssertNothing(recorded, session, "Publish-AcodeConfiguration $project -Prune -AllowStateReset -AllowConflict -WhatIf");
        AssertSomething(recorded, session, "$null = Publish-AcodeConfiguration $project -Confirm:$false");
        AssertNothing(recorded, session, "$kept | Restore-AcodeConfiguration -IncludeState -Prune -WhatIf");
        AssertSomething(recorded, session, "$null = $kept | Restore-AcodeConfiguration -Confirm:$false");
        project.Delete(recursive: true);

        AssertNothing(recorded, session, "$null = Get-AcodeRoute; New-AcodeIndex Backup farmarcas_si_analitico_diario_complemento Data_Processamento -Reason canary -WhatIf");
        AssertSomething(recorded, session, "$null = New-AcodeIndex Backup farmarcas_si_analitico_diario_complemento Data_Processamento -Reason canary -Confirm:$false");
        AssertNothing(recorded, session, "Invoke-AcodeCredentialRotation Backup -LiftSuperReadOnly -WhatIf");
        AssertNothing(recorded, session, "Invoke-AcodeCredentialRotation Backup -Mode AlternatingUser -LiftSuperReadOnly -WhatIf");
        AssertSomething(recorded, session, "$rotated = Invoke-AcodeCredentialRotation Backup -LiftSuperReadOnly -Confirm:$false");
        AssertSomething(recorded, session, "$rotated | Undo-AcodeRunbook -Confirm:$false");
    }

    private static async Task LookAsync(LabSite site, string environment, string route)
    {
        await using RecordedSite recorded = await RecordedSite.StartAsync(site, Cancel);
        using LabSession session = recorded.Open(environment);
        string[] switches =
        [
            "Invoke-AcodeFailover -WhatIf",
            $"Invoke-AcodeFailover -To {route} -WhatIf",
            $"Get-AcodeRoute {route} | Invoke-AcodeFailover -WhatIf",
            $"Invoke-AcodeFailover -Source Backup -RunningSync Wait -StatePolicy Fresh -AllowDataLoss -WithoutLease -Reason canary -WhatIf",
        ];
        foreach (string line in switches)
        {
            AssertNothing(recorded, session, line);
        }

        await LabFaults.ApplyAsync(site, "kill", ["primary"], Cancel);
        try
        {
            foreach (string line in switches)
            {
                Assert.Contains(route, AssertNothing(recorded, session, line).HostText, StringComparison.Ordinal);
            }

            AssertSomething(recorded, session, $"$run = Invoke-AcodeFailover -To {route} -NoWait -Confirm:$false");
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
        }

        AssertNothing(recorded, session, "$run | Resume-AcodeRunbook -WhatIf");
        AssertNothing(recorded, session, "$run | Undo-AcodeRunbook -WhatIf");
        AssertNothing(recorded, session, "Get-AcodeRunbook -Unfinished | Undo-AcodeRunbook -WhatIf");
        AssertSomething(recorded, session, "Get-AcodeRunbook -Unfinished | Resume-AcodeRunbook -Confirm:$false");
        AssertSomething(recorded, session, "$run | Undo-AcodeRunbook -Confirm:$false");
    }

    // No request: the file and the agent have it.
    private static void AssertSent(RecordedSite recorded, LabSession session)
    {
        RecordedSite.Trace before = recorded.Look();
        session.Run("$null = Get-AcodeMetric acode.route_active | Send-AcodeMetric").Clean();
        Assert.NotEqual(before.Files, recorded.Look().Files);
    }

    private static ScriptResult AssertNothing(RecordedSite recorded, LabSession session, string line)
    {
        RecordedSite.Trace before = recorded.Look();
        ScriptResult result = session.Run(line);
        result.Clean();
        IReadOnlyList<RecordedRequest> seen = recorded.Since(before);
        Assert.Contains(seen, r => r.Target.StartsWith("/api/", StringComparison.Ordinal) || r.Method == "GET");
        RecordedRequest[] changes = [.. seen.Where(r => r.IsMutating)];
        Assert.True(changes.Length == 0, $"{line}:\n{string.Join<RecordedRequest>('\n', changes)}");
        Assert.Equal(before.Files, recorded.Look().Files);
        return result;
    }

    private static void AssertSomething(RecordedSite recorded, LabSession session, string line)
    {
        RecordedSite.Trace before = recorded.Look();
        session.Run(line).Clean();
        Assert.Contains(recorded.Since(before), r => r.IsMutating);
        if (line.Contains("Runbook", StringComparison.Ordinal) || line.Contains("Failover", StringComparison.Ordinal))
        {
            Assert.NotEqual(before.Files, recorded.Look().Files);
        }
    }
}
