namespace AcodeOps.Secrets.Rotating;

/// <summary>The other of two users that take turns: <c>reader</c> and <c>reader_b</c>.</summary>
internal static class TwinName
{
    private const string Mark = "_b";

    /// <summary>Whose turn it is.</summary>
    /// <param name="user">Who logs in now.</param>
    /// <param name="former">Who logged in before, as the secret's former version tells; null where it tells nobody.</param>
    /// <param name="longest">The longest name that the server takes.</param>
    public static string Of(string user, string? former, int longest) =>
        former is not null && former != user && (Marked(former, longest) == user || Marked(user, longest) == former) ? former
        : user.EndsWith(Mark, StringComparison.Ordinal) && user.Length > Mark.Length ? user[..^Mark.Length]
        : Marked(user, longest);

    // A name that is too long with the mark loses its end: the secret's former version remembers what it was.
    private static string Marked(string user, int longest) => user[..Math.Min(user.Length, longest - Mark.Length)] + Mark;
}
