namespace Loyalty.Web.Storage;

/// <summary>The server cannot start, and this sentence tells the person at the keyboard what to do.</summary>
public sealed class StartupProblem(string sentence, Exception? inner = null) : Exception(sentence, inner);
