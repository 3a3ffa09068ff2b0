using System.Management.Automation;
using System.Text;

namespace AcodeOps.Lab.Hosting.Cmdlets;

/// <summary>The first object gives the columns; every field is quoted.</summary>
public abstract class CsvCommand : CollectingCommand
{
    [Parameter]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    protected IEnumerable<string> Lines()
    {
        if (Items.Count == 0)
        {
            yield break;
        }

        string[] columns = [.. Items[0].Properties.Select(p => p.Name)];
        yield return Line(columns);
        foreach (PSObject item in Items)
        {
            yield return Line(columns.Select(c => LanguagePrimitives.ConvertTo<string>(item.Properties[c]?.Value)));
        }
    }

    private string Line(IEnumerable<string?> fields) =>
        string.Join(Delimiter, fields.Select(f => f is null ? "" : "\"" + f.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""));
}

[Cmdlet(VerbsData.ConvertTo, "Csv")]
[OutputType(typeof(string))]
public sealed class ConvertToCsvCommand : CsvCommand
{
    protected override void EndProcessing() => WriteObject(Lines(), enumerateCollection: true);
}

[Cmdlet(VerbsData.Export, "Csv", SupportsShouldProcess = true)]
public sealed class ExportCsvCommand : CsvCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "";

    [Parameter]
    public SwitchParameter Append { get; set; }

    protected override void EndProcessing()
    {
        string file = GetUnresolvedProviderPathFromPSPath(Path);
        if (ShouldProcess(file, "Export-Csv"))
        {
            bool extend = Append && File.Exists(file) && new FileInfo(file).Length > 0;
            using StreamWriter writer = new(file, extend);
            foreach (string line in Lines().Skip(extend ? 1 : 0))
            {
                writer.WriteLine(line);
            }
        }
    }
}

/// <summary>Reads the objects out of text with a header line.</summary>
public abstract class FromCsvCommand : PSCmdlet
{
    [Parameter]
    public char Delimiter { get; set; } = ',';

    protected void WriteObjects(string text)
    {
        string[]? columns = null;
        foreach (string[] record in Records(text))
        {
            if (columns is null)
            {
                columns = record;
                continue;
            }

            PSObject made = new();
            for (int i = 0; i < columns.Length; i++)
            {
                made.Properties.Add(new PSNoteProperty(columns[i], i < record.Length ? record[i] : null));
            }

            WriteObject(made);
        }
    }

    private IEnumerable<string[]> Records(string text)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            switch (c)
            {
                case '"' when quoted && i + 1 < text.Length && text[i + 1] == '"':
                    field.Append('"');
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '\r' when !quoted:
                    break;
                case '\n' when !quoted:
                    if (field.Length > 0 || fields.Count > 0)
                    {
                        fields.Add(field.ToString());
                        yield return [.. fields];
                    }

                    fields.Clear();
                    field.Clear();
                    break;
                default:
                    if (!quoted && c == Delimiter)
                    {
                        fields.Add(field.ToString());
                        field.Clear();
                    }
                    else
                    {
                        field.Append(c);
                    }

                    break;
            }
        }
    }
}

[Cmdlet(VerbsData.ConvertFrom, "Csv")]
public sealed class ConvertFromCsvCommand : FromCsvCommand
{
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    protected override void ProcessRecord() => _lines.AddRange(InputObject);

    protected override void EndProcessing() => WriteObjects(string.Join('\n', _lines));
}

[Cmdlet(VerbsData.Import, "Csv")]
public sealed class ImportCsvCommand : FromCsvCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "";

    protected override void ProcessRecord() => WriteObjects(File.ReadAllText(GetUnresolvedProviderPathFromPSPath(Path)));
}
