using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Loyalty.Web.Hosting;

/// <summary>Why the server did not start, in one sentence that says what to do. Anything else is a bug and keeps its stack trace.</summary>
internal static partial class StartupFailure
{
    /// <summary>Null if this is not one of the failures that a person at the keyboard can put right.</summary>
    public static string? SentenceFor(Exception error) => error switch
    {
        StartupProblem problem => problem.Message,
        OptionsValidationException settings => string.Join(' ', settings.Failures),
        IOException { InnerException: AddressInUseException } inUse => InUse(inUse.Message),
        AddressInUseException inUse => InUse(inUse.Message),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "This user may not listen on that port; choose one above 1024, such as: --urls http://localhost:5081",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "The address to listen on is not one of this computer's; choose another, such as: --urls http://localhost:5080",
        _ => null,
    };

    // Kestrel names the address in its message and nowhere else.
    private static string InUse(string message)
    {
        if (!int.TryParse(Port().Match(message).Groups["port"].ValueSpan, CultureInfo.InvariantCulture, out var port))
            return "The port is in use by another program; stop it, or choose another port, such as: --urls http://localhost:5081";
        var next = port < 65535 ? port + 1 : port - 1;
        return string.Create(CultureInfo.InvariantCulture, $"Port {port} is in use by another program; stop it, or choose another port, such as: --urls http://localhost:{next}");
    }

    [GeneratedRegex(@"https?://\S+:(?<port>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port();
}
