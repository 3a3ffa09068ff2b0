using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Lab;

/// <summary>A pair of servers that one test breaks; it ends with the test, as two idle servers hold 800 MB.</summary>
public sealed class OwnPair(LabFolder folder, DatabasePair pair) : IAsyncDisposable
{
    public DatabasePair Pair => pair;

    public async ValueTask DisposeAsync()
    {
        await folder.EndProcessesAsync();
        folder.Delete();
    }
}
