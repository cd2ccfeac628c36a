//! The words of the language: which clauses each block knows, with an example of each, and the words that are part of
//! the language but that this version cannot read yet.
//!
//! The tables serve messages ("did you mean `within`?"), tests (every example is parsed) and editors.

/// The kinds of blocks that hold clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the language")]
pub enum BlockWord {
    Agreement,
    Party,
    Role,
    Calendar,
    Channel,
    Record,
    Score,
    Definition,
    Commitment,
    Contingency,
    Exception,
    Lifecycle,
    Scenario,
    Goal,
    Routing,
    Dispute,
    Incentive,
    Credit,
}

impl BlockWord {
    /// Every kind.
    pub const ALL: [BlockWord; 18] = [
        BlockWord::Agreement,
        BlockWord::Party,
        BlockWord::Role,
        BlockWord::Calendar,
        BlockWord::Channel,
        BlockWord::Record,
        BlockWord::Score,
        BlockWord::Definition,
        BlockWord::Commitment,
        BlockWord::Contingency,
        BlockWord::Exception,
        BlockWord::Lifecycle,
        BlockWord::Scenario,
        BlockWord::Goal,
        BlockWord::Routing,
        BlockWord::Dispute,
        BlockWord::Incentive,
        BlockWord::Credit,
    ];

    /// The word that begins it.
    pub fn word(self) -> &'static str {
        match self {
            BlockWord::Agreement => "agreement",
            BlockWord::Party => "party",
            BlockWord::Role => "role",
            BlockWord::Calendar => "calendar",
            BlockWord::Channel => "channel",
            BlockWord::Record => "record",
            BlockWord::Score => "score",
            BlockWord::Definition => "definition",
            BlockWord::Commitment => "commitment",
            BlockWord::Contingency => "contingency",
            BlockWord::Exception => "exception",
            BlockWord::Lifecycle => "lifecycle",
            BlockWord::Scenario => "scenario",
            BlockWord::Goal => "goal",
            BlockWord::Routing => "routing",
            BlockWord::Dispute => "dispute",
            BlockWord::Incentive => "incentive",
            BlockWord::Credit => "credit",
        }
    }

    /// With its article, for messages.
    pub fn with_article(self) -> String {
        let word = self.word();
        if word.starts_with(['a', 'e', 'i', 'o', 'u']) { format!("an {word}") } else { format!("a {word}") }
    }
}

/// One clause of a block, with an example of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClauseForm {
    /// The block it belongs to.
    pub block: BlockWord,
    /// The word it begins with; empty for forms that begin with a name of the author's.
    pub word: &'static str,
    /// How it reads.
    pub example: &'static str,
}

const fn form(block: BlockWord, word: &'static str, example: &'static str) -> ClauseForm {
    ClauseForm { block, word, example }
}

/// Every clause the parser reads, best example first.
pub const CLAUSES: &[ClauseForm] = {
    use BlockWord::*;
    &[
        form(Agreement, "parties", "parties marketing, sales"),
        form(Agreement, "effective", "effective 2026-01-01 to 2026-12-31"),
        form(Agreement, "purpose", "purpose \"Turn qualified demand into revenue, together.\""),
        form(Agreement, "review", "review every quarter led by revops next 2026-04-01"),
        form(Agreement, "settled", "settled by revops within 3 business days"),
        form(Agreement, "version", "version 1.2"),
        form(Agreement, "zone", "zone America/New_York"),
        form(Agreement, "fiscal", "fiscal year starts april"),
        form(Agreement, "note", "note \"Printed in the documents.\""),
        form(Party, "signatory", "signatory \"VP Sales\""),
        form(Party, "contact", "contact \"revops@example.com\""),
        form(Party, "note", "note \"Printed in the documents.\""),
        form(Role, "party", "party sales"),
        form(Role, "works", "works us_office"),
        form(Role, "member", "member \"Ana Ruiz\" works emea_office"),
        form(Role, "reports", "reports to vp_sales"),
        form(Role, "headcount", "headcount 6"),
        form(Role, "handles", "handles 40 mql per week"),
        form(Role, "on", "on call us_nights"),
        form(Role, "contact", "contact \"sdr-lead@example.com\""),
        form(Role, "note", "note \"Printed in the documents.\""),
        form(Calendar, "zone", "zone America/New_York"),
        form(Calendar, "open", "open mon-fri 09:00-12:00, 13:00-17:30"),
        form(Calendar, "open", "open mon-fri 09:00-15:00 from 2026-06-01 to 2026-08-31"),
        form(Calendar, "closed", "closed 2026-12-25 \"Christmas\""),
        form(Calendar, "closed", "closed from \"holidays.ics\""),
        form(Calendar, "except", "except 2026-12-24 09:00-12:00 \"Christmas Eve\""),
        form(Calendar, "cutoff", "cutoff 16:00"),
        form(Calendar, "covers", "covers 2026 to 2027"),
        form(Calendar, "note", "note \"Printed in the documents.\""),
        form(Channel, "by", "by slack \"#lead-alerts\""),
        form(Channel, "reaches", "reaches sdr, sdr_manager"),
        form(Channel, "answered", "answered within 2 business hours"),
        form(Channel, "meets", "meets every week on monday at 10:00"),
        form(Channel, "note", "note \"Printed in the documents.\""),
        form(Record, "", "employees \"Number of employees\" integer 1.. optional"),
        form(Record, "", "source choice of web, event, outbound"),
        form(Record, "happens", "happens at done_at"),
        form(Record, "note", "note \"Printed in the documents.\""),
        form(Score, "", "+20 when employees >= 200"),
        form(Score, "", "+10 for each activity where kind = email at most once per day"),
        form(Score, "", "-10 for each 30 calendar days since last_active_at at most 6 times"),
        form(Score, "add", "add at most 70 from fit"),
        form(Score, "total", "total at least 0"),
        form(Score, "total", "total at most 100"),
        form(Score, "note", "note \"Printed in the documents.\""),
        form(Definition, "means", "means lead where country in [US, CA] and employees >= 50"),
        form(Definition, "since", "since mql_at"),
        form(Definition, "excludes", "excludes disqualified_lead"),
        form(Definition, "one", "one of tiers"),
        form(Definition, "note", "note \"Printed in the documents.\""),
        form(Commitment, "", "sdr must contact each mql within 4 business hours of mql_at"),
        form(Commitment, "", "demand_gen must deliver at least 200 mql per month"),
        form(Commitment, "", "demand_gen must deliver opportunity worth at least $2M in amount per quarter"),
        form(Commitment, "", "sdr must accept at least 60% of mql per month"),
        form(Commitment, "", "sdr must not disqualify a lead without reason when status = disqualified"),
        form(Commitment, "", "field must request each event at least 45 business days before starts_on"),
        form(Commitment, "", "sdr must not disqualify each mql sooner than 5 business days after mql_at"),
        form(Commitment, "", "sdr may reject a mql within 1 business day of mql_at with reason"),
        form(Commitment, "", "sdr must attempt each mql at least 6 times within 10 business days of mql_at"),
        form(
            Commitment,
            "",
            "sdr_manager must hold \"pipeline review\" every week on monday at 10:00 via weekly_sync",
        ),
        form(
            Commitment,
            "",
            "sdr_manager must publish \"the pipeline report\" every month by the 2nd business day",
        ),
        form(
            Commitment,
            "",
            "sdr_manager must hold \"business review\" every quarter within 10 business days of its end",
        ),
        form(Commitment, "", "provider must keep \"the service available\" at least 99.9% of each month"),
        form(Commitment, "", "provider must keep \"scheduled maintenance\" at most 4 hours per week"),
        form(Commitment, "at", "at least 20 business days before starts_on when size = small"),
        form(Commitment, "sooner", "sooner than 5 business days after mql_at when source = web"),
        form(Commitment, "within", "within 15 business minutes when source = web"),
        form(Commitment, "met", "met at touched_at or called_at"),
        form(Commitment, "met", "met when status in [working, qualified]"),
        form(Commitment, "done", "done at rejected_at"),
        form(Commitment, "done", "done when status = rejected"),
        form(Commitment, "counting", "counting activity where kind in [call, email] at most once per day"),
        form(Commitment, "recorded", "recorded in meeting at held_on where kind = review"),
        form(Commitment, "clock", "clock us_office"),
        form(Commitment, "clock", "clock emea_office when region = emea"),
        form(Commitment, "clock", "clock us_office otherwise"),
        form(Commitment, "clock", "clock of owner"),
        form(Commitment, "starts", "starts when status = assigned"),
        form(Commitment, "paused", "paused from blocked_at to unblocked_at"),
        form(Commitment, "paused", "paused from asked_at to answered_at of each wait"),
        form(Commitment, "provided", "provided mql_volume is met"),
        form(Commitment, "provided", "provided at most 300 mql per month"),
        form(Commitment, "priority", "priority over first_touch"),
        form(Commitment, "instead", "instead 350 from 2026-04-01 to 2026-06-30"),
        form(Commitment, "excused", "excused when reason = bad_data"),
        form(Commitment, "target", "target 95% per month"),
        form(Commitment, "target", "target median under 1 hour per month"),
        form(Commitment, "counted", "counted by due date"),
        form(Commitment, "counted", "counted from begins_at to ends_at of each maintenance"),
        form(Commitment, "down", "down for 1 minute from began_at of each downtime_minute"),
        form(Commitment, "down", "down from started_at to ended_at of each outage where planned = false"),
        form(Commitment, "down", "down for downtime minutes of each service_month dated ends_on"),
        form(Commitment, "rationale", "rationale \"The first hour decides.\""),
        form(Commitment, "note", "note \"Printed in the documents.\""),
        form(Contingency, "for", "for first_touch"),
        form(Contingency, "for", "for first_touch, disposition"),
        form(Contingency, "before", "before deadline by 1 business hour remind sdr via crm_task"),
        form(Contingency, "after", "after deadline by 1 business day escalate to vp_sales via exec_mail"),
        form(Contingency, "after", "after start by 2 business hours notify sdr_manager via lead_alerts"),
        form(Contingency, "when", "when 75% elapsed remind sdr via crm_task"),
        form(Contingency, "when", "when first_touch below 85% for 2 consecutive months"),
        form(Contingency, "when", "when first_touch missed 3 times in a week by the same owner"),
        form(
            Contingency,
            "then",
            "then sdr_manager must present \"a recovery plan\" within 5 business days via exec_mail",
        ),
        form(Contingency, "note", "note \"Printed in the documents.\""),
        form(Exception, "excuses", "excuses first_touch, follow_up when source = event"),
        form(Exception, "approved", "approved by revops"),
        form(Exception, "at", "at most 3 per quarter"),
        form(Exception, "from", "from 2026-03-01 until 2026-06-30"),
        form(Exception, "until", "until 2026-06-30"),
        form(Exception, "note", "note \"Printed in the documents.\""),
        form(Lifecycle, "start", "start new"),
        form(Lifecycle, "end", "end qualified, disqualified"),
        form(Lifecycle, "", "working -> disqualified by sdr requires reason at most 2 times"),
        form(Lifecycle, "", "working owned by sdr since working_at at most 5 business days"),
        form(Lifecycle, "", "reason timing -> return to demand_gen after 6 months"),
        form(Lifecycle, "", "reason bad_data -> end"),
        form(Lifecycle, "never", "never disqualified -> mql"),
        form(Lifecycle, "note", "note \"Printed in the documents.\""),
        form(Scenario, "given", "given lead { country: US, mql_at: 2026-03-06 16:30 }"),
        form(Scenario, "with", "with activity { kind: call, done_at: 2026-03-06 17:00 }"),
        form(Scenario, "when", "when touched_at: 2026-03-09 13:00"),
        form(Scenario, "now", "now 2026-03-09 13:00"),
        form(Scenario, "expect", "expect mql"),
        form(Scenario, "expect", "expect first_touch due 2026-03-09 12:00"),
        form(Scenario, "expect", "expect first_touch late by 1 business hour"),
        form(Scenario, "expect", "expect not mql"),
        form(Scenario, "expect", "expect lead_score = 75"),
        form(Scenario, "expect", "expect lead_routing to sdr"),
        form(Scenario, "expect", "expect lead_routing ambiguous"),
        form(Scenario, "expect", "expect uptime 99.8981% in 2026-06"),
        form(Scenario, "expect", "expect maintenance 3 hours in 2026-W10"),
        form(Scenario, "expect", "expect uptime missed"),
        form(Scenario, "expect", "expect service_credits pays 5% of \"the monthly fee\""),
        form(Scenario, "expect", "expect service_credits pays nothing in 2026-06"),
        form(Scenario, "note", "note \"Printed in the documents.\""),
        form(Goal, "", "marketing, sales share at least $1M per quarter"),
        form(Goal, "funnel", "funnel mql -> 60% sql -> 50% opportunity -> 25% won worth $25k"),
        form(Goal, "note", "note \"Printed in the documents.\""),
        form(Routing, "first", "first match"),
        form(Routing, "exactly", "exactly one"),
        form(Routing, "to", "to field_sales in turn when country in [US, CA]"),
        form(Routing, "otherwise", "otherwise to sdr"),
        form(Routing, "sticky", "sticky by company for 4 months"),
        form(Routing, "note", "note \"Printed in the documents.\""),
        form(Dispute, "about", "about acceptance, first_touch"),
        form(Dispute, "raised", "raised by sdr, demand_gen within 5 business days"),
        form(Dispute, "decided", "decided by revops within 3 business days via exec_mail"),
        form(Dispute, "note", "note \"Printed in the documents.\""),
        form(Incentive, "earns", "earns 10 points for first_touch met"),
        form(
            Incentive,
            "badge",
            "badge \"Fast responder\" when first_touch at least 98% for 3 consecutive months",
        ),
        form(Incentive, "pays", "pays $500 per quarter when acceptance met"),
        form(Incentive, "leaderboard", "leaderboard every month"),
        form(Incentive, "note", "note \"Printed in the documents.\""),
        form(Credit, "below", "below 99.9% pays 5% of \"the monthly fee\""),
        form(Credit, "below", "below 99.5% pays $500"),
        form(Credit, "at", "at most 30% of \"the monthly fee\" per quarter"),
        form(
            Credit,
            "claimed",
            "claimed by customer within 30 calendar days of the end of the month via support_request",
        ),
        form(Credit, "claimed", "claimed within 30 calendar days stating \"what failed\", \"when\""),
        form(Credit, "settled", "settled \"Taken off the next invoice, never paid out.\""),
        form(Credit, "sole", "sole remedy"),
        form(Credit, "only", "only for covered_subscription"),
        form(Credit, "note", "note \"Printed in the documents.\""),
    ]
};

/// The forms of a block's clauses.
pub fn clauses(block: BlockWord) -> impl Iterator<Item = &'static ClauseForm> {
    CLAUSES.iter().filter(move |c| c.block == block)
}

/// The words that begin a clause of a block, each once.
pub fn clause_words(block: BlockWord) -> Vec<&'static str> {
    let mut words: Vec<_> = clauses(block).map(|c| c.word).filter(|w| !w.is_empty()).collect();
    words.dedup();
    words
}

/// The words that begin a clause of a block, in full, each once: `reports to`, `one of`.
pub fn clause_openings(block: BlockWord) -> Vec<&'static str> {
    let opening = |word| match word {
        "on" => "on call",
        "happens" => "happens at",
        "one" => "one of",
        "reports" => "reports to",
        "fiscal" => "fiscal year starts",
        "settled" if block == BlockWord::Agreement => "settled by",
        "sole" => "sole remedy",
        "only" => "only for",
        "starts" => "starts when",
        "priority" => "priority over",
        "paused" => "paused from",
        "recorded" => "recorded in",
        "approved" => "approved by",
        "first" => "first match",
        "exactly" => "exactly one",
        "sticky" => "sticky by",
        "raised" => "raised by",
        "decided" => "decided by",
        other => other,
    };
    clause_words(block).into_iter().map(opening).collect()
}

/// The months of the year, in order.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The name of a month from 1 to 12.
pub fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default()
}
