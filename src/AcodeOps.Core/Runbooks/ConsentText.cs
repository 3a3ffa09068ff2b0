namespace AcodeOps.Runbooks;

/// <summary>The form in which operators are asked for their consent.</summary>
public static class ConsentText
{
    /// <summary>A question about what is described.</summary>
    public static string Question(string description) => description + System.Environment.NewLine + "Do it?";

    /// <summary>One fact of a plan, under its word.</summary>
    internal static string Line(string word, string text) => $"  {word + ":",-12}{text}";
}
