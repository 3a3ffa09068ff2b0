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
        string format = $"{destination.BucketPath?.Trim('/')}/{destination.PathFormat ?? Default}";
        HashSet<string> dates = [];
        int end = format.Length;
        string key = Macro().Replace(format, match =>
        {
            string? value = match.Index >= end ? "" : match.Groups[1].Value switch
            {
                "NAMESPACE" => NamespaceOf(connection, stream),
                "STREAM_NAME" => connection.Prefix + stream.Name,
                "YEAR" => Date("yyyy"),
                "MONTH" => Date("MM"),
                "DAY" => Date("dd"),
                _ => null,
            };
            if (value is null)
            {
                end = match.Index;
                return Cut;
            }

            return value;

            string Date(string part)
            {
                dates.Add(part);
                return day.ToString(part, CultureInfo.InvariantCulture);
            }
        });

        // Airbyte leaves no empty folders where a namespace is empty.
        string prefix = Slashes().Replace(key.Split(Cut)[0], "/").TrimStart('/');
        return (prefix, dates.Count == 3);
    }

    // Stands where the first part begins that is different from object to object; no key holds it.
    private const string Cut = "\0";

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
