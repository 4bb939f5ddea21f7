using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Web.Features.Reports.Api;
using Loyalty.Web.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.Reports;

public sealed partial class ApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_has_the_shape_that_the_description_gives_it()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        using var client = await ClientAsync(workshop, MeasuredWorkshop.Hr);
        using var description = JsonDocument.Parse(await client.GetStringAsync(Address("/api/v1/openapi.json"), Cancel));
        var root = description.RootElement;

        var problems = new List<string>();
        foreach (var path in root.GetProperty("paths").EnumerateObject())
        {
            var address = path.Name.Replace("{workshop}", workshop.Id.Value.ToString(), StringComparison.Ordinal);
            using var answer = JsonDocument.Parse(await client.GetStringAsync(Address(address), Cancel));
            var schema = path.Value.GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
            Check(root, schema, answer.RootElement, path.Name, problems);
        }

        Assert.Empty(problems);
    }

    [Fact]
    public async Task Description_names_every_address_of_the_interface_and_no_other()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        using var client = workshop.App.CreateClient();
        using var description = JsonDocument.Parse(await client.GetStringAsync(Address("/api/v1/openapi.json"), Cancel));

        var mapped = workshop.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + Constraint().Replace(e.RoutePattern.RawText!.Trim('/'), ""))
            .Where(route => route.StartsWith("/api/v1/workshops", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

        Assert.Equal(mapped, description.RootElement.GetProperty("paths").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Token_opens_until_it_expires_is_revoked_or_its_owner_loses_the_role()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        var tokens = workshop.App.Services.GetRequiredService<AccessTokens>();
        var user = await UserAsync(workshop, MeasuredWorkshop.Hr);

        using var stranger = workshop.App.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger));
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AccessTokens.Prefix + SecretToken.Create());
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger));

        using var client = await ClientAsync(workshop, MeasuredWorkshop.Hr);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
        var mine = Assert.Single(await tokens.ListAsync(user.Id, Cancel));
        Assert.NotNull(mine.LastUsedAt);
        await tokens.RevokeAsync(Guid.NewGuid(), mine.Id, Cancel);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client)); // somebody else's hand
        await tokens.RevokeAsync(user.Id, mine.Id, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client));

        using var later = await ClientAsync(workshop, MeasuredWorkshop.Hr);
        workshop.App.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(later));

        using var facilitator = await ClientAsync(workshop, MeasuredWorkshop.Owner);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(facilitator));
    }

    [Fact]
    public async Task Token_is_shown_once_and_kept_as_a_hash()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        var hr = await workshop.App.SignedInAsync(MeasuredWorkshop.Hr);

        var made = await Identity.Browser.TextOf(await hr.PostAsync("/access-tokens", "create-token", new() { ["Input.Name"] = "Warehouse", ["Input.Days"] = "90" }));
        var secret = Secret().Match(made).Value;

        Assert.NotEmpty(secret);
        Assert.DoesNotContain(secret, await hr.ReadAsync("/access-tokens"), StringComparison.Ordinal);
        await using var db = await workshop.DatabaseAsync();
        var row = await db.AccessTokens.SingleAsync(Cancel);
        Assert.Equal((SecretToken.Hash(secret), "Warehouse"), (row.Hash, row.Name));

        await hr.PostAsync("/access-tokens", $"revoke-{row.Id:N}", []);
        Assert.Empty(await db.AccessTokens.ToListAsync(Cancel));
    }

    private static Uri Address(string path) => new(path, UriKind.Relative);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(Address("/api/v1/workshops"), Cancel);
        return answer.StatusCode;
    }

    private static async Task<AppUser> UserAsync(MeasuredWorkshop workshop, string email)
    {
        await using var db = await workshop.DatabaseAsync();
        return await db.Users.SingleAsync(u => u.Email == email, Cancel);
    }

    private static async Task<HttpClient> ClientAsync(MeasuredWorkshop workshop, string email)
    {
        var user = await UserAsync(workshop, email);
        var token = await workshop.App.Services.GetRequiredService<AccessTokens>().CreateAsync(user.Id, "A test", TimeSpan.FromDays(30), Cancel);
        var client = workshop.App.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>As much of JSON Schema as the description uses.</summary>
    private static void Check(JsonElement root, JsonElement schema, JsonElement value, string where, List<string> problems)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(root, root.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), value, where, problems);
            return;
        }

        var types = schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } several ? several.EnumerateArray().Select(t => t.GetString()!).ToArray() : [schema.GetProperty("type").GetString()!];
        if (!types.Any(type => Is(value, type)))
            problems.Add($"{where} is {value.ValueKind}, not {string.Join(" or ", types)}.");
        if (schema.TryGetProperty("enum", out var words) && words.EnumerateArray().All(w => w.GetString() != value.GetString()))
            problems.Add($"{where} is “{value.GetString()}”.");
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in value.EnumerateArray())
                Check(root, schema.GetProperty("items"), entry, where + "[]", problems);
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            var known = schema.GetProperty("properties").EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
            problems.AddRange(schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()!).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{where}.{name} is missing."));
            foreach (var property in value.EnumerateObject())
            {
                if (known.TryGetValue(property.Name, out var inner))
                    Check(root, inner, property.Value, $"{where}.{property.Name}", problems);
                else
                    problems.Add($"{where}.{property.Name} is not described.");
            }
        }
    }

    private static bool Is(JsonElement value, string type) => (type, value.ValueKind) switch
    {
        ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False)
            or ("null", JsonValueKind.Null) or ("array", JsonValueKind.Array) or ("object", JsonValueKind.Object) => true,
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
        _ => false,
    };

    [GeneratedRegex(@":guid(?=\})", RegexOptions.None, 1000)]
    private static partial Regex Constraint();

    [GeneratedRegex("loyalty_[A-Za-z0-9_-]{43}", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
