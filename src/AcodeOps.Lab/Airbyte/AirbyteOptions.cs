namespace AcodeOps.Lab.Airbyte;

/// <summary>How one Airbyte stand-in is started; what may change while it runs is in <see cref="Store.AirbyteSettings"/>.</summary>
internal sealed record AirbyteOptions
{
    /// <summary>Everything the stand-in keeps: credentials, state, history, parts on their way to S3.</summary>
    public required string Folder { get; init; }

    /// <summary>0 lets the system choose; the choice is printed and written to <c>port</c> in the folder.</summary>
    public int Port { get; init; }

    public AuthMode Auth { get; init; } = AuthMode.ClientCredentials;

    public string Version { get; init; } = "2.0.0";

    /// <summary>Reads <c>--name value</c> pairs.</summary>
    /// <exception cref="ArgumentException">An unknown name, a missing value or a value out of range; the message is for the user.</exception>
    public static AirbyteOptions Parse(IReadOnlyList<string> arguments)
    {
        AirbyteOptions options = new() { Folder = "" };
        for (int i = 0; i < arguments.Count; i += 2)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} needs a value");
            options = arguments[i] switch
            {
                "--folder" => options with { Folder = Path.GetFullPath(value) },
                "--port" => options with { Port = ParsePort(value) },
                "--auth" => options with { Auth = ParseAuth(value) },
                "--api-version" => options with { Version = value },
                string other => throw new ArgumentException($"unknown option {other}; known: --folder --port --auth --api-version"),
            };
        }

        return options.Folder.Length > 0 ? options : throw new ArgumentException("--folder is needed");
    }

    private static int ParsePort(string value) =>
        ushort.TryParse(value, out ushort port) ? port : throw new ArgumentException($"--port {value} is no port");

    private static AuthMode ParseAuth(string value) => value switch
    {
        "none" => AuthMode.None,
        "client-credentials" => AuthMode.ClientCredentials,
        "basic" => AuthMode.Basic,
        _ => throw new ArgumentException($"--auth {value}: none, client-credentials or basic"),
    };
}
