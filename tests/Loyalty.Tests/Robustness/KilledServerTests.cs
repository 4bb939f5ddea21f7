using System.Collections.Concurrent;
using System.Globalization;

namespace Loyalty.Tests.Robustness;

/// <summary>
/// The process is killed without warning, again and again, while a room answers as fast as it can. <c>LOYALTY_KILLS=100</c> kills more often.
/// </summary>
public sealed class KilledServerTests(ITestOutputHelper output)
{
    private const int People = 20;
    private const int Kills = 4;

    [Fact]
    public async Task Killed_server_has_every_answer_that_it_acknowledged_once()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("LOYALTY_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : Kills;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var hall = await OpenHall.StartAsync(People);
        var sent = new ConcurrentDictionary<Guid, byte>();
        var acknowledged = new ConcurrentQueue<Guid>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var phones = Enumerable.Range(0, People).Select(i => new PersistentPhone(() => hall.ConnectAsync(i))).ToArray();
        var answering = phones.Select(phone => AnswerAsync(phone, over.Token)).ToArray();

        for (var kill = 0; kill < kills; kill++)
        {
            // Some time after the room is answering again: at any moment of a commit.
            var before = acknowledged.Count;
            while (acknowledged.Count < before + People)
                await Task.Delay(5, over.Token);
            await Task.Delay(random.Next(300), over.Token);
            await hall.KillAsync();
            await hall.StartServerAsync();
        }

        var last = acknowledged.Count;
        while (acknowledged.Count < last + People)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await over.CancelAsync();
        await Task.WhenAll(answering);
        foreach (var phone in phones)
        {
            Assert.True((bool)(await phone.HelloAsync())!["own"]!["answered"]!);
            await phone.DisposeAsync();
        }

        await hall.KillAsync();
        var stored = await hall.StoredAsync();

        output.WriteLine($"{kills} kills (seed {seed}): {acknowledged.Count} acknowledged, {stored.Count} stored, {phones.Sum(p => p.Retries)} sent again.");
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Empty(acknowledged.Except(stored));
        Assert.Empty(stored.Except(sent.Keys));

        async Task AnswerAsync(PersistentPhone phone, CancellationToken cancellationToken)
        {
            for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
            {
                var key = Guid.NewGuid();
                sent.TryAdd(key, 0);
                if (await phone.SaveAsync(OpenHall.Answer(key, i % 11), cancellationToken))
                    acknowledged.Enqueue(key);
            }
        }
    }
}
