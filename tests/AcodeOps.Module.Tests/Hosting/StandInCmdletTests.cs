using System.Management.Automation;

namespace AcodeOps.Module.Tests.Hosting;

/// <summary>The host's own versions of the cmdlets that the engine's package lacks.</summary>
public sealed class StandInCmdletTests
{
    [Theory]
    [InlineData("(1..9 | Select-Object -First 2) -join ','", "1,2")]
    [InlineData("(1..9 | Select-Object -Last 2 -Skip 1) -join ','", "7,8")]
    [InlineData("(3,1,2 | Sort-Object -Descending) -join ','", "3,2,1")]
    [InlineData("([pscustomobject]@{ a = 1; b = 2 } | Select-Object @{ n = 'c'; e = { $_.a + $_.b } }).c", "3")]
    [InlineData("([pscustomobject]@{ a = 1; b = 2 } | Select-Object * -ExcludeProperty a).psobject.Properties.Name", "b")]
    [InlineData("('b','a','b' | Group-Object | ForEach-Object { \"$($_.Name)$($_.Count)\" }) -join ' '", "a1 b2")]
    [InlineData("(1..4 | Measure-Object -Sum -Maximum | ForEach-Object { \"$($_.Count) $($_.Sum) $($_.Maximum)\" })", "4 10 4")]
    [InlineData("(Compare-Object 1,2 2,3 | ForEach-Object { \"$($_.InputObject)$($_.SideIndicator)\" }) -join ' '", "1<= 3=>")]
    [InlineData("@{ a = @(1, $null, 'é\"') } | ConvertTo-Json -Compress", "{\"a\":[1,null,\"é\\\"\"]}")]
    [InlineData("[pscustomobject]@{ a = 'x'; b = 1.5 } | ConvertTo-Json -Compress", "{\"a\":\"x\",\"b\":1.5}")]
    [InlineData("('{\"a\":{\"b\":[1,2]}}' | ConvertFrom-Json).a.b[1]", "2")]
    [InlineData("([pscustomobject]@{ a = 'x\"y'; b = 2 } | ConvertTo-Csv) -join '|'", "\"a\",\"b\"|\"x\"\"y\",\"2\"")]
    [InlineData("(\"a,b\", \"1,`\"2,`n3`\"\" | ConvertFrom-Csv).b", "2,\n3")]
    [InlineData("[pscustomobject]@{ a = 1 } | Add-Member b 2 -PassThru | ForEach-Object b", "2")]
    [InlineData("Split-Path /a/b.txt -Leaf", "b.txt")]
    [InlineData("Test-Path env:NoSuchVariableAnywhere", "False")]
    [InlineData("ConvertTo-SecureString 'x' -AsPlainText -Force | ConvertFrom-SecureString -AsPlainText", "x")]
    [InlineData("([pscustomobject]@{ Name = 'a' } | Format-Table | Out-String -Stream | Where-Object { $_ }) -join '|'", "Name|----|a")]
    [InlineData("Microsoft.PowerShell.Utility\\Sort-Object -InputObject 1", "1")]
    public void A_stand_in_gives_what_the_real_cmdlet_gives(string script, string expected)
    {
        using ModuleSession session = new(import: false);
        ScriptResult result = session.Run(script);
        result.Clean();
        Assert.Equal(expected, string.Concat(result.Output));
    }

    [Fact]
    public void Select_Object_First_stops_what_comes_before_it()
    {
        using ModuleSession session = new(import: false);
        ScriptResult result = session.Run("1..3 | ForEach-Object { Write-Verbose \"made $_\" -Verbose; $_ } | Select-Object -First 1");
        Assert.Equal(1, result.Only.BaseObject);
        Assert.Equal(["made 1"], result.Verbose);
    }

    [Fact]
    public void Files_are_written_listed_read_and_removed()
    {
        string folder = Directory.CreateTempSubdirectory("acode-files-").FullName;
        using ModuleSession session = new(import: false);
        ScriptResult result = session.With("folder", folder).Run("""
            $file = Join-Path $folder 'a' 'b.txt'
            $null = New-Item (Split-Path $file) -ItemType Directory
            'one', 'two' | Set-Content $file
            'three' | Add-Content $file
            (Get-ChildItem $folder -Recurse -File).Name
            (Get-Content $file)[-1]
            Get-Content $file -Raw
            Remove-Item $folder -Recurse
            Test-Path $folder
            """);
        Assert.Equal(["b.txt", "three", string.Join(Environment.NewLine, "one", "two", "three", ""), "False"], result.Clean().Select(o => $"{o}"));
    }

    [Fact]
    public void Every_stream_arrives_where_it_belongs()
    {
        using ModuleSession session = new(import: false);
        ScriptResult result = session.Run("""
            Write-Warning w; Write-Verbose v -Verbose; Write-Information i; Write-Host h; Write-Progress -Activity p -PercentComplete 50
            Write-Error e -ErrorId Broken -Category ResourceBusy
            """);
        Assert.Equal(["w"], result.Warnings);
        Assert.Equal(["v"], result.Verbose);
        Assert.Equal(["i", "h"], result.Information.Select(i => $"{i}"));
        Assert.Equal(50, Assert.Single(result.Progress).PercentComplete);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal(ErrorCategory.ResourceBusy, error.CategoryInfo.Category);
        Assert.StartsWith("Broken", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_takes_its_answer_from_the_queue()
    {
        using ModuleSession session = new(import: false);
        ScriptResult result = session.Run(
            "$Host.UI.PromptForChoice('Fail over?', 'Really?', [System.Management.Automation.Host.ChoiceDescription[]]('&Yes', '&No'), 1)", "maybe", "y");
        Assert.Equal(0, result.Only.BaseObject);
        Assert.Contains("Really?", result.HostText, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_stand_in_is_exported_by_exactly_one_module()
    {
        string[] classes = [.. typeof(Lab.Hosting.LabHost).Assembly.GetExportedTypes()
            .SelectMany(t => t.GetCustomAttributes(typeof(CmdletAttribute), inherit: false).Cast<CmdletAttribute>())
            .Select(a => $"{a.VerbName}-{a.NounName}").Order(StringComparer.Ordinal)];
        using ModuleSession session = new(import: false);
        ScriptResult result = session.With("modules", Path.Combine(AppContext.BaseDirectory, "Modules"))
            .Run("Get-ChildItem $modules -Recurse -Filter *.psd1 | ForEach-Object { (Import-PowerShellDataFile $_.FullName).CmdletsToExport }");
        Assert.Equal(classes, result.Clean().Select(o => $"{o}").Order(StringComparer.Ordinal));
    }
}
