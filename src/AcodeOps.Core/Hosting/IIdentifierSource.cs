namespace AcodeOps;

/// <summary>Makes identifiers that no other process makes.</summary>
public interface IIdentifierSource
{
    /// <summary>
    /// A ULID of this instant. Within a process each is greater than the one before, also within one millisecond and
    /// when the clock has stepped back.
    /// </summary>
    string Next(DateTimeOffset at);
}
