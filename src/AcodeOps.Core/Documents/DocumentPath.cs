using System.Globalization;

namespace AcodeOps.Environments.Reading;

/// <summary>Names the places of a document: <c>environments.production.routes[0].storage</c>.</summary>
internal static class DocumentPath
{
    public static string Of(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    public static string Of(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>True for a key whose value was left out, which means the same as leaving out the key.</summary>
    public static bool IsNull(DocumentNode node) => node is ScalarNode { IsPlain: true, Value: "" or "~" or "null" or "Null" or "NULL" };
}
