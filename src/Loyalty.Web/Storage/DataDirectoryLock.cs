namespace Loyalty.Web.Storage;

/// <summary>One process serves one data directory: the running state of a workshop is in its memory. Held by a server, and while a backup is restored.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream file;

    private DataDirectoryLock(FileStream file) => this.file = file;

    /// <summary>The lock goes with the process, however it ends; the empty file stays.</summary>
    /// <exception cref="StartupProblem">Another process has it.</exception>
    public static DataDirectoryLock Take(DataDirectory data)
    {
        try
        {
            return new DataDirectoryLock(new FileStream(data.File(".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new StartupProblem($"Another server is running on the data directory {data.Path}. Stop it first, or set {DataDirectory.Setting} to another directory.", e);
        }
    }

    public void Dispose() => file.Dispose();
}
