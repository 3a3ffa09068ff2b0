using System.Net.Sockets;
using System.Security.Authentication;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>
/// Turns what the network and the server say into the product's words: one row a way of failing. The original exception
/// is not handed on, as its type belongs to a package.
/// </summary>
internal static class SourceFailures
{
    private sealed record Row(string Id, FailureClass Cause, string Message, string Advice, params int[] Numbers);

    private static readonly Row Refused = new("SourceRefused", FailureClass.ConnectionRefused,
        "refuses connections: nothing listens on that port", "{start}");

    private static readonly Row Unreachable = new("SourceUnreachable", FailureClass.Unreachable,
        "cannot be reached", "Look at the route, the VPN and the firewall between here and there; {owner}");

    private static readonly Row TimedOut = new("SourceTimedOut", FailureClass.Timeout,
        "did not answer in time", "Look at the route, the VPN and the firewall between here and there; {owner}");

    private static readonly Row NameNotResolved = new("SourceNameNotResolved", FailureClass.NameNotResolved,
        "has a host name that does not resolve here", "Check the name in the environment file, then this machine's DNS: the server itself may be well.");

    private static readonly Row NotMySql = new("SourceIsNotMySql", FailureClass.Protocol,
        "is not a MySQL server: something else answers on that port", "Check host and port in the environment file and in the credential.");

    private static readonly Row TlsFailed = new("SourceTlsFailed", FailureClass.Tls,
        "and this machine could not agree on an encrypted connection",
        "Check the server's certificate and its authority (certificateAuthority, tls in the environment file).", 3159);

    private static readonly Row Broken = new("SourceServerFault", FailureClass.ServerFault,
        "broke the connection: it crashed, was stopped, or ended our session", "{start}",
        1053, 1077, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1927, 2006, 2013, 3169, 4031);

    private static readonly Row Unclassified = new("SourceStatementFailed", FailureClass.Unknown,
        "could not answer the question", "Send this message to whoever runs the server.");

    private static readonly Row[] Rows =
    [
        new("SourceAuthenticationFailed", FailureClass.Authentication, "does not let user '{user}' in",
            "The server is up. Check the credential {credential}: wrong or expired password, locked or missing account; {owner}",
            1045, 1251, 1396, 1524, 1698, 1820, 1862, 3118, 3955, 4151),
        new("SourceAccessDenied", FailureClass.Permission, "does not allow user '{user}' to do this",
            "Have the right named in the message granted to the account; {owner}", 1044, 1130, 1142, 1143, 1227, 1370, 1410),
        new("SourceTooManyConnections", FailureClass.TooManyConnections, "is up and has no connection to give",
            "Wait, or find out who holds the connections (SHOW PROCESSLIST, max_connections, max_user_connections); {owner}", 1040, 1203, 1226),
        new("SourceHostBlocked", FailureClass.Permission, "has blocked this machine after too many broken connections",
            "The server is up. Have its host cache emptied (TRUNCATE performance_schema.host_cache, or FLUSH HOSTS); {owner}", 1129),
        new("SourceReadOnly", FailureClass.ReadOnly, "refuses writes", "This is as it should be on a replica.", 1290, 1792, 1836),
        new("SourceDatabaseMissing", FailureClass.NotFound, "has no database of that name", "Check the database in the environment file and in the credential.", 1049),
        new("SourceTableMissing", FailureClass.NotFound, "has no such table", "Check the table's name in the environment file, and whether it was dropped or renamed.", 1146),
        new("SourceColumnMissing", FailureClass.NotFound, "has a table without a column that is expected",
            "Compare the table with the environment file: the schema may have changed.", 1054),
        new("SourceStatementTimedOut", FailureClass.Timeout, "stopped the question after its time limit",
            "The server is busy, or the table lacks an index; Test-AcodeHealth -Component Schema shows the tables.", 1205, 1317, 1907, 1969, 3024),
        new("SourceServerFault", FailureClass.ServerFault, "has a fault of its own", "{start}", 1021, 1030, 1037, 1038, 1041, 1135, 1194, 1195, 1815),
        Broken,
        TlsFailed,
    ];

    private static readonly Dictionary<int, Row> ByNumber =
        Rows.SelectMany(row => row.Numbers.Select(number => (number, row))).ToDictionary(pair => pair.number, pair => pair.row);

    /// <summary>
    /// The failure in the product's words. Cancellations are not among them: only the caller knows whether its token was
    /// a deadline, so <see cref="OperationCanceledException"/> passes through the source unchanged.
    /// </summary>
    public static AcodeException Of(Exception e, SourceLogin login)
    {
        if (e is MySqlException { Number: > 0 } said && ByNumber.TryGetValue(said.Number, out Row? row))
        {
            return Make(row, login, $"{said.Message} (error {said.Number})");
        }

        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationException:
                    return Make(TlsFailed, login, cause.Message);
                case SocketException socket:
                    return OfSocket(socket.SocketErrorCode, login);
                case TimeoutException:
                    return Make(TimedOut, login, null);
                case EndOfStreamException or IOException:
                    return Make(Broken, login, null);
                case MySqlException { ErrorCode: MySqlErrorCode.CommandTimeoutExpired }:
                    return Make(TimedOut, login, "no answer to a statement");
                // The driver has one number for everything that happens before the login, and tells the rest in words.
                case MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost } text when text.Message.StartsWith("Connect Timeout", StringComparison.Ordinal):
                    return Make(TimedOut, login, null);
                case MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost } text when IsAboutTls(text.Message):
                    return Make(TlsFailed, login, text.Message);
                case ArgumentException or FormatException:
                    return Make(NotMySql, login, null);
            }
        }

        return e is MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost }
            ? Make(Unreachable, login, null)
            : Make(Unclassified, login, e is MySqlException mySql ? $"{mySql.Message} (error {mySql.Number})" : e.GetType().Name);
    }

    /// <summary>The failure behind a refused, broken or unanswered TCP connection, or a name that does not resolve.</summary>
    public static AcodeException OfSocket(SocketError error, SourceLogin login) => error switch
    {
        SocketError.ConnectionRefused => Make(Refused, login, null),
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => Make(NameNotResolved, login, null),
        SocketError.TimedOut => Make(TimedOut, login, null),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => Make(Broken, login, null),
        _ => Make(Unreachable, login, error.ToString()),
    };

    /// <summary>Something else than MySQL answers.</summary>
    public static AcodeException OfForeigner(string answer, SourceLogin login) => Make(NotMySql, login, answer);

    /// <summary>The failure that the server's first packet tells.</summary>
    public static AcodeException OfNumber(int number, string text, SourceLogin login) =>
        Make(ByNumber.GetValueOrDefault(number, Unclassified), login, $"{text} (error {number})");

    private static bool IsAboutTls(string message) =>
        message.Contains("SSL", StringComparison.Ordinal) || message.Contains("TLS", StringComparison.Ordinal)
        || message.Contains("secure connection", StringComparison.Ordinal) || message.Contains("certificate", StringComparison.Ordinal)
        || message.Contains("public key", StringComparison.Ordinal);

    private static AcodeException Make(Row row, SourceLogin login, string? detail) => new(
        row.Id, row.Cause,
        Fill($"{login.Name} {row.Message}", login) + (string.IsNullOrWhiteSpace(detail) ? "." : $": {detail.TrimEnd('.')}."))
    {
        Advice = Fill(row.Advice, login),
        Subject = login.Definition,
    };

    private static string Fill(string text, SourceLogin login)
    {
        (string owner, string start) = login.Definition.IsPartners
            ? ("the server is the partner's: call them.", "The server is the partner's: call them; Get-AcodeRoute shows the ways around it.")
            : ("it is your own server.", "Look at the MySQL service and its error log on that host, and start it again if it is down.");
        return text.Replace("{user}", login.User, StringComparison.Ordinal)
            .Replace("{credential}", login.Definition.Credential.ToString(), StringComparison.Ordinal)
            .Replace("{owner}", owner, StringComparison.Ordinal)
            .Replace("{start}", start, StringComparison.Ordinal);
    }
}
