using Loyalty.Shared;

namespace Loyalty.Tests.Robustness;

/// <summary>Phones behind a network that does what networks do. What a person sees of it is tested in a browser.</summary>
public sealed class NetworkTests(NetworkTests.Hall shared) : IClassFixture<NetworkTests.Hall>, IAsyncDisposable
{
    private readonly OpenHall hall = shared.Open;
    private readonly FaultyProxy network = new(shared.Open.Port);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => network.DisposeAsync();

    private PersistentPhone PhoneOf(int person, int patienceMilliseconds = 1_000) =>
        new(() => hall.ConnectAsync(person, network.Port)) { Patience = TimeSpan.FromMilliseconds(patienceMilliseconds) };

    [Fact]
    public async Task Answer_whose_acknowledgement_is_lost_is_sent_again_and_stored_once()
    {
        await using var phone = PhoneOf(0);
        await phone.HelloAsync();
        var key = Guid.NewGuid();

        // The server hears and stores; what it says is swallowed. The line looks open all the while.
        network.Deaf = true;
        var saving = phone.SaveAsync(OpenHall.Answer(key, 9), Cancel);
        while (await TimesStoredAsync(key) == 0 || phone.Retries == 0)
            await Task.Delay(10, Cancel);
        Assert.False(saving.IsCompleted);
        network.Deaf = false;

        Assert.True(await saving);
        Assert.Equal(1, await TimesStoredAsync(key));
    }

    [Fact]
    public async Task Answer_given_in_the_dark_arrives_when_there_is_light()
    {
        await using var phone = PhoneOf(0);
        await phone.HelloAsync();
        network.Dark = true;
        var key = Guid.NewGuid();
        var saving = phone.SaveAsync(OpenHall.Answer(key, 9), Cancel);
        var before = network.Accepted;
        while (network.Accepted < before + 3)
            await Task.Delay(10, Cancel); // it has tried to come back, and could not
        Assert.False(saving.IsCompleted);
        Assert.Equal(0, await TimesStoredAsync(key));

        network.Reset();
        network.Dark = false;

        Assert.True(await saving);
        Assert.Equal(1, await TimesStoredAsync(key));
    }

    [Fact]
    public async Task Room_whose_connections_are_reset_again_and_again_is_saved_whole()
    {
        network.Latency = TimeSpan.FromMilliseconds(30);
        var phones = Enumerable.Range(0, hall.People.Count).Select(i => PhoneOf(i, patienceMilliseconds: 5_000)).ToList();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var resetting = ResetAsync(over.Token);

        var keys = new List<Guid>();
        for (var round = 0; round < 3; round++)
        {
            var now = phones.Select(_ => Guid.NewGuid()).ToList();
            var saved = await Task.WhenAll(phones.Select((phone, i) => phone.SaveAsync(OpenHall.Answer(now[i], i % 11), Cancel)));
            Assert.DoesNotContain(false, saved);
            keys.AddRange(now);
        }

        await over.CancelAsync();
        await resetting;
        Assert.Equal(keys.Order(), (await hall.StoredAsync()).Where(keys.Contains).Order());
        foreach (var phone in phones)
            await phone.DisposeAsync();
    }

    [Fact]
    public async Task Slow_network_delays_and_loses_nothing()
    {
        network.Latency = TimeSpan.FromMilliseconds(300);
        await using var phone = PhoneOf(0, patienceMilliseconds: 20_000);
        var key = Guid.NewGuid();

        Assert.True(await phone.SaveAsync(OpenHall.Answer(key, 9), Cancel));

        Assert.Equal(0, phone.Retries);
        Assert.Equal(1, await TimesStoredAsync(key));
    }

    [Fact]
    public async Task Lossy_network_delays_and_loses_nothing()
    {
        network.Latency = TimeSpan.FromMilliseconds(30);
        network.Loss = 0.05;
        var phones = Enumerable.Range(0, hall.People.Count).Select(i => PhoneOf(i, patienceMilliseconds: 20_000)).ToList();
        var keys = phones.Select(_ => Guid.NewGuid()).ToList();

        var saved = await Task.WhenAll(phones.Select((phone, i) => phone.SaveAsync(OpenHall.Answer(keys[i], i % 11), Cancel)));

        Assert.DoesNotContain(false, saved);
        Assert.Equal(keys.Order(), (await hall.StoredAsync()).Where(keys.Contains).Order());
        foreach (var phone in phones)
            await phone.DisposeAsync();
    }

    [Fact]
    public async Task Phone_whose_old_line_the_server_still_believes_in_comes_back_at_once_and_answers()
    {
        await using var phone = PhoneOf(0);
        await phone.HelloAsync();
        var key = Guid.NewGuid();

        // The old connection stays open on the server's side, and hears nothing more.
        network.Forget();

        Assert.True(await phone.SaveAsync(OpenHall.Answer(key, 9), Cancel));
        Assert.True((bool)(await phone.HelloAsync())!["own"]!["answered"]!);
        Assert.Equal(1, await TimesStoredAsync(key));
    }

    [Fact]
    public async Task Narrow_line_of_one_phone_does_not_hold_up_another()
    {
        network.Down = 200; // bytes a second: the stage takes half a minute
        await using var narrow = PhoneOf(0, patienceMilliseconds: 60_000);
        var hello = narrow.HelloAsync();
        await using var other = new PersistentPhone(() => hall.ConnectAsync(1));

        for (var i = 0; i < 20; i++)
            Assert.True(await other.SaveAsync(OpenHall.Answer(Guid.NewGuid(), 9), Cancel));

        Assert.False(hello.IsCompleted);
        network.Down = null;
        await hello;
    }

    private async Task<int> TimesStoredAsync(Guid key) => (await hall.StoredAsync()).Count(k => k == key);

    private async Task ResetAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Whenever a few more have got through: often, and never so often that nobody can.
            var last = (await hall.StoredAsync()).Count;
            while (true)
            {
                await Task.Delay(20, cancellationToken);
                var now = (await hall.StoredAsync()).Count;
                if (now < last + 5)
                    continue;
                last = now;
                network.Reset();
            }
        }
        catch (OperationCanceledException)
        {
            // The test has seen enough.
        }
    }

    /// <summary>One server for all of them: its start is the slowest part.</summary>
    public sealed class Hall : IAsyncLifetime
    {
        internal OpenHall Open { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Open = await OpenHall.StartAsync(people: 30);

        public ValueTask DisposeAsync() => Open.DisposeAsync();
    }
}
