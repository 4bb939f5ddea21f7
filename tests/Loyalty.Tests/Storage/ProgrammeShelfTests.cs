using System.Security.Claims;
using Loyalty.Engine.Curriculum;
using Loyalty.Tests.Curriculum;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;

namespace Loyalty.Tests.Storage;

public sealed class ProgrammeShelfTests : IAsyncLifetime
{
    private static readonly Programme First = Programmes.Of(Programmes.Step("a"));

    private readonly ClaimsPrincipal owner = Person(Roles.Facilitator);
    private readonly ClaimsPrincipal other = Person(Roles.Facilitator);
    private readonly ClaimsPrincipal administrator = Person(Roles.Administrator);
    private readonly ClaimsPrincipal hr = Person(Roles.HR);
    private StorageFixture storage = null!;
    private ProgrammeShelf shelf = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        storage = await StorageFixture.CreateAsync();
        shelf = new ProgrammeShelf(storage, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => storage.DisposeAsync();

    [Fact]
    public async Task Saving_makes_a_version_and_keeps_the_earlier_ones()
    {
        var id = await CreateAsync();
        var second = First with { Title = "Better", Activities = [.. First.Activities, Programmes.Step("b", minutes: 25)] };

        Assert.Equal(new SaveOutcome.Saved(2), await shelf.SaveAsync(owner, id, 1, second, Token));

        Assert.Equal([(2, "Better"), (1, "A programme")], (await shelf.VersionsAsync(owner, id, Token)).Select(v => (v.Number, v.Title)));
        var latest = await shelf.FindAsync(owner, id, null, Token);
        Assert.Equal((2, "Better", 2, 35), (latest!.Number, latest.Line.Title, latest.Line.Steps, latest.Line.Minutes));
        Assert.Equal(ProgrammeFile.Write(second), ProgrammeFile.Write(latest.Programme));
        Assert.Equal(ProgrammeFile.Write(First), ProgrammeFile.Write((await shelf.FindAsync(owner, id, 1, Token))!.Programme));
        Assert.Null(await shelf.FindAsync(owner, id, 3, Token));
    }

    [Fact]
    public async Task Version_made_from_an_old_one_overwrites_nothing()
    {
        var id = await CreateAsync();
        await shelf.SaveAsync(owner, id, 1, First with { Title = "Mine" }, Token);

        Assert.Equal(new SaveOutcome.Overtaken(2), await shelf.SaveAsync(owner, id, 1, First with { Title = "Too late" }, Token));

        Assert.Equal("Mine", (await shelf.FindAsync(owner, id, null, Token))!.Programme.Title);
    }

    [Fact]
    public async Task Two_savers_at_once_make_one_version()
    {
        var id = await CreateAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => shelf.SaveAsync(owner, id, 1, First with { Title = $"Saver {i}" }, Token)));

        Assert.Single(outcomes, o => o is SaveOutcome.Saved(2));
        Assert.All(outcomes.Where(o => o is not SaveOutcome.Saved), o => Assert.Equal(new SaveOutcome.Overtaken(2), o));
        Assert.Equal(2, (await shelf.VersionsAsync(owner, id, Token)).Length);
    }

    [Fact]
    public async Task Programme_is_its_owners_until_it_is_shared_and_then_still_only_theirs_to_edit()
    {
        var id = await CreateAsync();
        Assert.Null(await shelf.FindAsync(other, id, null, Token));
        Assert.Empty(await shelf.ListAsync(other, Token));
        Assert.Empty(await shelf.VersionsAsync(other, id, Token));

        Assert.False(await shelf.ShareAsync(other, id, true, Token));
        Assert.True(await shelf.ShareAsync(owner, id, true, Token));

        Assert.False((await shelf.FindAsync(other, id, null, Token))!.Line.CanEdit);
        Assert.Equal(id, Assert.Single(await shelf.LatestAsync(other, "en", Token)).Line.Id);
        Assert.IsType<SaveOutcome.NotFound>(await shelf.SaveAsync(other, id, 1, First, Token));
        Assert.False(await shelf.DeleteAsync(other, id, Token));
        Assert.True((await shelf.FindAsync(administrator, id, null, Token))!.Line.CanEdit);
    }

    [Fact]
    public async Task HR_has_no_programmes_even_shared_ones()
    {
        var id = await CreateAsync();
        await shelf.ShareAsync(owner, id, true, Token);

        Assert.Empty(await shelf.ListAsync(hr, Token));
        Assert.Null(await shelf.FindAsync(hr, id, null, Token));
    }

    [Fact]
    public async Task Deleting_takes_all_versions_along()
    {
        var id = await CreateAsync();

        Assert.True(await shelf.DeleteAsync(owner, id, Token));

        Assert.Null(await shelf.FindAsync(administrator, id, 1, Token));
        await using var db = storage.CreateDbContext();
        Assert.Empty(db.ProgrammeVersions);
    }

    [Fact]
    public async Task Only_programmes_of_the_language_are_offered()
    {
        await CreateAsync();

        Assert.Empty(await shelf.LatestAsync(owner, "de", Token));
        Assert.Single(await shelf.LatestAsync(owner, "en", Token));
    }

    private Task<Guid> CreateAsync() => shelf.CreateAsync(AppClaims.IdOf(owner)!.Value, First, Token);

    private static ClaimsPrincipal Person(string role) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()), new Claim(ClaimTypes.Role, role)], "test"));
}
