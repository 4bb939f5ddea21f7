using System.Globalization;
using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Features.Reports.Trends;
using Loyalty.Web.Identity;
using Loyalty.Web.Printing;
using Loyalty.Web.Storage;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Reports;

internal static class ReportEndpoints
{
    public static IServiceCollection AddLoyaltyReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportStyles>();
        services.AddSingleton<FiguresWorkbook>();
        services.AddSingleton<TrendReader>();
        return services;
    }

    public static void MapLoyaltyReports(this IEndpointRouteBuilder endpoints)
    {
        var workshop = endpoints.MapGroup("/workshops/{workshop:guid}").RequireAuthorization(Policies.SignedIn);
        workshop.MapGet("/report.pdf", PdfAsync);
        workshop.MapGet("/figures.xlsx", XlsxAsync);
        workshop.MapGet("/figures.csv", CsvAsync);
    }

    private static async Task<IResult> PdfAsync(
        Guid workshop, ClaimsPrincipal user, WorkshopAccess access, LiveDirectory directory, PdfPrinter printer, RazorPrinter razor,
        IStringLocalizer<ReportsText> text, IStringLocalizer<PrintingText> printing, CancellationToken cancellationToken)
    {
        if (await ModelAsync(workshop, user, access, directory, cancellationToken) is not { } model)
            return TypedResults.NotFound();

        var title = text["Title", model.Info.Title].Value;
        return await printer.PrintAsync(await RenderAsync(null), cancellationToken) switch
        {
            PdfResult.Printed printed => TypedResults.File(printed.Bytes, "application/pdf", FileName(model, "pdf")),
            PdfResult.NoBrowser none => await PageAsync(printing[none.Sentence]),
            PdfResult.Failed failed => await PageAsync(printing[failed.Sentence]),
            _ => throw new InvalidOperationException("A print has an outcome that nobody knows."),
        };

        Task<PrintJob> RenderAsync(string? notice) => razor.RenderAsync<ReportDocument>(
            new Dictionary<string, object?> { ["Model"] = model, ["Title"] = title, ["Notice"] = notice }, CultureInfo.CurrentUICulture);

        async Task<IResult> PageAsync(string notice) => TypedResults.Content((await RenderAsync(notice)).Html, "text/html; charset=utf-8");
    }

    private static async Task<IResult> XlsxAsync(Guid workshop, ClaimsPrincipal user, WorkshopAccess access, LiveDirectory directory, FiguresWorkbook workbook, CancellationToken cancellationToken) =>
        await ModelAsync(workshop, user, access, directory, cancellationToken) is { } model
            ? TypedResults.File(workbook.Write(model), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileName(model, "xlsx"))
            : TypedResults.NotFound();

    private static async Task<IResult> CsvAsync(Guid workshop, ClaimsPrincipal user, WorkshopAccess access, LiveDirectory directory, CancellationToken cancellationToken)
    {
        if (await ModelAsync(workshop, user, access, directory, cancellationToken) is not { } model)
            return TypedResults.NotFound();
        var file = new MemoryStream();
        await FiguresCsv.WriteAsync(model, file, cancellationToken);
        file.Position = 0;
        return TypedResults.File(file, "text/csv; charset=utf-8", FileName(model, "csv"));
    }

    private static async Task<ReportModel?> ModelAsync(Guid workshop, ClaimsPrincipal user, WorkshopAccess access, LiveDirectory directory, CancellationToken cancellationToken)
    {
        var id = new WorkshopId(workshop);
        return await access.CanReadReportAsync(user, id, cancellationToken) && await directory.FindAsync(id, cancellationToken) is { } host
            ? ReportModel.Of(host.Current)
            : null;
    }

    // Letters and digits of any script, so that every file system takes it.
    private static string FileName(ReportModel model, string extension)
    {
        var words = string.Concat(model.Info.Title.Select(c => char.IsLetterOrDigit(c) || c is '-' ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var title = string.Join(' ', words);
        return $"{(title.Length > 60 ? title[..60].TrimEnd() : title)} {model.Info.Date:yyyy-MM-dd}.{extension}";
    }
}
