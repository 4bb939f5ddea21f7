using System.Collections.Immutable;

namespace Loyalty.Web.Exercises.ActionPlan;

internal sealed record SampleCommitment(string Opportunity, string Rung, string What, string Situation, string FirstStep, string Evidence);

/// <summary>What the staff of a hotel, a shop and a bank might promise themselves. Written for this product.</summary>
internal static class ActionPlanSampleCommitments
{
    private const string Attitude = "attitude";
    private const string Communication = "communication";
    private const string Performance = "performance";
    private const string Failures = "service-failures";
    private const string Procedure = "procedural-efficiency";
    private const string Technique = "technical-excellence";
    private const string Courtesy = "professional-courtesy";
    private const string Innovation = "product-innovation";
    private const string Connection = "personal-connection";

    public static ImmutableArray<SampleCommitment> All { get; } =
    [
        new(Attitude, Connection, "I look up and greet every guest before I touch the keyboard", "At the desk, also when there is a queue", "Turn my screen so that I face the door", "Guests greet me first"),
        new(Attitude, Courtesy, "I say good morning to the night shift by name when I take over", "At the six o'clock handover", "Learn the four names that I do not know", "They stay for a minute and talk"),
        new(Attitude, Connection, "I take one deep breath before the next customer after a difficult one", "After a complaint at the counter", "Put a blue dot on my screen as a reminder", "Nobody pays for the one before"),
        new(Attitude, Courtesy, "I tell one colleague a day what I saw them do well", "At the end of the shift", "Begin with Joan tomorrow", "Somebody does the same for me"),
        new(Attitude, Courtesy, "I walk with the customer to the shelf instead of pointing", "On the shop floor, whenever I am not at the till", "Ask Dev to remind me for a week", "They ask me for something else on the way"),
        new(Attitude, Technique, "I learn one thing a week about a product that I do not like to sell", "In the quiet hour on Tuesdays", "Ask the supplier for the short guide to hearing loops", "I recommend it and mean it"),
        new(Attitude, Connection, "I write down my recurring thought and its reframe before each Saturday", "On Friday evenings", "Keep the card from today in my locker", "Saturday feels shorter"),
        new(Communication, Connection, "I ask two open questions before I offer anything", "In every first talk about an account", "Write my two questions on the pad beside the phone", "I hear something that I did not expect"),
        new(Communication, Courtesy, "I repeat in my own words what the guest has said before I answer", "When somebody complains", "Practise it with Priya in the break", "They say: exactly"),
        new(Communication, Procedure, "I say how long it will take before I am asked", "When I pass a case to another team", "Make a list of our usual times", "Fewer people ring to ask"),
        new(Communication, Connection, "I use the customer's name once in every call, and only once", "On the phone", "Put the name at the top of my note when the call comes in", "Callers use mine"),
        new(Communication, Courtesy, "I ring back by five o'clock, even if there is no news yet", "Whenever I have promised a call", "Block ten minutes in the diary every day at 4.45", "No reminder calls for a month"),
        new(Communication, Innovation, "I ask every regular what they would change if the place were theirs", "While I bring the bill", "Begin with table 6", "Three ideas for the Monday meeting"),
        new(Communication, Courtesy, "I leave out the words policy and system when I explain a no", "At the refunds desk", "Write three sentences that I can use instead", "I am asked for the manager less often"),
        new(Communication, Connection, "I listen for one minute without typing", "At the start of every mortgage talk", "Tell clients that I will make notes afterwards", "I know what the house is for"),
        new(Performance, Connection, "I write one card a week to a guest with something that only we would know", "On Thursdays after check-out", "Buy twenty cards", "One of them writes back"),
        new(Performance, Innovation, "I put together a rainy-day map for families", "When the forecast is bad", "Ask the children of two colleagues what they like", "Families ask for it at the desk"),
        new(Performance, Connection, "I ring every first-time buyer on the day they get the keys", "On completion day", "Mark the next five dates in my calendar", "They tell me about the first evening"),
        new(Performance, Technique, "I measure the child's foot myself and explain what I see", "With every school-shoe sale", "Refresh the fitting course with Ade", "Fewer returns in September"),
        new(Performance, Innovation, "I let customers try the new kettle with a cup of tea", "On Saturday mornings", "Ask the manager for a table near the entrance", "People stay and talk"),
        new(Performance, Connection, "I note one personal thing after each talk, and read it before the next", "With my forty business clients", "Add a line to the client sheet", "I can ask how the move went"),
        new(Performance, Procedure, "I have the room key ready before the guest reaches the desk", "For arrivals that we know by car", "Agree a signal with the doorman", "Check-in takes under two minutes"),
        new(Failures, Courtesy, "I say sorry first and look for the reason afterwards", "When the booking is not in the system", "Practise the first two sentences aloud", "The voice on the other side gets quieter"),
        new(Failures, Procedure, "I keep every complaint that reaches me until it is solved", "Also when another department has to act", "Start a list with name, date and next call", "Nobody has to tell it twice"),
        new(Failures, Connection, "I ring the customer a week after it was put right", "After every complaint that I closed", "Choose three from last month", "At least one of them comes back"),
        new(Failures, Technique, "I write up one mistake of my own for the Monday meeting", "Once a month", "Begin with the double charge in May", "Others bring theirs"),
        new(Failures, Procedure, "I settle refunds up to my limit at once, without asking", "At the service desk", "Ask for the exact limit in writing", "Refunds take minutes"),
        new(Failures, Courtesy, "I offer the guest two ways to put it right, and let them choose", "When a room is not ready", "Agree with the manager what I may offer", "They choose, and smile"),
        new(Failures, Innovation, "I collect the three most frequent grievances and bring one idea for each", "Before the quarterly meeting", "Go through the last fifty letters with Lena", "One of the three is gone by summer"),
        new(Failures, Courtesy, "I stop saying that it has never happened before", "At the counter and on the phone", "Ask Sam to hold me to it", "I hear myself say: tell me"),
    ];
}
