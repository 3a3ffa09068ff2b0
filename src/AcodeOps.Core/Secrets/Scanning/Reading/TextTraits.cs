namespace AcodeOps.Secrets.Scanning.Reading;

/// <summary>What the name of a file tells about its text.</summary>
/// <param name="Name">The file's name, without its folders.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="IsNested">True for YAML and JSON, in which the value of a key may stand in the next line.</param>
internal sealed record TextTraits(string Name, TextKind Kind, bool IsNested = false)
{
    private static readonly Dictionary<string, TextKind> Kinds = Of(
        (TextKind.Settings, "yaml yml properties ini env cnf conf cfg config xml xsd resx csproj props targets tfbackend service options odc npmrc pypirc s3cfg netrc my.cnf credentials kubeconfig example exemplo local production http htaccess plist reg desktop gitconfig git-config"),
        (TextKind.Code, "cs py java js mjs cjs ts tsx jsx go rb php kt kts swift dart rs pl pm r vb vbs pas c h cc cpp hpp m scala lua ps1 psm1 psd1 ipynb sql groovy html htm css scss vue svelte json jsonc map har tf hcl tfvars tfstate toml jenkinsfile gradle ex exs erl clj proto graphql razor cshtml lock"),
        (TextKind.Shell, "sh bash zsh ksh fish cmd bat dockerfile containerfile crontab makefile mk zsh_history bash_history"));

    /// <summary>The traits of the file with this path.</summary>
    public static TextTraits Of(string path)
    {
        string name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..].ToLowerInvariant();
        int dot = name.LastIndexOf('.');
        string end = name[(dot + 1)..];
        TextKind kind = Kinds.TryGetValue(end, out TextKind known) ? known
            : name.StartsWith(".env", StringComparison.Ordinal) || name.StartsWith("application.", StringComparison.Ordinal) ? TextKind.Settings
            : name.StartsWith("dockerfile", StringComparison.Ordinal) ? TextKind.Shell
            : TextKind.Prose;
        return new(name, kind, end is "yaml" or "yml" or "json" or "jsonc" or "kubeconfig" or "tfstate");
    }

    private static Dictionary<string, TextKind> Of(params (TextKind Kind, string Ends)[] kinds) =>
        kinds.SelectMany(kind => kind.Ends.Split(' ').Select(end => (end, kind.Kind))).ToDictionary(pair => pair.end, pair => pair.Kind, StringComparer.Ordinal);
}
