using Loyalty.Engine.Live;
using Loyalty.Web.Storage;

namespace Loyalty.Web.Live;

/// <summary>A phone that has proved whose it is.</summary>
public sealed record AdmittedPhone(LiveWorkshopHost Host, Participant Participant);

/// <summary>Finds out which workshop a code means and whose phone it is that asks.</summary>
public sealed class PhoneAdmission(WorkshopCodes codes, LiveDirectory directory)
{
    /// <summary>The workshop with this code, loaded if need be; null if there is none.</summary>
    public async Task<LiveWorkshopHost?> FindWorkshopAsync(string? code, CancellationToken cancellationToken) =>
        await codes.FindAsync(code, cancellationToken) is { } id ? await directory.FindAsync(id, cancellationToken) : null;

    /// <summary>The phone that sent this request; null if its token is not one of the workshop's.</summary>
    public async Task<AdmittedPhone?> AdmitAsync(HttpRequest request, string? code, CancellationToken cancellationToken) =>
        await FindWorkshopAsync(code, cancellationToken) is { } host && Participant(request, host.Current) is { } participant
            ? new AdmittedPhone(host, participant)
            : null;

    /// <summary>Whose phone sent this request, or null.</summary>
    public static Participant? Participant(HttpRequest request, LiveWorkshop workshop) =>
        ParticipantCookie.Read(request, workshop.Info.Code) is { } token ? workshop.WithToken(ParticipantToken.Hash(token)) : null;
}
