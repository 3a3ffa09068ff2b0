namespace AcodeOps;

/// <summary>
/// What kind of failure something was. The classes exist to be told apart by decisions: a wrong password, a full
/// server and a dead server need different answers, and only some of them allow an automatic switch.
/// </summary>
public enum FailureClass
{
    /// <summary>Not classified. Never an outage.</summary>
    Unknown,

    /// <summary>The host answered that nothing listens on the port.</summary>
    ConnectionRefused,

    /// <summary>No route, a reset connection, or the connection broke while in use.</summary>
    Unreachable,

    /// <summary>No answer within the time allowed.</summary>
    Timeout,

    /// <summary>The host name does not resolve. Most often a fault on our own side.</summary>
    NameNotResolved,

    /// <summary>The TLS handshake failed, or TLS is required and not offered.</summary>
    Tls,

    /// <summary>The server answers and refuses the credential: wrong password, expired or revoked token.</summary>
    Authentication,

    /// <summary>The credential is good and not allowed to do this.</summary>
    Permission,

    /// <summary>The server is alive and has no connection to give.</summary>
    TooManyConnections,

    /// <summary>The server refuses writes.</summary>
    ReadOnly,

    /// <summary>The server asks to slow down.</summary>
    Throttled,

    /// <summary>The thing asked for does not exist: a bucket, a table, a column, a secret, a connection.</summary>
    NotFound,

    /// <summary>The server answered with a fault of its own (5xx, crash, shutdown in progress).</summary>
    ServerFault,

    /// <summary>Something else answers there: not the protocol that was expected.</summary>
    Protocol,

    /// <summary>Somebody else changed or holds it.</summary>
    Conflict,

    /// <summary>What was asked is wrong in itself: configuration, parameter, file.</summary>
    InvalidInput,

    /// <summary>A gate of the product refused: doing it would have made things worse.</summary>
    Refused,
}
