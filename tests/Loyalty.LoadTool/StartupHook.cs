using Loyalty.LoadTool.Probe;

/// <summary>
/// Called by the runtime in the server's process, because <c>DOTNET_STARTUP_HOOKS</c> names this program. So the product needs no
/// door for the load tool. The runtime looks for this very name, in no namespace.
/// </summary>
#pragma warning disable CA1050, MA0047, RCS1110
internal static class StartupHook
#pragma warning restore CA1050, MA0047, RCS1110
{
    public static void Initialize() => ProbeHook.Place();
}
