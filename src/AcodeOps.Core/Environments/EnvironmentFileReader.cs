namespace AcodeOps.Environments;

/// <summary>Turns an environment file into environments and findings.</summary>
public static class EnvironmentFileReader
{
    /// <summary>Reads and judges a file.</summary>
    /// <exception cref="AcodeException">The file cannot be read at all.</exception>
    public static EnvironmentFile Read(IDocumentReader documents, string path) => throw new NotImplementedException();
}
