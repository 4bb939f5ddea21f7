using System.Runtime;

namespace Loyalty.LoadTool.Phones;

/// <summary>
/// While something is timed, the generator does not collect its own garbage: all phones would stop at the same moment, which
/// phones do not, and the server would be blamed for it.
/// </summary>
internal sealed class NoCollection : IDisposable
{
    /// <summary>More than ten thousand phones allocate while they answer once. If it is not enough, collecting simply resumes.</summary>
    private const long Room = 200 * 1024 * 1024;

    private static readonly Lock Gate = new();
    private static int regions;

    private NoCollection()
    {
    }

    public static NoCollection Begin()
    {
        lock (Gate)
        {
            if (regions++ == 0)
                GC.TryStartNoGCRegion(Room);
            return new NoCollection();
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (--regions == 0 && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }
}
