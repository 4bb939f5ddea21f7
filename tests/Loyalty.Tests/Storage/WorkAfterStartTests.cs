using Loyalty.Web.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loyalty.Tests.Storage;

public sealed class WorkAfterStartTests : IDisposable
{
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly Chore chore;

    public WorkAfterStartTests() => chore = new Chore(lifetime);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => chore.Dispose();

    [Fact]
    public async Task Work_waits_until_the_server_listens()
    {
        await chore.StartAsync(Cancel);
        Assert.False(chore.Begun.Task.IsCompleted);

        lifetime.NotifyStarted();

        await chore.Begun.Task.WaitAsync(Cancel);
        await chore.StopAsync(Cancel);
    }

    [Fact]
    public async Task Work_of_a_server_that_never_came_up_is_never_begun()
    {
        await chore.StartAsync(Cancel);

        await chore.StopAsync(Cancel);

        Assert.False(chore.Begun.Task.IsCompleted);
    }

    private sealed class Chore(IHostApplicationLifetime lifetime) : WorkAfterStart(lifetime)
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override Task WorkAsync(CancellationToken stoppingToken)
        {
            Begun.SetResult();
            return Task.Delay(Timeout.Infinite, stoppingToken);
        }
    }
}
