using System.Net.Sockets;
using System.Text.Json;
using k8s.Autorest;

namespace AcodeOps.Adapters.Kubernetes;

/// <summary>Turns what can go wrong with a cluster's API into the product's exception, with id and class.</summary>
internal static class KubernetesErrors
{
    /// <summary>The kubeconfig, or the pod's account, is not there or not usable. Nothing is said of the cluster.</summary>
    public static AcodeException Configuration(Exception failure, KubernetesDefinition definition)
    {
        bool isLate = failure is OperationCanceledException or TimeoutException;
        // The parser's words may quote lines of a file that holds tokens: they are not passed on.
        string what = definition.ConfigFile is { } file && !File.Exists(file) ? "there is no such file"
            : isLate ? "its credential plugin does not come to an end"
            : definition.Context is { } context ? $"it cannot be read, or has no usable context '{context}'"
            : "it cannot be read, or has no usable current context";
        return New("KubernetesConfigInvalid", FailureClass.InvalidInput, $"The kubeconfig {definition.ConfigFile ?? "of this user"} is of no use: {what}.",
            "Check kubernetes.configFile and kubernetes.context in the environment file: `kubectl config get-contexts`.", null, definition);
    }

    /// <summary>What answers is not Kubernetes.</summary>
    public static AcodeException SomethingElse(Uri address, Exception? failure = null) => New(
        "KubernetesAnswersSomethingElse", FailureClass.Protocol, $"What answers at {Shown(address)} is not Kubernetes' API.",
        "Check the server's address in the kubeconfig, and what stands in front of it.", failure, address);

    /// <summary>A question that failed.</summary>
    public static AcodeException Of(Exception failure, Uri address, KubernetesDefinition definition) => failure switch
    {
        HttpOperationException answered => OfAnswer(answered, address, definition),
        OperationCanceledException or TimeoutException => New(
            "KubernetesTimedOut", FailureClass.Timeout, $"Kubernetes at {Shown(address)} did not answer in time.", Network, null, address),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => New(
            "KubernetesNameNotResolved", FailureClass.NameNotResolved, $"The host name of Kubernetes at {Shown(address)} does not resolve.", Network, failure, address),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => New(
            "KubernetesTlsFailed", FailureClass.Tls, $"The TLS handshake with Kubernetes at {Shown(address)} failed.",
            "Check the certificate authority in the kubeconfig.", failure, address),
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => New(
            "KubernetesRefused", FailureClass.ConnectionRefused, $"Nothing listens at {Shown(address)}: the connection was refused.", Network, failure, address),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => SomethingElse(address, failure),
        HttpRequestException or IOException => New(
            "KubernetesUnreachable", FailureClass.Unreachable, $"Kubernetes at {Shown(address)} cannot be reached.", Network, failure, address),
        // Whatever a credential plugin throws: its words may hold what it fetched.
        _ when failure.GetType().Namespace?.StartsWith("k8s", StringComparison.Ordinal) == true => Configuration(failure, definition),
        _ => SomethingElse(address),
    };

    private const string Network = "Look at the network between here and there, and at the VPN or tunnel that leads to the cluster.";

    private static AcodeException OfAnswer(HttpOperationException failure, Uri address, KubernetesDefinition definition)
    {
        string said = Said(failure.Response.Content);
        int status = (int)failure.Response.StatusCode;
        return status switch
        {
            401 => New("KubernetesAuthenticationFailed", FailureClass.Authentication, $"Kubernetes at {Shown(address)} does not accept our credential{said}",
                "Log in to the cluster again.", null, address),
            403 => New("KubernetesAccessDenied", FailureClass.Permission, $"Kubernetes does not let us do this in '{definition.Namespace}'{said}",
                "Export-AcodeAccessPolicy -Format Kubernetes writes the Role that is needed.", null, address),
            404 => New("KubernetesNotFound", FailureClass.NotFound, $"Kubernetes has no namespace '{definition.Namespace}'{said}",
                "Check kubernetes.namespace in the environment file.", null, address),
            429 => New("KubernetesThrottled", FailureClass.Throttled, $"Kubernetes asks to slow down{said}", "Try again in a minute.", null, address),
            >= 500 => New("KubernetesServerFault", FailureClass.ServerFault, $"Kubernetes at {Shown(address)} answered with HTTP {status}{said}",
                "Look at the cluster's control plane.", null, address),
            _ => SomethingElse(address),
        };
    }

    private static string Said(string? content)
    {
        try
        {
            using JsonDocument status = JsonDocument.Parse(content ?? "");
            return status.RootElement.ValueKind == JsonValueKind.Object && status.RootElement.TryGetProperty("message", out JsonElement message)
                && message.GetString() is { Length: > 0 } words ? $": \"{ServerText.Shown(words)}\"." : ".";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return ".";
        }
    }

    private static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.SafeUnescaped);

    private static AcodeException New(string id, FailureClass cause, string message, string advice, Exception? inner, object subject) =>
        new(id, cause, message, inner) { Advice = advice, Subject = subject };
}
