using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Secrets;

/// <summary>The rotation cmdlet of the packed module, on a whole lab.</summary>
[Collection(SharedSites.Collection)]
public sealed class RotationCmdletTests(SharedSites sites)
{
    [Fact]
    public async Task The_plan_is_shown_the_password_is_replaced_and_the_run_is_taken_back()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        ScriptResult planned = session.Run("$plan = Invoke-AcodeCredentialRotation Backup -LiftSuperReadOnly -WhatIf; $plan.Status; $plan.Runbook; @($plan.Steps).Count");
        Assert.Contains("'userfarmarcasac02_backup'@'127.0.0.1'", planned.HostText, StringComparison.Ordinal);
        Assert.Contains("super_read_only is off for the moment", planned.HostText, StringComparison.Ordinal);
        Assert.Contains("No active route reads this source", planned.HostText, StringComparison.Ordinal);
        Assert.Equal(["Planned", "rotate_credential", "9"], planned.Clean().Select(o => $"{o}"));

        string[] shown = Texts(session, "$run = Invoke-AcodeCredentialRotation Backup -LiftSuperReadOnly -Reason 'monthly' -Confirm:$false; $run.Status; $run.Result.Mode; $run.Result.UserName; $run | Out-String");
        Assert.Equal(["Completed", "DualPassword", "userfarmarcasac02_backup"], shown[..3]);
        Assert.Contains("Rotate the password of the Backup source", shown[3], StringComparison.Ordinal);
        Assert.Equal(["True"], Texts(session, "Test-AcodeHealth Source, Secret -Quiet -TimeoutSeconds 30"));
        Assert.Equal(["Undone"], Texts(session, "($run | Undo-AcodeRunbook -Confirm:$false).Status"));
    }

    [Fact]
    public async Task The_partner_is_asked_and_what_must_not_be_is_refused()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        Assert.Equal("RotationRefused", Id(session, "Invoke-AcodeCredentialRotation Backup -Confirm:$false"));
        Assert.Equal("RotationRefused", Id(session, "Invoke-AcodeCredentialRotation Primary -Mode DualPassword -Confirm:$false"));
        Assert.Equal("RotationRequested", Id(session, "$global:asked = $null; $global:asked = Invoke-AcodeCredentialRotation Primary -Confirm:$false -OutVariable global:kept"));
        Assert.Equal(["Escalated", "True", "True"], Texts(session, "$kept[0].Status; $kept[0].Result.Request -match 'Pedido'; $kept[0].Result.Request -match 'RETAIN CURRENT PASSWORD'"));
        Assert.Equal("RotationRefused", Id(session, "Invoke-AcodeCredentialRotation Primary -Credential ([pscredential]::new('userfarmarcasac02', (ConvertTo-SecureString 'not-the-one' -AsPlainText -Force))) -Confirm:$false"));
        Assert.Empty(session.Run("Get-AcodeRunbook -Unfinished").Clean());
    }

    private static string[] Texts(LabSession session, string script) => [.. session.Run(script).Clean().Select(o => $"{o}")];

    private static string Id(LabSession session, string script)
    {
        ScriptResult result = session.Run(script);
        return (result.Failure ?? Assert.Single(result.Errors)).FullyQualifiedErrorId.Split(',')[0];
    }
}
