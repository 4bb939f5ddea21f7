namespace Loyalty.Web.Printing;

internal static class PrintingServiceCollectionExtensions
{
    public static IServiceCollection AddLoyaltyPrinting(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddOptions<PrintingOptions>().Configure(options =>
        {
            options.ChromiumPath = configuration["Loyalty:Chromium:Path"];
            options.CacheDirectory = configuration["Loyalty:DataDirectory"] is { Length: > 0 } data
                ? Path.GetFullPath(data, environment.ContentRootPath)
                : OwnDirectory();
        });

        services.AddSingleton<BundledChromium>();
        services.AddSingleton<ChromiumFinder>();
        services.AddSingleton<ChromiumLauncher>();
        services.AddSingleton<PdfPrinter>();
        services.AddSingleton<RazorPrinter>();
        return services;
    }

    /// <summary>Never a well-known name in the shared temporary directory: somebody else could have put a program there.</summary>
    private static string OwnDirectory() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } own
            ? Path.Combine(own, "loyalty")
            : Directory.CreateTempSubdirectory("loyalty-").FullName;
}
