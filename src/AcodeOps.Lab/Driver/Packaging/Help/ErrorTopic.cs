namespace AcodeOps.Lab.Driver.Packaging.Help;

/// <summary><c>about_AcodeErrors</c>: what each error means and what to do next, one a line, from <c>docs/errors.md</c>. The module reads it too.</summary>
/// <param name="Headings">The language's words for the three headings of a topic.</param>
/// <param name="Short">What it is, in a sentence.</param>
/// <param name="Long">What an error's id is good for.</param>
internal sealed record ErrorTopic((string Topic, string Short, string Long) Headings, string Short, string Long)
{
    private const string Name = "about_AcodeErrors";
    private const string Entry = "- ";

    public static ErrorTopic English { get; } = new(
        ("TOPIC", "SHORT DESCRIPTION", "LONG DESCRIPTION"),
        "What each error means, and what to do next.",
        "$Error[0].FullyQualifiedErrorId begins with the id; a run has it as ErrorId.");

    public static ErrorTopic Portuguese { get; } = new(
        ("TÓPICO", "DESCRIÇÃO RESUMIDA", "DESCRIÇÃO LONGA"),
        "O que cada erro significa e o que fazer em seguida.",
        "$Error[0].FullyQualifiedErrorId começa com o id; uma execução o tem como ErrorId.");

    /// <summary>Writes it.</summary>
    /// <param name="page">The page with the errors.</param>
    /// <param name="of">An entry in this language.</param>
    /// <param name="target">The language's folder in the module.</param>
    public void Write(string page, Func<string, string> of, string target) => File.WriteAllLines(
        Path.Combine(target, Name + ".help.txt"),
        [
            Headings.Topic, $"    {Name}", "", Headings.Short, $"    {Short}", "", Headings.Long, $"    {Long}", "",
            .. File.ReadLines(page).Where(line => line.StartsWith(Entry, StringComparison.Ordinal)).Select(line => $"    {Entry}{of(line[Entry.Length..])}").Order(StringComparer.Ordinal),
        ]);
}
