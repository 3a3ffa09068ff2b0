namespace AcodeOps.Lab.Packages;

/// <summary>Where this machine gets its Debian packages from, and the keys that prove them; read from the machine's own apt sources.</summary>
/// <param name="Address">The archive's address as apt writes it.</param>
/// <param name="Keyring">The file with the archive's public keys.</param>
internal sealed record DebianMirror(string Address, string Keyring)
{
    private static readonly string[] Suites = ["sid", "unstable", "testing", "stable", "oldstable", "bullseye", "bookworm", "trixie", "forky"];
    private static readonly string[] Keyrings = ["/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp"];

    public static DebianMirror OfThisMachine(string aptFolder = "/etc/apt")
    {
        (string Address, string? Keyring) source = Sources(aptFolder).FirstOrDefault();
        if (source.Address is null)
        {
            throw new LabException($"No Debian archive is among the apt sources of this machine ({aptFolder}): add one (suite, address and 'main'), then start again.");
        }

        string? keyring = Keyrings.FirstOrDefault(File.Exists) ?? (File.Exists(source.Keyring) ? source.Keyring : null);
        return keyring is null
            ? throw new LabException("The keys of the Debian archive are missing: install the package debian-archive-keyring, then start again.")
            : new DebianMirror(source.Address, keyring);
    }

    private static IEnumerable<(string Address, string? Keyring)> Sources(string aptFolder)
    {
        string parts = Path.Combine(aptFolder, "sources.list.d");
        string[] files = Directory.Exists(parts) ? [.. Directory.GetFiles(parts).Order(StringComparer.Ordinal)] : [];
        IEnumerable<(string Address, string? Keyring)> stanzas = files.Where(f => f.EndsWith(".sources", StringComparison.Ordinal))
            .SelectMany(f => File.ReadAllText(f).Split("\n\n")).SelectMany(Stanza);
        IEnumerable<(string Address, string? Keyring)> lines = files.Where(f => f.EndsWith(".list", StringComparison.Ordinal))
            .Prepend(Path.Combine(aptFolder, "sources.list")).Where(File.Exists).SelectMany(File.ReadLines).SelectMany(Line);
        return stanzas.Concat(lines);
    }

    private static IEnumerable<(string Address, string? Keyring)> Stanza(string text)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in text.Split('\n').Where(l => l.Length > 0 && l[0] is not ('#' or ' ' or '\t')))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                fields[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }

        string Field(string name) => fields.GetValueOrDefault(name, "");
        if (Words(Field("Types")).Contains("deb") && !Field("Enabled").Equals("no", StringComparison.OrdinalIgnoreCase)
            && Words(Field("Components")).Contains("main") && Words(Field("Suites")).Any(Suites.Contains))
        {
            foreach (string address in Words(Field("URIs")))
            {
                yield return (address, Field("Signed-By") is ['/', ..] keyring ? keyring : null);
            }
        }
    }

    // deb [signed-by=/path arch=amd64] address suite component...
    private static IEnumerable<(string Address, string? Keyring)> Line(string text)
    {
        string line = text.Split('#')[0];
        string? keyring = null;
        int open = line.IndexOf('[', StringComparison.Ordinal), close = line.IndexOf(']', StringComparison.Ordinal);
        if (open > 0 && close > open)
        {
            keyring = Words(line[(open + 1)..close]).FirstOrDefault(w => w.StartsWith("signed-by=/", StringComparison.Ordinal))?["signed-by=".Length..];
            line = line[..open] + line[(close + 1)..];
        }

        string[] words = Words(line);
        if (words is ["deb", var address, var suite, ..] && Suites.Contains(suite) && words.Contains("main") && !address.StartsWith("cdrom:", StringComparison.Ordinal))
        {
            yield return (address, keyring);
        }
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
