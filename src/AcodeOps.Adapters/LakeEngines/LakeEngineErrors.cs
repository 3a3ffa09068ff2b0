using AcodeOps.Adapters.Aws;

namespace AcodeOps.Adapters.LakeEngines;

/// <summary>Turns what can go wrong between us and an engine into the product's exception, with id and class.</summary>
internal static class LakeEngineErrors
{
    private const int Shown = 300;

    /// <summary>The engine's own failure of a question.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="said">What it says.</param>
    /// <param name="cause">Its class.</param>
    /// <param name="name">What it calls the failure; null where it does not.</param>
    public static AcodeException Failed(string engine, string said, FailureClass cause, string? name) => New(
        "LakeQuestionFailed", cause, $"{engine} could not answer{(name is null ? "" : $" ({ServerText.Shown(name, 60)})")}: \"{ServerText.Shown(said, Shown)}\".", cause switch
        {
            FailureClass.Permission => "Let the engine's user read the table, and its objects.",
            FailureClass.NotFound => "Bring the table of the catalog up to date with the lake's objects.",
            FailureClass.Throttled => "Try again later, or give the engine more to work with.",
            _ => "Look at the question in the engine's own history.",
        });

    /// <summary>That it took too long.</summary>
    public static AcodeException TookTooLong(string engine, double minutes) => New(
        "LakeQuestionTookTooLong", FailureClass.Timeout, FormattableString.Invariant($"{engine} has not answered within {minutes:0.#} minutes; the question was stopped."), "Raise lake.minutes in the environment file, or give the engine more to work with.");

    /// <summary>That what answers is not the engine.</summary>
    public static AcodeException NotAnAnswer(string engine, string what) => New(
        "LakeEngineAnswersSomethingElse", FailureClass.Protocol, $"What answers for {engine} is not what was expected: {what}.", "Check lake in the environment file, and what proxy stands in front.");

    /// <summary>That a password would be sent for anybody to read.</summary>
    public static AcodeException NotEncrypted(string engine) => New(
        "LakeEngineNotEncrypted", FailureClass.Refused, $"The password for {engine} would go over the network unencrypted.", "Write https in lake.url.");

    /// <summary>That it does not let us in.</summary>
    public static AcodeException Denied(string engine, int status) => New(
        "LakeEngineAccessDenied", status == 401 ? FailureClass.Authentication : FailureClass.Permission, $"{engine} does not let us in (HTTP {status}).", "Check lake.credential in the environment file.");

    /// <summary>That it has a fault of its own.</summary>
    public static AcodeException ServerFault(string engine, int status) => New(
        "LakeEngineServerFault", FailureClass.ServerFault, $"{engine} answers with HTTP {status}.", "Look at the engine's coordinator and its log.");

    /// <summary>That no answer came.</summary>
    public static AcodeException NoAnswer(string engine, Exception failure) => TransportFailures.OfHttp(failure) switch
    {
        FailureClass.Timeout => New("LakeEngineTimedOut", FailureClass.Timeout, $"{engine} did not answer in time.", "Look at the engine's coordinator.", failure),
        FailureClass.NameNotResolved => New("LakeEngineNameNotResolved", FailureClass.NameNotResolved, $"The host name of {engine} does not resolve.", "Check lake.url in the environment file.", failure),
        FailureClass.Tls => New("LakeEngineTlsFailed", FailureClass.Tls, $"The TLS handshake with {engine} failed.", "Install the certificate's authority on this machine, or check lake.url.", failure),
        FailureClass.ConnectionRefused => New("LakeEngineRefused", FailureClass.ConnectionRefused, $"Nothing listens at {engine}: the connection was refused.", "Check lake.url in the environment file, and that the coordinator runs.", failure),
        FailureClass.Protocol => NotAnAnswer(engine, "not a valid HTTP answer"),
        _ => New("LakeEngineUnreachable", FailureClass.Unreachable, $"{engine} cannot be reached, or the connection broke.", "Look at the network between here and there.", failure),
    };

    private static AcodeException New(string id, FailureClass cause, string message, string advice, Exception? inner = null) =>
        new(id, cause, message, inner) { Advice = advice, IsFatal = false };
}
