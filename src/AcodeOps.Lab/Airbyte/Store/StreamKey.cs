namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>The identity of a stream inside one connection: namespace and name.</summary>
internal static class StreamKey
{
    public static string Of(string? streamNamespace, string name) => $"{streamNamespace}.{name}";
}
