using System.Security.Claims;
using Loyalty.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loyalty.Tests.Identity;

public sealed class CircuitGuardTests
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());
    private static readonly ClaimsPrincipal Somebody = new(new ClaimsIdentity("test"));

    private readonly Sign _sign = new();
    private readonly Address _address = new();

    [Fact]
    public async Task Page_of_somebody_signed_out_elsewhere_answers_no_more_clicks_and_goes_to_sign_in()
    {
        using var guard = await OpenAsync(Somebody);
        Assert.Equal(1, await ClicksThatPassAsync(guard));

        _sign.Change(Nobody);

        Assert.Equal("/sign-in?returnUrl=%2Fworkshops%2F1%2Fconsole", await _address.Left.Task.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await ClicksThatPassAsync(guard));
    }

    [Fact]
    public async Task Page_whose_check_failed_answers_no_more_clicks()
    {
        using var guard = await OpenAsync(Somebody);

        _sign.Fail();

        Assert.Equal(0, await ClicksThatPassAsync(guard));
    }

    [Fact]
    public async Task Page_of_somebody_still_signed_in_goes_on()
    {
        using var guard = await OpenAsync(Somebody);

        _sign.Change(Somebody);

        Assert.Equal(1, await ClicksThatPassAsync(guard));
    }

    [Fact]
    public async Task Public_page_has_nobody_to_sign_out()
    {
        using var guard = await OpenAsync(Nobody);

        _sign.Change(Nobody);

        Assert.Equal(1, await ClicksThatPassAsync(guard));
    }

    private async Task<CircuitGuard> OpenAsync(ClaimsPrincipal user)
    {
        _sign.User = user;
        var guard = new CircuitGuard(_sign, _address, NullLogger<CircuitGuard>.Instance);
        await guard.OnCircuitOpenedAsync(null!, TestContext.Current.CancellationToken);
        return guard;
    }

    private static async Task<int> ClicksThatPassAsync(CircuitGuard guard)
    {
        var passed = 0;
        await guard.CreateInboundActivityHandler(_ =>
        {
            passed++;
            return Task.CompletedTask;
        })(null!);
        return passed;
    }

    private sealed class Sign : AuthenticationStateProvider
    {
        public ClaimsPrincipal User { get; set; } = Nobody;

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(User));

        public void Change(ClaimsPrincipal user)
        {
            User = user;
            NotifyAuthenticationStateChanged(GetAuthenticationStateAsync());
        }

        public void Fail() => NotifyAuthenticationStateChanged(Task.FromException<AuthenticationState>(new InvalidOperationException("test")));
    }

    private sealed class Address : NavigationManager
    {
        public Address() => Initialize("http://localhost/", "http://localhost/workshops/1/console");

        public TaskCompletionSource<string> Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override void NavigateToCore(string uri, NavigationOptions options)
        {
            if (options.ForceLoad)
                Left.TrySetResult(uri);
        }
    }
}
