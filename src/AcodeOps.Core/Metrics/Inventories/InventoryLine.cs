using System.Globalization;
using System.Net;

namespace AcodeOps.Metrics.Inventories;

/// <summary>Reads the lines of an inventory: which object, how large. Source: Amazon S3 User Guide, "Amazon S3 Inventory list".</summary>
internal sealed class InventoryLine
{
    private readonly int _fields, _key, _size, _latest, _deleted;

    /// <param name="fields">The fields of a line, in order.</param>
    /// <exception cref="FormatException">Key or size is not among them.</exception>
    public InventoryLine(IReadOnlyList<string> fields)
    {
        List<string> names = [.. fields];
        (_fields, _key, _size, _latest, _deleted) = (names.Count, names.IndexOf("Key"), names.IndexOf("Size"), names.IndexOf("IsLatest"), names.IndexOf("IsDeleteMarker"));
        if (_key < 0 || _size < 0)
        {
            throw new FormatException($"it has no field {(_key < 0 ? "Key" : "Size")}");
        }
    }

    /// <summary>The object of a line; null for an old version and for a mark that something was deleted.</summary>
    /// <exception cref="FormatException">It is no line of these fields.</exception>
    public (string Key, long Bytes)? Read(string line)
    {
        string[] values = Split(line);
        if (values.Length != _fields)
        {
            throw new FormatException($"a line has {values.Length} fields in place of {_fields}");
        }

        if ((_latest >= 0 && values[_latest] == "false") || (_deleted >= 0 && values[_deleted] == "true"))
        {
            return null;
        }

        return long.TryParse(values[_size], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            ? (WebUtility.UrlDecode(values[_key]), bytes)
            : throw new FormatException("a line has no size");
    }

    // Keys are URL-encoded, and no other field has a line break in it: a line of the file is a line of the table.
    private string[] Split(string line)
    {
        List<string> values = new(_fields);
        for (int at = 0; at <= line.Length;)
        {
            int end;
            if (at < line.Length && line[at] == '"')
            {
                end = line.IndexOf('"', at + 1);
                if (end < 0 || (end + 1 < line.Length && line[end + 1] != ','))
                {
                    throw new FormatException("a quoted field of a line does not end");
                }

                values.Add(line[(at + 1)..end++]);
            }
            else
            {
                end = line.IndexOf(',', at) is var comma and >= 0 ? comma : line.Length;
                values.Add(line[at..end]);
            }

            at = end + 1;
        }

        return [.. values];
    }
}
