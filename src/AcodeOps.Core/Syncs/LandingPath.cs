using System.Globalization;
using System.Text.RegularExpressions;

namespace AcodeOps.Syncs;

/// <summary>
/// Where a stream's objects of one day land, by the rules of Airbyte's S3 destination: the longest part of the key that
/// is the same for all of them, so that a listing reads one day and not the bucket.
/// </summary>
internal static partial class LandingPath
{
    // What the destination takes when it is given no path format.
    private const string Default = "${NAMESPACE}/${STREAM_NAME}/${YEAR}_${MONTH}_${DAY}_${EPOCH}_";

    /// <summary>The prefix of a day's objects, and whether it holds the whole date.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="stream">One of its streams.</param>
    /// <param name="destination">Its destination.</param>
    /// <param name="day">The day on which the sync started, in UTC.</param>
    public static (string Prefix, bool IsOfOneDay) PrefixOf(Connection connection, ConnectionStream stream, AirbyteDestination destination, DateOnly day)
    {
        HashSet<string> dates = [];
        string prefix = Expand(connection, stream, destination, part =>
        {
            dates.Add(part);
            return day.ToString(part, CultureInfo.InvariantCulture);
        });
        return (prefix, dates.Count == 3);
    }

    /// <summary>What the keys of all of a stream's objects start with, whatever their day.</summary>
    public static string FolderOf(Connection connection, ConnectionStream stream, AirbyteDestination destination) => Expand(connection, stream, destination, _ => null);

    /// <summary>The day that an object's key names; null where the path does not tell the whole date, or the key is none of this stream's.</summary>
    public static DateOnly? DayOf(Connection connection, ConnectionStream stream, AirbyteDestination destination, string key)
    {
        string[] pieces = Expand(connection, stream, destination, part => Mark + part + Mark).Split(Mark);
        string pattern = string.Concat(pieces.Select((piece, i) => i % 2 == 0 ? Regex.Escape(piece) : $"(?<{piece}>[0-9]{{{piece.Length}}})"));
        Match match = Regex.Match(key, "^" + pattern, RegexOptions.CultureInvariant);
        string date = $"{match.Groups["yyyy"].Value}-{match.Groups["MM"].Value}-{match.Groups["dd"].Value}";
        return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
    }

    /// <summary>The path up to the first part that is different from object to object, or that <paramref name="date"/> gives nothing for.</summary>
    private static string Expand(Connection connection, ConnectionStream stream, AirbyteDestination destination, Func<string, string?> date)
    {
        string format = $"{destination.BucketPath?.Trim('/')}/{destination.PathFormat ?? Default}";
        int end = format.Length;
        string key = Macro().Replace(format, match =>
        {
            string? value = match.Index >= end ? "" : match.Groups[1].Value switch
            {
                "NAMESPACE" => NamespaceOf(connection, stream),
                "STREAM_NAME" => connection.Prefix + stream.Name,
                "YEAR" => date("yyyy"),
                "MONTH" => date("MM"),
                "DAY" => date("dd"),
                _ => null,
            };
            if (value is null)
            {
                end = match.Index;
                return Cut;
            }

            return value;
        });

        // Airbyte leaves no empty folders where a namespace is empty.
        return Slashes().Replace(key.Split(Cut)[0], "/").TrimStart('/');
    }

    // Stands where the first part begins that is different from object to object; no key holds it.
    private const string Cut = "\0";

    // Stands before and after a part of a date; no key holds it either.
    private const string Mark = "\u0001";

    private static string NamespaceOf(Connection connection, ConnectionStream stream) => connection.NamespaceDefinition switch
    {
        "custom_format" => connection.NamespaceFormat?.Replace("${SOURCE_NAMESPACE}", stream.Namespace, StringComparison.Ordinal) ?? "",
        "destination" => "",
        _ => stream.Namespace ?? "",
    };

    [GeneratedRegex(@"\$\{(\w+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Macro();

    [GeneratedRegex("/{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Slashes();
}
