namespace Loyalty.Web.Features.Console;

internal static class ConsoleServiceCollectionExtensions
{
    public static IServiceCollection AddLoyaltyConsole(this IServiceCollection services) => services.AddScoped<ConsoleSentences>();
}
