using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Loyalty.Web.Identity;

/// <summary>
/// Ends a circuit whose person has been signed out elsewhere. Pages are authorised when they are opened; without this,
/// an open page would go on answering clicks for as long as its connection lives. The browser is sent to sign in, and
/// whatever a browser that ignores that still sends is dropped.
/// </summary>
internal sealed class CircuitGuard(
    AuthenticationStateProvider authentication, NavigationManager navigation, ILogger<CircuitGuard> log)
    : CircuitHandler, IDisposable
{
    private volatile bool _ended;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // A public page, such as the room display, has nobody to sign out.
        var state = await authentication.GetAuthenticationStateAsync();
        if (state.User.Identity is { IsAuthenticated: true })
            authentication.AuthenticationStateChanged += OnAuthenticationStateChanged;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) =>
        context => _ended ? Task.CompletedTask : next(context);

    public void Dispose() => authentication.AuthenticationStateChanged -= OnAuthenticationStateChanged;

    private void OnAuthenticationStateChanged(Task<AuthenticationState> change) => _ = EndIfSignedOutAsync(change);

    private async Task EndIfSignedOutAsync(Task<AuthenticationState> change)
    {
        try
        {
            if ((await change).User.Identity is { IsAuthenticated: true })
                return;

            _ended = true;
            IdentityLog.CircuitEnded(log);
            var here = "/" + navigation.ToBaseRelativePath(navigation.Uri);
            navigation.NavigateTo($"/sign-in?{ReturnUrl.Parameter}={Uri.EscapeDataString(here)}", forceLoad: true);
        }
        catch (Exception error)
        {
            // Nobody awaits this; a check that failed must end the session rather than keep it.
            _ended = true;
            IdentityLog.CircuitEndFailed(log, error);
        }
    }
}
