namespace AcodeOps.Alerts;

/// <summary>Recordings of metrics: files of lines.</summary>
public interface IRecordingFiles
{
    /// <summary>The lines of a file, one after the other; none is held longer than it is looked at.</summary>
    /// <exception cref="AcodeException"><c>RecordingNotFound</c>, <c>RecordingUnreadable</c>, <c>RecordingInvalid</c> (a line that is too long).</exception>
    IEnumerable<string> ReadLines(string path);
}
