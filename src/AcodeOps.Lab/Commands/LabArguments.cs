using System.Globalization;

namespace AcodeOps.Lab.Commands;

/// <summary>The words after a command: options with a value, switches, and the rest in order.</summary>
internal sealed class LabArguments
{
    private readonly Dictionary<string, string> _options = [];
    private readonly List<string> _words = [];

    /// <exception cref="LabException">An unknown option, or one without its value.</exception>
    public LabArguments(IReadOnlyList<string> arguments, IReadOnlyCollection<string> options, IReadOnlyCollection<string> switches)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string word = arguments[i];
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                _words.Add(word);
            }
            else if (switches.Contains(word))
            {
                _options[word] = "";
            }
            else if (options.Contains(word) && i + 1 < arguments.Count)
            {
                _options[word] = arguments[++i];
            }
            else
            {
                throw new LabException(options.Contains(word) ? $"{word} needs a value." : $"{word} is not known here: {string.Join(", ", options.Concat(switches))}.");
            }
        }
    }

    public IReadOnlyList<string> Words => _words;

    public string Folder => _options.GetValueOrDefault("--folder") ?? LabOptions.DefaultFolder;

    public bool Has(string option) => _options.ContainsKey(option);

    public string? Text(string option) => _options.GetValueOrDefault(option);

    public int Number(string option, int otherwise) => !_options.TryGetValue(option, out string? text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw new LabException($"{option} {text}: a whole number above 0 is needed.");
}
