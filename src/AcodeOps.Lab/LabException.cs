namespace AcodeOps.Lab;

/// <summary>The lab cannot go on. The message is one sentence for the person at the terminal: what is missing or wrong, and what to do.</summary>
public sealed class LabException(string message, Exception? inner = null) : Exception(message, inner);
