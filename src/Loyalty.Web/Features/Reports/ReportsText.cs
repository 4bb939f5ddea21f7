namespace Loyalty.Web.Features.Reports;

public sealed class ReportsText;
