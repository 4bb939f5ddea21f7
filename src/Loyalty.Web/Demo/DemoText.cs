namespace Loyalty.Web.Demo;

/// <summary>The words that the demonstration prints.</summary>
internal sealed class DemoText;
