using System.Globalization;
using System.Net.Http.Json;
using Loyalty.LoadTool.Probe;

namespace Loyalty.LoadTool.Servers;

/// <summary>What the load tool asks of a server besides being one: to do as a facilitator would, and to say what it costs.</summary>
internal sealed class Desk(Uri server) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(server, ProbePaths.Root + "/"), Timeout = TimeSpan.FromSeconds(120) };

    /// <summary>Creates a workshop with these activities and starts it.</summary>
    public async Task<StartedWorkshop> CreateAsync(string agenda, CancellationToken cancellationToken)
    {
        using var reply = await http.PostAsync(ProbePaths.Workshops, new StringContent(agenda), cancellationToken);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<StartedWorkshop>(cancellationToken))!;
    }

    /// <summary>Joins people directly, where their joining is not what is measured. Gives their cookies.</summary>
    public async Task<string[]> JoinAsync(StartedWorkshop workshop, int count, CancellationToken cancellationToken)
    {
        using var reply = await http.PostAsync(string.Create(CultureInfo.InvariantCulture, $"{ProbePaths.People}?workshop={workshop.Id}&count={count}"), null, cancellationToken);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<string[]>(cancellationToken))!;
    }

    public Task<long> GoToAsync(StartedWorkshop workshop, string activity, CancellationToken cancellationToken) => DoAsync(workshop, $"goto={activity}", cancellationToken);

    public Task<long> SetPhaseAsync(StartedWorkshop workshop, string phase, CancellationToken cancellationToken) => DoAsync(workshop, $"phase={phase}", cancellationToken);

    /// <summary>One minute more on the countdown: the smallest change of a stage.</summary>
    public Task<long> AddTimeAsync(StartedWorkshop workshop, CancellationToken cancellationToken) => DoAsync(workshop, "minutes=1", cancellationToken);

    /// <summary>What the server has cost so far.</summary>
    public async Task<Costs> CostsAsync(bool collect, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<Costs>($"{ProbePaths.Costs}?collect={collect}", cancellationToken))!;

    /// <summary>When the answers of a workshop stood on the room display, since the last time this was asked.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> ShownAsync(StartedWorkshop workshop, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<Dictionary<Guid, long>>($"{ProbePaths.Wall}?workshop={workshop.Id}", cancellationToken))!;

    /// <summary>Connections of phones to a workshop, as the server counts them.</summary>
    public async Task<int> LinesAsync(StartedWorkshop workshop, CancellationToken cancellationToken) =>
        int.Parse(await http.GetStringAsync($"{ProbePaths.Lines}?workshop={workshop.Id}", cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>What was allocated, if the server was started with a profile.</summary>
    public Task<string> AllocationsAsync(CancellationToken cancellationToken) => http.GetStringAsync(ProbePaths.Allocations, cancellationToken);

    /// <summary>Lets so many people write their plans, where their writing is not what is measured.</summary>
    public async Task WritePlansAsync(StartedWorkshop workshop, int count, CancellationToken cancellationToken)
    {
        using var reply = await http.PostAsync(string.Create(CultureInfo.InvariantCulture, $"{ProbePaths.Plans}?workshop={workshop.Id}&count={count}"), null, cancellationToken);
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>Asks for a file of all plans of a workshop.</summary>
    public async Task<Guid> PrintAsync(StartedWorkshop workshop, bool zip, CancellationToken cancellationToken)
    {
        using var reply = await http.PostAsync($"{ProbePaths.Prints}?workshop={workshop.Id}&zip={zip}", null, cancellationToken);
        reply.EnsureSuccessStatusCode();
        return await reply.Content.ReadFromJsonAsync<Guid>(cancellationToken);
    }

    public async Task<PrintProgress> ProgressAsync(Guid print, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<PrintProgress>($"{ProbePaths.Prints}?print={print}", cancellationToken))!;

    /// <summary>Asks the bare hub to push text of this length to everybody.</summary>
    public async Task<long> PushAsync(int bytes, CancellationToken cancellationToken)
    {
        using var reply = await http.PostAsync(string.Create(CultureInfo.InvariantCulture, $"{ProbePaths.Push}?bytes={bytes}"), null, cancellationToken);
        return await BeginningAsync(reply, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<long> DoAsync(StartedWorkshop workshop, string what, CancellationToken cancellationToken)
    {
        using var reply = await http.PostAsync($"{ProbePaths.Commands}?workshop={workshop.Id}&{what}", null, cancellationToken);
        return await BeginningAsync(reply, cancellationToken);
    }

    // The moment at which the server began: the way to it is not what is measured.
    private static async Task<long> BeginningAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        reply.EnsureSuccessStatusCode();
        return long.Parse(await reply.Content.ReadAsStringAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
