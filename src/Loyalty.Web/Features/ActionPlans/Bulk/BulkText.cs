namespace Loyalty.Web.Features.ActionPlans.Bulk;

internal sealed class BulkText;
