using System.Collections.Immutable;

namespace Loyalty.Web.Exercises.Board;

/// <summary>What the staff of a hotel, a shop and a bank might post, by column. Written for this product; nobody real is meant.</summary>
internal static class BoardSamplePosts
{
    /// <summary>Texts for a column: those for what the board asks, else those for the column, else remarks that fit anywhere.</summary>
    /// <param name="asksForEffects">Whether the board asks what a kind of customer does to the business, rather than for an example.</param>
    public static ImmutableArray<string> For(string column, bool asksForEffects) => (column, asksForEffects) switch
    {
        ("promoter", true) => PromoterEffects,
        ("customer", true) => CustomerEffects,
        ("detractor", true) => DetractorEffects,
        ("promoter", false) => Promoters,
        ("customer", false) => Customers,
        ("detractor", false) => Detractors,
        ("grievance", _) => Grievances,
        ("ways-of-working", _) => WaysOfWorking,
        ("skills-and-time", _) => SkillsAndTime,
        ("habits-and-priorities", _) => Habits,
        _ => Anywhere,
    };

    private static readonly ImmutableArray<string> Promoters =
    [
        "The couple in 214 who book the same week every June. They asked for Marta by name and brought her a jar of their own honey.",
        "A dad whose daughter left her rabbit in the room. We posted it back with a photo of the rabbit at breakfast. He has sent us three families since.",
        "The lady who buys all her school uniforms from us because Joan remembered which twin is the tall one.",
        "A café owner who tells every new trader in the street to open their account with us. He still talks about the Saturday we came in for him.",
        "The retired teacher who writes a card to the branch every Christmas.",
        "A guest whose flight was cancelled. The night porter found her a room at midnight and a phone charger. She wrote two pages about him.",
        "The cyclist who drives 20 miles past two other shops, because Dev once fixed his brakes at closing time and would not take money.",
        "A first-time buyer. I rang her on the day she got the keys. She named me to her whole office.",
        "The conference organiser who moved her event to us after one lunch here. She said we were the only ones who asked who the guests were.",
        "An old man who comes in on Tuesdays for two batteries and a chat. He sends us all of his neighbours.",
        "A bride whose cake arrived broken. The kitchen baked till three in the morning. She comes back every anniversary.",
        "The mum who filmed our assistant signing with her deaf son. She has tagged us in everything since.",
        "A business client whose card was blocked abroad. Lena stayed on the line for an hour. He has turned down two better rates.",
        "The regular at table 6 who brings every new colleague for their first lunch.",
        "A student who had no deposit for her flat. We found her a way. She is an accountant now, and her clients bank here.",
        "The woman who came to return a coat and left with two, because Ade told her honestly which one did not suit her.",
        "A family with a child who has severe allergies. The chef came out to talk to the boy himself. They plan their trips around us.",
        "The builder who says: I do not need a quote, I know you will be fair.",
        "A widow. We closed her husband's accounts in one visit with a cup of tea. She told her whole church.",
        "The guest who corrects other people's bad reviews of us. We never asked her to.",
        "A gentleman who lost his hearing aid in the changing room. Four of us searched with torches. He shops nowhere else.",
        "The football coach who orders all the kits here since we opened on a Sunday for him.",
        "A nurse on nights. Reception keeps a quiet room for her at the back without being asked. She has put half the ward up here.",
        "The couple who opened their first joint account with Priya and asked for her again for the mortgage, eight years later.",
        "A tourist who got soaked on the walking tour. Housekeeping dried her boots overnight. She named the hotel in her travel blog.",
        "The lad who bought his first suit here for an interview. He came back to tell us that he got the job.",
    ];

    private static readonly ImmutableArray<string> Customers =
    [
        "The consultant who stays every week because the company booked us. Says hello, never more.",
        "A man who buys his printer ink here. If it were a pound cheaper across the road he would be across the road.",
        "The woman with four accounts at four banks. Ours is the one nearest to her gym.",
        "A couple on a weekend deal. Everything was fine, they said, and I could not tell you their names.",
        "The customer who gives us 8 out of 10 each time and never writes a word.",
        "Someone who has had the same savings account for 15 years and would not notice if we changed the logo.",
        "The guest who checks in on his phone, checks out on his phone, and I only know him by his room number.",
        "A mum who comes in for the children's shoes at every sale, and only at the sale.",
        "The business traveller who collects points with us and with three other chains.",
        "A lady who always asks for the price first. She is never unhappy with us. She is never really ours either.",
        "The young man who opened an account for the welcome gift.",
        "A firm that has its Christmas dinner here because the place it used before was full.",
        "The regular who reads his paper and leaves. Seven years, and nobody knows what he does.",
        "A customer who compares every purchase on his phone while I am talking to him.",
        "The family that stayed here because the one with the pool was sold out. They said it was nice.",
        "A client whose loan runs out in May. I am fairly sure she will take the best rate, whoever has it.",
        "The man who said on his way out: all good, thanks. And went to our competitor the next time.",
        "A tenant in the offices upstairs. Lunch with us on Mondays, because it rains.",
        "The lady who uses the self-service till even when I am free.",
        "A couple who filled in: nothing to complain about.",
        "Someone who moved his pension to us because his adviser told him to. I have met him once.",
        "The online shopper who picks up at our counter and has never looked around the shop.",
        "A guest who said the bed was comfortable. I asked what would bring her back. She thought about it and said: the price.",
        "The man who renews his insurance every year without opening the letter.",
        "A group from a coach tour. Polite, on time, gone.",
    ];

    private static readonly ImmutableArray<string> Detractors =
    [
        "A man who was told by three of us in a row that it was not our department. He closed everything the same week.",
        "The guest whose birthday we forgot although it was in the notes twice. She put the photo of the empty table online.",
        "A lady who queued for 25 minutes and was then told that she had the wrong form. She still tells the story at the hairdresser's.",
        "The family who found someone else's towel in the bathroom. We said sorry and gave them a fruit basket. They wanted another room.",
        "A customer of 30 years who got a letter that began: Dear new customer.",
        "The young couple we talked down to over their mortgage. They now earn twice what I do and bank elsewhere.",
        "A man whose refund took seven weeks. He got the money. He does not come here any more.",
        "The guest who was woken by the cleaners with the sign on the door. Twice.",
        "A woman whose complaint was answered with a text that had another person's name in it.",
        "The customer who was followed around the shop. I would not come back either.",
        "A small business that we charged for a mistake of our own. He has told the whole market.",
        "The lady in a wheelchair for whom the ramp was locked and nobody had the key.",
        "A guest who overheard two of us laughing about his accent.",
        "The man who called five times about his card and had to start from the beginning every time.",
        "A regular whose table we gave away without a word. He has not been back since March.",
        "The mother we told that there is no changing table because there never was one.",
        "A customer who was promised a call by Friday. I found the note the Friday after.",
        "The wedding party that paid for the terrace and got the car park side.",
        "An elderly man who could not use the app. We told him to ask his grandson.",
        "The guest who asked for help with her bags and got: I am on my break.",
        "A woman who returned a faulty kettle and was treated like a thief.",
        "The supplier's wife, who shops with us no more because we paid him late.",
        "A student whose account we froze the week the rent was due. Nobody rang her.",
        "The man who wrote the one-star review. I looked him up: he had stayed with us eleven times.",
        "A customer who got four surveys in a week about the problem that we had not solved.",
        "The colleague's own sister. She will not come in while a certain person is at the desk.",
    ];

    private static readonly ImmutableArray<string> PromoterEffects =
    [
        "Comes back without being asked.",
        "Brings friends, and they come with a smile already.",
        "Forgives us a bad day.",
        "Tells us early when something slips, so that we can fix it.",
        "Tries what is new because we say it is good.",
        "Does not ask for a discount first.",
        "Costs us nothing to win.",
        "Lifts the whole team: on the day Mrs Hall comes in, everybody is cheerful.",
        "Defends us in online reviews.",
        "Stays when a competitor opens next door.",
        "Makes new staff want to stay.",
        "Recommends us to their company: one guest became forty room nights.",
        "Spends more every year.",
        "Names people. That is the best appraisal I have ever had.",
        "Gives us ideas, for free.",
    ];

    private static readonly ImmutableArray<string> CustomerEffects =
    [
        "Pays the bills, month after month.",
        "Goes when somebody else is cheaper.",
        "Never complains, so we never learn.",
        "Makes our numbers look better than they are.",
        "Waits for the sale.",
        "Does no harm, and does not talk about us at all.",
        "Has to be won again every time, with advertising.",
        "Fills the quiet days.",
        "Compares prices in front of us.",
        "Takes as much time as a Promoter and gives half as much back.",
        "Could be turned, if somebody took an interest.",
        "Lulls us: 85% satisfied sounds so good.",
        "Has one foot out of the door and we do not notice.",
        "Asks for the rate, not for the adviser.",
    ];

    private static readonly ImmutableArray<string> DetractorEffects =
    [
        "Tells everybody who will listen.",
        "One review, and the phone is quiet for a week.",
        "Takes hours of the manager's time.",
        "The team is flat for the rest of the shift.",
        "Returns everything, on principle.",
        "Good people leave because of the way they are shouted at.",
        "Turns every small thing into a case.",
        "Scares off the others in the queue.",
        "We give discounts to make it stop. Nobody is happier for it.",
        "Costs more to serve than they bring in.",
        "Takes their family's accounts along.",
        "Makes us defensive with the next customer, who did nothing.",
        "Is right, often enough. That is what hurts.",
        "Warns the very people that we are trying to win.",
        "Goes quietly, and we only see it in the figures a year later.",
    ];

    private static readonly ImmutableArray<string> WaysOfWorking =
    [
        "Three systems that do not talk to each other. We ask the guest for the same thing three times.",
        "A refund over 50 needs two signatures, and one of them is in head office.",
        "Handover between shifts is a sticky note.",
        "The form was made for the auditors.",
        "Nobody owns a complaint once it leaves the desk.",
        "We find out about offers from the customers.",
        "The phone and the queue are the same person.",
        "What we promise online is not what is on the shelf.",
        "Every exception has to go to the manager, and the manager is in a meeting.",
        "Two people check the same thing, and nobody checks the other.",
    ];

    private static readonly ImmutableArray<string> SkillsAndTime =
    [
        "New colleagues are on the desk alone on day three.",
        "We learn the product. Nobody ever showed us how to listen.",
        "Seven minutes a call, whatever the call is.",
        "The one who knows the answer is part-time.",
        "On Saturdays we are two people short, and everybody knows it.",
        "We have no time to look up who is standing in front of us.",
        "Training happens when it is quiet. It is never quiet.",
        "I do not dare to decide, because I do not know what I am allowed to do.",
        "Nobody practises for the difficult conversations.",
        "We know our own counter and nothing about the next one.",
    ];

    private static readonly ImmutableArray<string> Habits =
    [
        "We look at the screen first and at the guest second.",
        "Quick is praised. Kind is not noticed.",
        "The numbers on the wall are all about sales.",
        "We say “that is the rule” before we ask what they need.",
        "Only complaints get talked about in the team meeting, never the thank-yous.",
        "We have stopped using names.",
        "The old way, because it has always been the old way.",
        "Whoever clears the queue fastest is the hero.",
        "We wait to be asked.",
        "Nobody says hello in the corridor, so nobody says it at the counter.",
    ];

    private static readonly ImmutableArray<string> Anywhere =
    [
        "Ask one more question before you answer.",
        "Nobody told them how long it would take.",
        "They had to explain it again to every one of us.",
        "Use the name. It is on the screen.",
        "We read from the script, and they could hear it.",
        "Look up and smile before you finish what you are typing.",
        "Ring back when we said we would, even if there is no news yet.",
        "A number, a ticket, a queue. Not a person.",
        "Say what we can do before what we cannot.",
        "Thank people in front of others.",
        "The survey came before the answer did.",
        "Let the person who heard the problem solve it.",
        "Tell us why, as well as what.",
        "Somebody stayed ten minutes longer, and it made the day.",
        "They asked us before it was decided. That was new.",
        "A handwritten card with the order.",
        "We know every regular's dog by name.",
        "Asking them for the same form twice.",
        "It was passed on, and on, and on.",
        "She said sorry as if she meant it, and then put it right.",
        "Say good morning to the night shift.",
        "Ask the quiet ones first.",
        "Remember what they ordered the last time.",
        "They owned it, from the first call to the last.",
        "Walk with them to the right shelf instead of pointing.",
        "“The computer will not let me.”",
        "Share the good letters, not only the bad ones.",
        "Our delivery drivers carry it upstairs, and nobody advertises that.",
    ];

    private static readonly ImmutableArray<string> Grievances =
    [
        "I was told two different things by two people.",
        "Nobody rang me back, and I waited in all day.",
        "I had to explain my problem four times.",
        "The bill was higher than the quote and nobody had said so.",
        "The website said open. The door said closed.",
        "I said that it hurt, and was told that it could not.",
        "I was passed on three times and then cut off.",
        "They answered my complaint with a voucher for the place that I complained about.",
        "The room was not ready at four, and nobody looked up.",
        "My name was wrong on every letter, after I had corrected it twice.",
    ];

    /// <summary>Answers to a grievance.</summary>
    public static ImmutableArray<string> Responses { get; } =
    [
        "Whoever hears it first keeps it until it is solved, and gives the customer their own name and number.",
        "Ring back the same day, even if there is nothing new to say.",
        "Write down what was said, so that nobody has to say it twice.",
        "Say sorry first, without a because.",
        "Ring before the bill goes out if it is more than ten per cent over the quote.",
        "Ask what would put it right, and do that within a day.",
        "Hand over in person: stay on the line until the colleague has understood.",
        "Check it ourselves before we say that it cannot be.",
        "Put somebody at the door at four o’clock with keys, tea and the truth.",
        "Follow up after a week: is it still right?",
    ];

    /// <summary>Questions that a telling sentence can become.</summary>
    public static ImmutableArray<string> Questions { get; } =
    [
        "What would help you most right now?",
        "What matters most to you about this?",
        "Would it suit you if we filled in the form together, now?",
        "That sounds like a long wait. When do you need it by?",
        "You have rung twice already; shall I stay on it until it is solved?",
        "What were you hoping for when you came to us?",
        "May I find the right person for you and stay on the line?",
        "How has this been for you so far?",
        "What have you tried already, so that I do not make you do it again?",
        "I can see why that is annoying. What would put it right?",
    ];

    /// <summary>Things to do that would be remembered.</summary>
    public static ImmutableArray<string> Steps { get; } =
    [
        "Ring every new customer on day three and ask how it went.",
        "A handwritten card on the day of the handover.",
        "Walk the customer to the door, and say the name.",
        "Keep one free slot a day for whoever had bad luck.",
        "Write down what each regular likes, and use it.",
        "Send a photo of the finished work before the customer asks.",
        "End each visit with the one thing that we noticed went well.",
        "Let the youngest in the team choose a surprise a week.",
    ];

    /// <summary>What stands in the first further line of a post, which asks for people.</summary>
    public static ImmutableArray<string> ForWhom { get; } =
    [
        "New customers",
        "Everybody who had a complaint this year",
        "The front desk",
        "Our ten oldest accounts",
    ];

    /// <summary>What stands in those after it, which ask for deeds and signs.</summary>
    public static ImmutableArray<string> FirstSteps { get; } =
    [
        "Ask Priya for the list",
        "Try it with three customers on Monday",
        "Count it for a week, on paper",
        "Two people try it first, and tell us on Friday",
    ];
}
