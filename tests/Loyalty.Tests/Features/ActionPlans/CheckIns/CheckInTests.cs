using System.Net;
using System.Text.RegularExpressions;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Engine.Plans;
using Loyalty.Tests.Identity;
using Loyalty.Web.Features.ActionPlans;
using Loyalty.Web.Features.ActionPlans.CheckIns;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Features.ActionPlans.CheckIns;

/// <summary>From the promise to the last check-in, through the private links, on a clock that the test moves on.</summary>
public sealed partial class CheckInTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    private static Task<FinishedWorkshop> WorkshopAsync(IReadOnlyDictionary<string, string>? settings = null) => FinishedWorkshop.CreateAsync(
        date: Today,
        plan: [("c1.checkins", "60"), ("c1.checkins", "90"), ("c1.partner", "ben partner"), ("c1.expectation", "Every guest"), ("c1.feedback", "Priya"), ("c1.consequence", "Cake")],
        more: (workshop, _, _) => [new Command.Join(workshop.Ben, "Ben Partner", "Kitchen", Guid.NewGuid())],
        settings: settings);

    private static string LinkOf(FinishedWorkshop workshop, Loyalty.Engine.ParticipantId who) =>
        $"/plan/{workshop.App.Services.GetRequiredService<PlanLinks>().TokenFor(workshop.Id, who, version: 0)}/check-ins";

    private static async Task<CommitmentRow> CommitmentAsync(FinishedWorkshop workshop)
    {
        await using var db = await workshop.DatabaseAsync();
        return await db.Commitments.AsNoTracking().Include(c => c.CheckIns).ThenInclude(c => c.Reports).Include(c => c.CheckIns).ThenInclude(c => c.Reminders).SingleAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Author_tells_on_the_day_and_HR_sees_it()
    {
        await using var workshop = await WorkshopAsync();
        var (anna, address) = (workshop.App.NewBrowser(), LinkOf(workshop, workshop.Anna));
        workshop.App.Time.Advance(TimeSpan.FromDays(31));
        var first = (await CommitmentAsync(workshop)).CheckIns.OrderBy(c => c.DueOn).First();

        var answer = await anna.SendAsync(address, new() { ["do"] = "tell", ["checkin"] = first.Id.ToString(), ["state"] = "stuck", ["happened"] = "No time for it", ["next"] = "Ask for an hour" });

        // Sent as from a page that has stood open since the workshop; and no copy of it stays on a shared computer.
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var report = Assert.Single((await CommitmentAsync(workshop)).CheckIns.SelectMany(c => c.Reports));
        Assert.Equal((first.Id, false, CheckInState.Stuck, "No time for it", "Ask for an hour"), (report.CheckInId, report.ByPartner, report.State, report.Happened, report.Next));
        var hr = await workshop.App.SignedInAsync("hr@example.org");
        Assert.Contains("No time for it", await hr.ReadAsync("/hr/follow-up?state=Stuck"), StringComparison.Ordinal);
        Assert.DoesNotContain("No time for it", await hr.ReadAsync("/hr/follow-up?state=Due"), StringComparison.Ordinal);
        var board = await hr.ReadAsync("/hr/follow-up");
        Assert.All(new[] { "Every guest", "Priya", "Cake" }, part => Assert.Contains(part, board, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_in_of_somebody_else_or_without_a_state_is_not_taken()
    {
        await using var workshop = await WorkshopAsync();
        var checkIn = (await CommitmentAsync(workshop)).CheckIns[0].Id.ToString();

        var stranger = await workshop.App.NewBrowser().SendAsync(LinkOf(workshop, workshop.Ben), new() { ["do"] = "tell", ["checkin"] = checkIn, ["state"] = "done" });
        var silent = await workshop.App.NewBrowser().SendAsync(LinkOf(workshop, workshop.Anna), new() { ["do"] = "tell", ["checkin"] = checkIn });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (stranger.StatusCode, silent.StatusCode));
        Assert.Empty((await CommitmentAsync(workshop)).CheckIns.SelectMany(c => c.Reports));
    }

    [Fact]
    public async Task Partner_who_is_in_the_room_is_asked_on_their_own_page_and_can_say_no()
    {
        await using var workshop = await WorkshopAsync();
        var commitment = await CommitmentAsync(workshop);
        Assert.Equal((workshop.Ben.Value, PartnerAnswer.Asked), (commitment.PartnerId, commitment.PartnerAnswer));
        var (ben, address) = (workshop.App.NewBrowser(), LinkOf(workshop, workshop.Ben));
        Assert.Contains("Ring every guest the day after", await ben.ReadAsync(address), StringComparison.Ordinal);

        await ben.SendAsync(address, new() { ["do"] = "decline", ["commitment"] = commitment.Id.ToString() });

        Assert.Equal(PartnerAnswer.Declined, (await CommitmentAsync(workshop)).PartnerAnswer);
        Assert.DoesNotContain("Ring every guest the day after", await ben.ReadAsync(address), StringComparison.Ordinal);
        Assert.Contains("said no", await workshop.App.NewBrowser().ReadAsync(LinkOf(workshop, workshop.Anna)), StringComparison.Ordinal);
        Assert.Contains("said no", await (await workshop.App.SignedInAsync("hr@example.org")).ReadAsync($"/hr/workshops/{workshop.Id}/plans/{workshop.Anna}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partner_tells_through_a_link_of_their_own_once_they_have_accepted()
    {
        await using var workshop = await WorkshopAsync();
        var commitment = await CommitmentAsync(workshop);
        var address = "/partner/" + workshop.App.Services.GetRequiredService<PlanLinks>().PartnerTokenFor(commitment.Id, commitment.PartnerLinkVersion);
        var partner = workshop.App.NewBrowser();
        Dictionary<string, string> told = new() { ["do"] = "tell", ["checkin"] = commitment.CheckIns[0].Id.ToString(), ["state"] = "in-progress", ["happened"] = "Saw it twice" };

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await partner.SendAsync(address, new(told))).StatusCode);
        await partner.SendAsync(address, new() { ["do"] = "accept" });
        Assert.Equal(HttpStatusCode.OK, (await partner.SendAsync(address, new(told))).StatusCode);

        Assert.True(Assert.Single((await CommitmentAsync(workshop)).CheckIns.SelectMany(c => c.Reports)).ByPartner);
        Assert.Contains("BEGIN:VEVENT", await partner.ReadAsync(address + "/check-ins.ics"), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en-GB\">", await partner.ReadAsync(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_partner_is_asked_anew_and_the_link_of_the_one_before_ends()
    {
        await using var workshop = await WorkshopAsync();
        var before = await CommitmentAsync(workshop);
        var address = "/partner/" + workshop.App.Services.GetRequiredService<PlanLinks>().PartnerTokenFor(before.Id, before.PartnerLinkVersion);
        await workshop.App.NewBrowser().SendAsync(address, new() { ["do"] = "accept" });

        var plan = (await workshop.App.Services.GetRequiredService<LiveDirectory>().FindAsync(workshop.Id, TestContext.Current.CancellationToken))!.Current;
        var activity = plan.Agenda.First(a => a.Type == "action-plan").Id;
        await workshop.DoAsync(new Command.Submit(Loyalty.Engine.EntryKey.New(), activity, workshop.Anna, null, Fields.Of(("do", "final"), ("c1.what", "The same"), ("c1.partner", "Somebody outside"), ("c1.checkins", "30"))));

        var after = await CommitmentAsync(workshop);
        Assert.Equal((PartnerAnswer.Asked, (Guid?)null), (after.PartnerAnswer, after.PartnerId));
        var ended = await workshop.App.NewBrowser().GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);
        Assert.Contains("This link has ended</h1>", await ended.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Private_link_expires_on_the_clock_and_a_new_one_ends_the_one_before()
    {
        await using var workshop = await WorkshopAsync();
        var (old, hr) = (LinkOf(workshop, workshop.Anna), await workshop.App.SignedInAsync("hr@example.org"));
        var page = $"/hr/workshops/{workshop.Id}/plans/{workshop.Anna}";

        var renewed = await hr.PostAsync(page, page + "/link", new() { ["do"] = "renew" });
        var fresh = PrivateLink().Match(await hr.ReadAsync(Browser.LeadsTo(renewed)!)).Groups["path"].Value;

        Assert.Equal(HttpStatusCode.NotFound, (await workshop.App.NewBrowser().GetAsync(old)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await workshop.App.NewBrowser().GetAsync(fresh)).StatusCode);
        workshop.App.Time.Advance(PlanLinks.Lifetime + TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, (await workshop.App.NewBrowser().GetAsync(fresh)).StatusCode);
    }

    [Fact]
    public async Task Ninety_days_bring_three_reminders_each_once_also_over_a_restart_and_after_a_refusal()
    {
        await using var post = new FakeSmtpServer();
        await using var workshop = await WorkshopAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Loyalty:Smtp:Host"] = "127.0.0.1",
            ["Loyalty:Smtp:Port"] = post.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Loyalty:Smtp:From"] = "loyalty@example.org",
            ["Loyalty:Smtp:StartTls"] = "false",
            ["Loyalty:PublicUrl"] = "https://loyalty.example.org",
        });
        var reminders = workshop.App.Services.GetRequiredService<Reminders>();
        var cancel = TestContext.Current.CancellationToken;
        var anna = workshop.App.NewBrowser();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await anna.SendAsync(LinkOf(workshop, workshop.Anna), new() { ["do"] = "remind", ["email"] = "anna" })).StatusCode);
        await anna.SendAsync(LinkOf(workshop, workshop.Anna), new() { ["do"] = "remind", ["email"] = "anna@example.org" });

        for (var day = 1; day <= 92; day++)
        {
            workshop.App.Time.Advance(TimeSpan.FromDays(1));
            post.Refuses = day == 30;
            await reminders.SendDueAsync(cancel);
            if (day == 30)
                Assert.Empty(post.Letters);

            // What another process would find: nothing but the database says what has gone.
            await ActivatorUtilities.CreateInstance<Reminders>(workshop.App.Services).SendDueAsync(cancel);
        }

        Assert.Equal(["anna@example.org", "anna@example.org", "anna@example.org"], post.Letters.Select(l => l.To));
        Assert.All((await CommitmentAsync(workshop)).CheckIns, c => Assert.Equal(ReminderState.Sent, Assert.Single(c.Reminders).State));
    }

    [Fact]
    public async Task Reminder_that_was_being_sent_when_the_server_died_does_not_go_again_and_HR_sees_it()
    {
        await using var post = new FakeSmtpServer();
        await using var workshop = await WorkshopAsync();
        await workshop.App.NewBrowser().SendAsync(LinkOf(workshop, workshop.Anna), new() { ["do"] = "remind", ["email"] = "anna@example.org" });
        workshop.App.Time.Advance(TimeSpan.FromDays(30));
        var first = (await CommitmentAsync(workshop)).CheckIns.OrderBy(c => c.DueOn).First();
        await using (var db = await workshop.DatabaseAsync())
        {
            db.Reminders.Add(new ReminderRow { CheckInId = first.Id, State = ReminderState.Sending, At = workshop.App.Time.GetUtcNow() });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var hr = await workshop.App.SignedInAsync("hr@example.org");
        Assert.Contains("may have gone by mail", await hr.ReadAsync("/hr/follow-up/reminders"), StringComparison.Ordinal);
        await hr.PostAsync("/hr/follow-up/reminders", "/hr/follow-up/reminders/passed-on", []);
        Assert.Contains("Nobody is to be reminded", await hr.ReadAsync("/hr/follow-up/reminders"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calendar_holds_the_check_ins_with_the_link_back()
    {
        await using var workshop = await WorkshopAsync();
        var address = LinkOf(workshop, workshop.Anna);

        var answer = await workshop.App.NewBrowser().GetAsync(address + ".ics");
        var file = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace("\r\n ", "", StringComparison.Ordinal);

        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(3, Regex.Count(file, "BEGIN:VEVENT", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Contains(address, file, StringComparison.Ordinal);
    }
    [GeneratedRegex("""value="https?://[^/"]+(?<path>/plan/[^"]+)["]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PrivateLink();
}
