using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.LoadTool.Phones;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Storage;

namespace Loyalty.LoadTool.Scenarios;

/// <summary>What the phones are given to do: exercises of the real curriculum, answered as simulated participants answer them.</summary>
internal sealed class Exercises
{
    private const int DifferentAnswers = 100;

    private readonly ImmutableArray<string> answers;
    private readonly ConcurrentDictionary<Guid, byte> acknowledged = new();

    public Exercises()
    {
        var catalogue = ExerciseCatalogue.Discover();
        var all = CurriculumLibrary.Load("en").Modules.SelectMany(m => m.Activities).ToList();
        Score = First(all, "scale");
        Board = First(all, "board");
        var type = catalogue.Of(Score);
        var start = type.Rules.Start(Score);
        answers =
        [
            .. Enumerable.Range(0, DifferentAnswers)
                .Select(i => type.Sample.Next(new Random(i), RulesContext.For(Score), start, AuthorKey.Of(ParticipantId.New())) ?? throw new LoadException("A sample gave no answer."))
                .Select(fields => JsonSerializer.Serialize(fields.ToDictionary(), JsonSerializerOptions.Web)),
        ];
        Agenda = AgendaJson.Write([Score, Board]);
        Column = ExerciseSettings.Of<JsonElementSettings>(Board).Columns[0].Id;
    }

    public Activity Score { get; }

    public Activity Board { get; }

    public string Agenda { get; }

    /// <summary>The board's first column.</summary>
    public string Column { get; }

    /// <summary>Every answer that was acknowledged as saved.</summary>
    public ICollection<Guid> Acknowledged => acknowledged.Keys;

    /// <summary>Sends an answer to the score.</summary>
    public Task<Reply> AnswerAsync(Phone phone, Guid key, CancellationToken cancellationToken) =>
        SubmitAsync(phone, key, Score.Id.Value, answers[(phone.Number + key.GetHashCode() & int.MaxValue) % answers.Length], cancellationToken);

    public Task<Reply> PostAsync(Phone phone, Guid key, CancellationToken cancellationToken) =>
        SubmitAsync(phone, key, Board.Id.Value, string.Create(CultureInfo.InvariantCulture, $$"""{"do":["post"],"column":["{{Column}}"],"text":["We ring back within the hour, and everybody knows by whom ({{phone.Number}})."]}"""), cancellationToken);

    public Task<Reply> UpvoteAsync(Phone phone, Guid key, Guid post, CancellationToken cancellationToken) =>
        SubmitAsync(phone, key, Board.Id.Value, $$"""{"do":["upvote"],"post":["{{post:N}}"]}""", cancellationToken);

    /// <summary>As the outbox of a phone does: the same key again until there is a reply.</summary>
    public async Task<Reply> AnswerSurelyAsync(Phone phone, Guid key, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await AnswerAsync(phone, key, cancellationToken);
            }
            catch (IOException)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private async Task<Reply> SubmitAsync(Phone phone, Guid key, string activity, string fields, CancellationToken cancellationToken)
    {
        var reply = await phone.CallAsync("Submit", $$"""{"key":"{{key:N}}","activity":"{{activity}}","slot":null,"fields":{{fields}}}""", cancellationToken);
        if (reply.Ok)
            acknowledged.TryAdd(key, 0);
        return reply;
    }

    // Named, so that a phone needs no slot; a slot costs the server a hash and nothing else.
    private static Activity First(IEnumerable<Activity> all, string type) =>
        all.First(a => a.Type == type && (type != "board" || !a.Settings.TryGetProperty("upvotes", out var upvotes) || upvotes.GetBoolean())) with { Anonymity = Anonymity.Named };

    /// <summary>The part of the board's settings that is needed here.</summary>
    private sealed record JsonElementSettings(ImmutableArray<Item> Columns);
}
