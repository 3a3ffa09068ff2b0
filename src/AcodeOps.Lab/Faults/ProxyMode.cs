namespace AcodeOps.Lab.Faults;

public enum ProxyMode
{
    Pass,

    /// <summary>Answers each request with an S3 error, and closes the connection.</summary>
    Error,

    /// <summary>Takes connections and requests and never answers.</summary>
    Silent,

    /// <summary>Closes each connection at the first byte.</summary>
    Reset,
}
