using Loyalty.Web.Demo;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Features.ActionPlans;
using Loyalty.Web.Features.Console;
using Loyalty.Web.Features.Operations;
using Loyalty.Web.Features.Phone;
using Loyalty.Web.Features.Programmes;
using Loyalty.Web.Features.Rehearsal;
using Loyalty.Web.Features.Reports;
using Loyalty.Web.Features.Reports.Api;
using Loyalty.Web.Features.Room;
using Loyalty.Web.Features.Workshops;
using Loyalty.Web.Hosting;
using Loyalty.Web.Identity;
using Loyalty.Web.Live;
using Loyalty.Web.Live.Simulation;
using Loyalty.Web.Printing;
using Loyalty.Web.Storage;
using Loyalty.Web.Ui;
using Microsoft.Extensions.DependencyInjection.Extensions;

try
{
    if (await StorageCommands.RunAsync(args))
        return 0;

    var builder = WebApplication.CreateBuilder(DemoMode.WithoutSwitch(args));

    // Under `dotnet run` outside Development the static files of packages are found only through this manifest.
    builder.WebHost.UseStaticWebAssets();
    builder.Services.TryAddSingleton(TimeProvider.System);
    builder.AddLoyaltyHosting();

    if (DemoMode.IsAsked(args))
        builder.AddLoyaltyDemo(); // before the storage, which it gives a directory of its own
    builder.Services.AddLoyaltyStorage(builder.Configuration, builder.Environment);
    builder.Services.AddLoyaltyIdentity(builder.Configuration).AddEntityFrameworkStores<LoyaltyDb>();
    builder.Services.AddLoyaltyExercises();
    builder.Services.AddLoyaltyLive();
    builder.Services.AddLoyaltySimulation();
    builder.Services.AddLoyaltyPrinting(builder.Configuration, builder.Environment);
    builder.Services.AddLoyaltyUi(builder.Configuration);
    builder.Services.AddLoyaltyWorkshops();
    builder.Services.AddLoyaltyProgrammes();
    builder.Services.AddLoyaltyRehearsal();
    builder.Services.AddLoyaltyConsole();
    builder.Services.AddLoyaltyRoom();
    builder.Services.AddLoyaltyPhone();
    builder.Services.AddLoyaltyActionPlans();
    builder.Services.AddLoyaltyOperations();
    builder.Services.AddLoyaltyReports();
    builder.Services.AddLoyaltyApi();

    var app = builder.Build();

    app.UseLoyaltyUi();
    app.UseLoyaltyIdentity();
    app.UseLoyaltyPhone();

    app.MapLoyaltyUi();
    app.MapLoyaltyIdentity();
    app.MapLoyaltyPhone();
    app.MapLoyaltyActionPlans();
    app.MapLoyaltyProgrammes();
    app.MapLoyaltyReports();
    app.MapLoyaltyApi();
    app.MapLoyaltyHealth();

    await app.RunAsync();
    return 0;
}
catch (Exception e) when (StartupFailure.SentenceFor(e) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}
