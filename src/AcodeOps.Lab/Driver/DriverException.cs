namespace AcodeOps.Lab.Driver;

/// <summary>A task of the driver cannot go on; the message is one sentence that says why.</summary>
public sealed class DriverException(string message) : Exception(message);
