using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Features.Console;
using Loyalty.Web.Features.Room;
using Loyalty.Web.Features.Workshops;
using Loyalty.Web.Identity;
using Loyalty.Web.Live;
using Loyalty.Web.Printing;
using Loyalty.Web.Storage;
using Loyalty.Web.Ui;
using Microsoft.Extensions.DependencyInjection.Extensions;

var builder = WebApplication.CreateBuilder(args);

// Under `dotnet run` outside Development the static files of packages are found only through this manifest.
builder.WebHost.UseStaticWebAssets();
builder.Services.TryAddSingleton(TimeProvider.System);

builder.Services.AddLoyaltyStorage(builder.Configuration, builder.Environment);
builder.Services.AddLoyaltyIdentity(builder.Configuration).AddEntityFrameworkStores<LoyaltyDb>();
builder.Services.AddLoyaltyExercises();
builder.Services.AddLoyaltyLive();
builder.Services.AddLoyaltyPrinting(builder.Configuration, builder.Environment);
builder.Services.AddLoyaltyUi(builder.Configuration);
builder.Services.AddLoyaltyWorkshops();
builder.Services.AddLoyaltyConsole();
builder.Services.AddLoyaltyRoom();

var app = builder.Build();

app.UseLoyaltyUi();
app.UseLoyaltyIdentity();

app.MapLoyaltyUi();
app.MapLoyaltyIdentity();

app.Run();
