using System.Collections.Immutable;

namespace Loyalty.Tests.Curriculum;

/// <summary>One line of the curriculum: something that is taught or done, and the activities that do it.</summary>
/// <param name="Module">Number of the module, I to VII, or the letter of a supplement; empty for the conclusion.</param>
/// <param name="Kind">teach, do or insight.</param>
internal sealed record OutlineLine(string Module, string Kind, string What, params ImmutableArray<string> Activities);

/// <summary>
/// What the curriculum has to contain, written down apart from the content: a line that loses its activity fails a test, and so does an
/// activity that belongs to no line.
/// </summary>
internal static class CurriculumOutline
{
    public static ImmutableArray<OutlineLine> Lines { get; } =
    [
        new("I", "teach", "Three kinds of customer: Promoter, Customer, Detractor", "three-kinds-of-customer"),
        new("I", "do", "Name one of each, from one’s own working life", "name-one-of-each"),
        new("I", "do", "What each one does to the business", "what-each-one-does"),
        new("I", "teach", "What research says about satisfied and loyal customers", "what-research-says"),
        new("I", "do", "Likelihood to recommend, with the reason (NPS)", "likelihood-to-recommend"),
        new("I", "do", "Ten customers walk in, compared with the NPS", "ten-customers-walk-in"),

        new("II", "teach", "The Service Ladder, rung by rung", "the-ladder"),
        new("II", "do", "What matters most: the rungs ranked from three perspectives", "what-matters-most"),
        new("II", "do", "Grade our success: five rungs for three subjects", "grade-our-success"),
        new("II", "insight", "Priority against grade, and the first rung to repair", "priority-against-grade"),
        new("II", "do", "What explains our widest gap", "what-explains-our-gap"),

        new("III", "teach", "Disinterest disconnects", "disinterest-disconnects"),
        new("III", "do", "Stories of a bad attitude, in small groups", "attitude-stories"),
        new("III", "teach", "Why attitudes go bad at work", "why-attitudes-go-bad"),
        new("III", "teach", "Enthusiasm connects", "enthusiasm-connects"),
        new("III", "do", "Role-play in two rounds", "one-scene-twice"),
        new("III", "teach", "Why attitudes are good at work", "why-attitudes-are-good"),
        new("III", "teach", "The positive-outlook technique explained", "positive-outlook"),
        new("III", "do", "The positive-outlook technique practised in private", "my-thought-my-reframe"),

        new("IV", "teach", "Self-centred communication disconnects", "self-centred-communication"),
        new("IV", "do", "Processed, not served", "processed-not-served"),
        new("IV", "teach", "Altruistic communication connects", "altruistic-communication"),
        new("IV", "do", "From telling to asking", "from-telling-to-asking"),
        new("IV", "do", "Talk and listen balance, now and from tomorrow", "talk-and-listen"),
        new("IV", "teach", "Making a good impression", "making-a-good-impression"),
        new("IV", "do", "Self-grade on the impression made, with one thing to do", "my-impression"),

        new("V", "teach", "Unremarkable disconnects", "unremarkable-disconnects"),
        new("V", "do", "How easy is it to switch?", "how-easy-to-switch"),
        new("V", "do", "Outstanding performance: stories from inside, with consent", "outstanding-performance"),
        new("V", "do", "What is unique about us, against named competitors", "unique-about-us"),
        new("V", "teach", "Memorable beats good", "memorable-beats-good"),
        new("V", "do", "Make it memorable: action steps of groups, then impact and effort", "make-it-memorable", "make-it-memorable-map"),

        new("VI", "teach", "Defensiveness disconnects", "defensiveness-disconnects"),
        new("VI", "do", "Stories, part one: when they were defensive", "when-they-were-defensive"),
        new("VI", "teach", "Taking ownership connects: five steps of recovery", "ownership-connects"),
        new("VI", "do", "Stories, part two: something extraordinary", "when-they-went-further"),
        new("VI", "do", "Grievances and responses, with standards marked", "grievances", "grievances-and-responses"),

        new("VII", "teach", "Engaged teams and engaged customers rise together", "the-link"),
        new("VII", "do", "Five to one: messages received and given", "five-to-one"),
        new("VII", "do", "One thing my manager could do, one thing I could do", "one-thing-my-manager-could-do", "one-thing-i-could-do"),

        new("", "do", "Pair-share: a strong connection", "a-strong-connection"),
        new("", "do", "Debrief: our factors of loyalty, mapped to the opportunities", "factors-of-loyalty"),
        new("", "do", "Personal action plan", "personal-action-plan"),
        new("", "do", "Evaluation", "evaluation"),
        new("", "do", "Follow-up: check-in on the commitments", "commitment-check-in"),
        new("", "do", "Follow-up: renewed action plan", "renewed-action-plan"),

        new("A", "teach", "Five keys that customers judge by", "five-keys"),
        new("A", "do", "Importance and performance of the five keys", "five-keys-map"),

        new("B", "teach", "The emotional bank account", "emotional-bank-account"),
        new("B", "do", "Map the journey as touchpoints", "map-the-journey"),
        new("B", "do", "Deposits and withdrawals, with the running balance", "deposits-and-withdrawals"),
        new("B", "do", "Points to monitor, with owner and measure", "points-to-monitor"),

        new("C", "teach", "Customer experience in three steps", "three-steps-to-experience"),
        new("C", "do", "The ideal: what our happiest customers say and feel", "the-ideal-experience"),
        new("C", "do", "Today: a mystery-shop scorecard", "mystery-shop-scorecard"),
        new("C", "do", "The gap becomes training actions", "gap-to-training", "gap-to-training-map"),

        new("D", "teach", "Four parts of accountability that builds trust", "four-parts-of-accountability"),
        new("D", "do", "Self-grade on the four parts", "my-accountability"),
        new("D", "teach", "Each commitment gets its four parts", "terms-for-my-commitments"),

        new("E", "teach", "Ability times motivation is behaviour", "ability-times-motivation"),
        new("E", "do", "What people are measured and paid on today", "what-we-measure-and-pay"),
        new("E", "do", "Sorted into financial performance, satisfaction and loyalty", "sort-what-we-reward"),
        new("E", "do", "One change to propose", "one-change-in-rewards"),

        new("F", "teach", "One message, many readers", "one-message-many-readers"),
        new("F", "do", "Channel preferences", "channel-preferences"),
        new("F", "do", "One message rewritten for another reader", "rewrite-for-another-reader"),
        new("F", "do", "What builds a relationship", "what-builds-a-relationship"),

        new("G", "teach", "A process has a soul", "a-process-has-a-soul"),
        new("G", "do", "Choose a process", "choose-a-process"),
        new("G", "do", "Rate it as the customer lives it", "rate-the-process"),
        new("G", "do", "Where it needs care, and who looks after it", "care-for-the-process"),

        new("H", "teach", "The level or the relationship", "level-or-relationship"),
        new("H", "do", "Bring a measure, and who uses it", "bring-a-measure"),
        new("H", "do", "Does it serve the level or the relationship?", "sort-our-measures"),
        new("H", "do", "Rewrite one so that it does both", "rewrite-a-measure"),
    ];
}
