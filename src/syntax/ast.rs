//! The tree the parser builds: what was written, in the order it was written, with places.
//!
//! Equality is equality of meaning: it ignores places and line breaks, so that the formatter can prove that it changed
//! nothing. Numbers, dates and durations keep the author's spelling; the resolver reads them.

mod children;
mod credits;
mod recurrence;
mod scores;

use crate::source::Span;

pub use children::{Aggregate, Asks, Children, Window};
pub use credits::{Claim, CreditClause, Evidence, EvidenceTime, ExpectedLevel, KeptLevel, Payment};
pub use recurrence::{DayKind, DayOf, Occasion, Recurrence};
pub use scores::{Cap, ScoreClause};

/// A node with its place. Two are equal when their nodes are.
#[derive(Debug, Clone, Copy)]
pub struct Spanned<T> {
    /// What was written.
    pub node: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a node and its place.
    pub fn new(node: T, span: Span) -> Self {
        Spanned { node, span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T: Eq> Eq for Spanned<T> {}

/// A name, a bare word or a text without its quotes.
pub type Word = Spanned<String>;

/// A whole file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// The blocks that could be read, in order.
    pub items: Vec<Item>,
    /// Comments, in order, each with its `#`.
    pub comments: Vec<Word>,
    /// Names of blocks that could not be read: they exist, so that nobody is told otherwise.
    pub lost_names: Vec<String>,
}

/// A block.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// From its first word to its closing brace.
    pub span: Span,
    /// How it was laid out.
    pub layout: Layout,
    /// Whether every clause of it could be read.
    pub state: State,
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// Whether the author wrote a block on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// `party sales "Sales" { signatory "VP Sales" }`.
    OneLine,
    /// A clause a line.
    Lines,
}

/// Whether every clause of a block could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Yes.
    Complete,
    /// No: it has a hole, and checks that count on every clause skip it.
    Incomplete,
}

/// The kinds of blocks.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    /// `use "shared/calendars.clause"`.
    Use(Word),
    /// `agreement`.
    Agreement(Block<AgreementClause>),
    /// `party`.
    Party(Block<PartyClause>),
    /// `role`.
    Role(Block<RoleClause>),
    /// `calendar`.
    Calendar(Block<CalendarClause>),
    /// `channel`.
    Channel(Block<ChannelClause>),
    /// `record`, or `record NAME of PARENT`.
    Record(Option<Word>, Block<RecordClause>),
    /// `score NAME of RECORD`.
    Score(Word, Block<ScoreClause>),
    /// `definition`.
    Definition(Block<DefinitionClause>),
    /// `commitment`.
    Commitment(Block<CommitmentClause>),
    /// `contingency`.
    Contingency(Block<ContingencyClause>),
    /// `exception`.
    Exception(Block<ExceptionClause>),
    /// `lifecycle NAME of RECORD.FIELD`.
    Lifecycle(FieldPath, Block<LifecycleClause>),
    /// `scenario "..."`.
    Scenario(Word, Vec<Spanned<ScenarioClause>>),
    /// `goal`.
    Goal(Block<GoalClause>),
    /// `routing NAME of SUBJECT`.
    Routing(Word, Block<RoutingClause>),
    /// `dispute`.
    Dispute(Block<DisputeClause>),
    /// `incentive`.
    Incentive(Block<IncentiveClause>),
    /// `credit NAME for COMMITMENT`.
    Credit(Word, Block<CreditClause>),
}

impl ItemKind {
    /// The places of its clauses, in order.
    pub fn clauses(&self) -> Vec<Span> {
        fn of<C>(clauses: &[Spanned<C>]) -> Vec<Span> {
            clauses.iter().map(|c| c.span).collect()
        }
        match self {
            ItemKind::Use(_) => Vec::new(),
            ItemKind::Agreement(block) => of(&block.clauses),
            ItemKind::Party(block) => of(&block.clauses),
            ItemKind::Role(block) => of(&block.clauses),
            ItemKind::Calendar(block) => of(&block.clauses),
            ItemKind::Channel(block) => of(&block.clauses),
            ItemKind::Record(_, block) => of(&block.clauses),
            ItemKind::Score(_, block) => of(&block.clauses),
            ItemKind::Definition(block) => of(&block.clauses),
            ItemKind::Commitment(block) => of(&block.clauses),
            ItemKind::Contingency(block) => of(&block.clauses),
            ItemKind::Exception(block) => of(&block.clauses),
            ItemKind::Lifecycle(_, block) => of(&block.clauses),
            ItemKind::Scenario(_, clauses) => of(clauses),
            ItemKind::Goal(block) => of(&block.clauses),
            ItemKind::Routing(_, block) => of(&block.clauses),
            ItemKind::Dispute(block) => of(&block.clauses),
            ItemKind::Incentive(block) => of(&block.clauses),
            ItemKind::Credit(_, block) => of(&block.clauses),
        }
    }
}

/// `# clausal: allow(bare-days) because "both sides know" until 2026-06-30`: findings that the authors live with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The rules whose findings are allowed.
    pub rules: Vec<Word>,
    /// Why.
    pub because: Option<Word>,
    /// The last day on which it holds, as written.
    pub until: Option<Word>,
    /// The comment.
    pub span: SpanIgnored,
}

/// What blocks have in common: a name, a title, clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Block<C> {
    /// Its identity.
    pub name: Word,
    /// Its title.
    pub title: Option<Word>,
    /// Its clauses, in order.
    pub clauses: Vec<Spanned<C>>,
}

/// `lead.status`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    /// The record.
    pub record: Word,
    /// The field.
    pub field: Word,
}

/// `tbd "what is missing"`.
#[derive(Debug, Clone)]
pub struct Tbd {
    /// What is missing, if the author said.
    pub what: Option<String>,
    /// The place.
    pub span: Span,
}

impl PartialEq for Tbd {
    fn eq(&self, other: &Self) -> bool {
        self.what == other.what
    }
}

/// A value, or the mark that it is still open.
#[derive(Debug, Clone, PartialEq)]
pub enum OrTbd<T> {
    /// It is known.
    Known(T),
    /// It is not.
    Tbd(Tbd),
}

/// A name, or `tbd`.
pub type Reference = OrTbd<Word>;

/// Prose in quotes or as `|` lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prose {
    /// `"..."`.
    Quoted(Word),
    /// Lines that begin with `|`, each without the bar and one blank.
    Lines(Spanned<Vec<Word>>),
}

impl Prose {
    /// The text; lines are joined by line breaks.
    pub fn text(&self) -> String {
        match self {
            Prose::Quoted(word) => word.node.clone(),
            Prose::Lines(lines) => {
                lines.node.iter().map(|line| line.node.as_str()).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// A number, a date or the like, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// What it is.
    pub kind: LiteralKind,
    /// The spelling; for a text, what stands between the quotes.
    pub text: String,
}

/// The kinds of literals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LiteralKind {
    /// `1_000`, `10k`, `-5`.
    Number,
    /// `95%`.
    Percent,
    /// `$4M`.
    Money,
    /// `2026-03-31`.
    Date,
    /// `2026-03-06 17:55`.
    DateTime,
    /// `"Closed Won"`.
    Text,
    /// `true`, `false`.
    Boolean,
    /// `US`: a bare word.
    Word,
}

/// `4 business hours`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duration {
    /// How many, as written.
    pub amount: Word,
    /// Of which unit.
    pub unit: Spanned<UnitWords>,
}

impl Duration {
    /// The words of it: `4 business hours`.
    pub fn words(&self) -> String {
        let UnitWords { of, base } = self.unit.node;
        let of = match of {
            UnitKind::Plain => "",
            UnitKind::Business => "business ",
            UnitKind::Calendar => "calendar ",
        };
        let base = match base {
            TimeWord::Minutes => "minute",
            TimeWord::Hours => "hour",
            TimeWord::Days => "day",
            TimeWord::Weeks => "week",
            TimeWord::Months => "month",
        };
        let s = if self.amount.node == "1" { "" } else { "s" };
        format!("{} {of}{base}{s}", self.amount.node)
    }
}

/// The words of a unit: an optional `business` or `calendar`, and the unit itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitWords {
    /// The word in front.
    pub of: UnitKind,
    /// The unit.
    pub base: TimeWord,
}

/// The word in front of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// None.
    Plain,
    /// `business`.
    Business,
    /// `calendar`.
    Calendar,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeWord {
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
}

/// `every 2 weeks`.
#[derive(Debug, Clone, PartialEq)]
pub struct Cadence {
    /// How many periods, as written.
    pub count: Option<Word>,
    /// Which period.
    pub period: Spanned<crate::model::Period>,
}

/// A duration or `tbd`, with its place.
pub type DurationValue = OrTbd<Spanned<Duration>>;
/// A number, a percentage or a date as written, or `tbd`.
pub type WordValue = OrTbd<Word>;

/// Clauses of `agreement`.
#[derive(Debug, Clone, PartialEq)]
pub enum AgreementClause {
    /// `parties marketing, sales`.
    Parties(Vec<Reference>),
    /// `effective 2026-01-01 to 2026-12-31`.
    Effective(WordValue, Option<WordValue>),
    /// `purpose "..."`.
    Purpose(OrTbd<Prose>),
    /// `review every quarter led by revops next 2026-04-01`.
    Review(OrTbd<Cadence>, Option<Reference>, Option<WordValue>),
    /// `settled by revops within 3 business days`.
    Settled(Reference, Option<DurationValue>),
    /// `version 1.2`.
    Version(Word),
    /// `zone America/New_York`.
    Zone(WordValue),
    /// `fiscal year starts april`: 1 to 12.
    FiscalYear(u8),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `party`.
#[derive(Debug, Clone, PartialEq)]
pub enum PartyClause {
    /// `signatory "CMO"`.
    Signatory(WordValue),
    /// `contact "..."`.
    Contact(Word),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `role`.
#[derive(Debug, Clone, PartialEq)]
pub enum RoleClause {
    /// `party sales`.
    Party(Reference),
    /// `works us_office`.
    Works(Reference),
    /// `member "Ana Ruiz" works emea_office`.
    Member(Word, Reference),
    /// `reports to vp_sales`.
    ReportsTo(Reference),
    /// `headcount 6`.
    Headcount(WordValue),
    /// `handles 40 mql per week`.
    Handles(WordValue, Reference, Spanned<crate::model::Period>),
    /// `on call us_nights`.
    OnCall(Reference),
    /// `contact "..."`.
    Contact(Word),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `calendar`.
#[derive(Debug, Clone, PartialEq)]
pub enum CalendarClause {
    /// `zone America/New_York`.
    Zone(WordValue),
    /// `open mon-fri 09:00-17:30`; no days mean every day.
    Open(Vec<WeekdayRange>, OpenTimes),
    /// `closed 2026-12-24 to 2026-12-26 "Christmas"`.
    Closed(Word, Option<Word>, Option<Word>),
    /// `closed from "holidays.ics"`.
    ClosedFrom(Word),
    /// `except 2026-12-24 09:00-12:00 "Christmas Eve"`.
    Except(Word, Vec<TimeRange>, Option<Word>),
    /// `cutoff 16:00`.
    Cutoff(Word),
    /// `covers 2026 to 2027`.
    Covers(Word, Option<Word>),
    /// `note "..."`.
    Note(Prose),
}

/// `mon-fri`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekdayRange {
    /// First day.
    pub from: crate::model::Weekday,
    /// Last day.
    pub to: crate::model::Weekday,
}

/// The times of an `open` clause.
#[derive(Debug, Clone, PartialEq)]
pub enum OpenTimes {
    /// `all day`.
    AllDay,
    /// `09:00-12:00, 13:00-17:30`.
    Hours(Vec<TimeRange>),
}

/// `09:00-12:00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeRange {
    /// When it opens, as written.
    pub from: Word,
    /// When it closes.
    pub to: Word,
}

/// Clauses of `channel`.
#[derive(Debug, Clone, PartialEq)]
pub enum ChannelClause {
    /// `by slack "#lead-alerts"`.
    By(Reference, Option<Word>),
    /// `reaches sdr, sdr_manager`.
    Reaches(Vec<Reference>),
    /// `answered within 2 business hours`.
    Answered(DurationValue),
    /// `meets every week on monday at 10:00`.
    Meets(Cadence, Option<crate::model::Weekday>, Option<Word>),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `record`.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordClause {
    /// `happens at done_at`.
    HappensAt(Reference),
    /// `email "E-mail" text optional`.
    Field(Field),
    /// `note "..."`.
    Note(Prose),
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Word,
    /// Its label.
    pub title: Option<Word>,
    /// Its type.
    pub ty: Spanned<FieldType>,
    /// `0..100`, as written.
    pub range: Option<Word>,
    /// `optional`.
    pub optional: Mark,
    /// `ignoring case`.
    pub ignoring_case: Mark,
}

/// Whether a modifier was written, and where.
#[derive(Debug, Clone, Copy)]
pub enum Mark {
    /// It was.
    Present(Span),
    /// It was not.
    Absent,
}

impl Mark {
    /// True if it was written.
    pub fn is_present(self) -> bool {
        matches!(self, Mark::Present(_))
    }
}

impl PartialEq for Mark {
    fn eq(&self, other: &Self) -> bool {
        self.is_present() == other.is_present()
    }
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the language")]
pub enum FieldType {
    Key,
    Text,
    Integer,
    Number,
    Percent,
    Money(Word),
    Boolean,
    Date,
    DateTime,
    Choice(ChoiceValues),
    Choices(ChoiceValues),
    User,
    Reference(Word),
}

/// The values of a choice; `open` when `...` stands at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceValues {
    /// The values.
    pub values: Vec<Spanned<Literal>>,
    /// Whether others may occur.
    pub openness: crate::model::record::Openness,
}

/// Clauses of `definition`.
#[derive(Debug, Clone, PartialEq)]
pub enum DefinitionClause {
    /// `means lead where icp and score >= 65`.
    Means(Word, Option<Expr>),
    /// `since mql_at`.
    Since(Reference),
    /// `excludes other`.
    Excludes(Vec<Reference>),
    /// `one of tiers`.
    OneOf(Word),
    /// `note "..."`.
    Note(Prose),
}

/// A condition or a value in one.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

impl Expr {
    /// True if this can be nothing but a value: names of fields and definitions have small letters.
    pub fn is_plain_value(&self) -> bool {
        match &self.kind {
            ExprKind::Name(name) => name.starts_with(char::is_uppercase),
            ExprKind::Literal(literal) => literal.kind != LiteralKind::Boolean,
            _ => false,
        }
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A field, a definition or a value.
    Name(String),
    /// A constant.
    Literal(Literal),
    /// `now`.
    Now,
    /// `today`.
    Today,
    /// `tbd "..."`.
    Tbd(Tbd),
    /// `( .. )`: kept, because the author put them there.
    Paren(Box<Expr>),
    /// `not p`.
    Not(Box<Expr>),
    /// `-5`.
    Negative(Box<Expr>),
    /// `a and b`, `a < b`, `a + b`.
    Binary(Box<Expr>, Spanned<BinaryOp>, Box<Expr>),
    /// `is blank`.
    IsBlank(Box<Expr>),
    /// `is set`.
    IsSet(Box<Expr>),
    /// `in [..]`.
    In(Box<Expr>, Vec<Spanned<Literal>>),
    /// `not in [..]`.
    NotIn(Box<Expr>, Vec<Spanned<Literal>>),
    /// `between a and b`.
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `older than 30 calendar days`.
    OlderThan(Box<Expr>, Box<DurationValue>),
    /// `within 2 hours of mql_at`.
    Within(Box<Expr>, Box<DurationValue>, Word),
    /// `starts with "..."`.
    StartsWith(Box<Expr>, Word),
    /// `contains "..."`.
    Contains(Box<Expr>, Spanned<Literal>),
    /// `at least 2 of (p, q, r)`.
    AtLeast(Word, Vec<Expr>),
    /// `count of activity where kind = call`, `no activity`.
    Children(Box<Aggregate>),
}

/// Operators between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `=` and its kind.
    Compare(crate::model::predicate::Comparison),
    /// `+ - *`.
    Arithmetic(crate::model::predicate::Arithmetic),
}

/// Clauses of `commitment`.
#[derive(Debug, Clone, PartialEq)]
pub enum CommitmentClause {
    /// The promise itself.
    Sentence(Box<Sentence>),
    /// `within 15 business minutes when source = web`; no condition is `otherwise`.
    Tier(Limit, Option<Expr>),
    /// `met at touched_at or called_at`.
    MetAt(Vec<Reference>),
    /// `met when status = working`.
    MetWhen(Expr),
    /// `done at rejected_at`.
    DoneAt(Vec<Reference>),
    /// `done when status = rejected`.
    DoneWhen(Expr),
    /// `counting activity where kind in [call, email] at most once per day`.
    Counting(Children, Option<Spanned<Cap>>),
    /// `recorded in meeting at held_on where kind = review`.
    Recorded {
        /// The record of which each row is an occurrence.
        record: Word,
        /// The field that says when.
        at: Reference,
        /// Which rows.
        condition: Option<Expr>,
    },
    /// `clock us_office`, `clock us_office when region = us`.
    Clock(Reference, ClockCase),
    /// `clock of owner`.
    ClockOf(Word),
    /// `starts when status = assigned`.
    StartsWhen(Expr),
    /// `paused from blocked_at to unblocked_at`.
    Paused(Reference, Reference),
    /// `provided mql_volume is met`.
    ProvidedMet(Reference),
    /// `provided at most 300 mql per month`.
    ProvidedAmount {
        /// At least or at most.
        bound: crate::model::Bound,
        /// How many.
        amount: WordValue,
        /// Of what.
        subject: Word,
        /// In which period.
        per: Spanned<crate::model::Period>,
    },
    /// `priority over first_touch`.
    Priority(Vec<Reference>),
    /// `excused when ..`.
    Excused(Expr),
    /// `target 95% per month`.
    Target(Target, Spanned<crate::model::Period>),
    /// `counted by due date`.
    Counted(crate::model::commitment::CountedBy),
    /// `down from started_at to ended_at of each outage where planned = false`.
    Evidence(Box<Evidence>),
    /// `rationale "..."`.
    Rationale(OrTbd<Prose>),
    /// `note "..."`.
    Note(Prose),
}

/// For which items a clock is.
#[derive(Debug, Clone, PartialEq)]
pub enum ClockCase {
    /// Every one.
    Always,
    /// `when region = us`.
    When(Expr),
    /// `otherwise`.
    Otherwise,
}

/// `sdr must contact each mql within 4 business hours of mql_at`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Who.
    pub actor: Word,
    /// How strongly.
    pub strength: crate::model::Strength,
    /// What is done.
    pub verb: Spanned<Literal>,
    /// To what, by when or how much.
    pub deal: Deal,
}

/// What a sentence promises.
#[derive(Debug, Clone, PartialEq)]
pub enum Deal {
    /// `each mql within 4 business hours of mql_at`, `a lead without reason when P`.
    Item {
        /// `each`, `a`, as written.
        article: String,
        /// The items.
        subject: Word,
        /// At least so many times; `once` as written.
        often: Option<WordValue>,
        /// The time allowed.
        limit: Option<Limit>,
        /// Fields that must be filled, of what is forbidden.
        without: Vec<Reference>,
        /// Fields that must be filled, of what is allowed.
        with: Vec<Reference>,
        /// The condition.
        when: Option<Expr>,
    },
    /// `at least 200 mql per month`.
    Quota {
        /// At least or at most.
        bound: crate::model::Bound,
        /// How many.
        amount: WordValue,
        /// Of what.
        subject: Word,
        /// In which period.
        per: Spanned<crate::model::Period>,
    },
    /// `mql worth at least $2M in amount per quarter`.
    Worth {
        /// `each`, if written.
        article: Option<String>,
        /// The items.
        subject: Word,
        /// At least or at most.
        bound: crate::model::Bound,
        /// How much.
        amount: WordValue,
        /// The field that is summed.
        field: Option<Word>,
        /// In which period.
        per: Spanned<crate::model::Period>,
    },
    /// `at least 60% of mql per month`.
    Share {
        /// At least or at most.
        bound: crate::model::Bound,
        /// Per cent.
        percent: WordValue,
        /// `all`, if written.
        article: Option<String>,
        /// Of what.
        subject: Word,
        /// In which period.
        per: Spanned<crate::model::Period>,
    },
    /// `"pipeline review" every week on monday at 10:00 via weekly_sync`.
    Recurring {
        /// What is held, sent or made.
        object: Option<Word>,
        /// When.
        recurrence: OrTbd<Box<Recurrence>>,
        /// Where.
        via: Option<Reference>,
    },
    /// `"the service available" at least 99.9% of each month`.
    Kept {
        /// What is kept so.
        what: Word,
        /// At least or at most.
        bound: crate::model::Bound,
        /// For how long.
        level: KeptLevel,
        /// In which period.
        per: Spanned<crate::model::Period>,
    },
}

/// `within 4 business hours of mql_at`, `at least 45 business days before starts_on`.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// On which side of the moment the time lies.
    pub kind: LimitKind,
    /// The time.
    pub duration: DurationValue,
    /// From when, or before what.
    pub of: Option<Word>,
    /// The words.
    pub span: SpanIgnored,
}

/// On which side of a moment a time lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitKind {
    /// `within D of X`.
    Within,
    /// `at least D before X`.
    Ahead,
    /// `sooner than D after X`.
    Sooner,
}

impl LimitKind {
    /// The words around the time, in front of it and before the moment.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            LimitKind::Within => ("within", "of"),
            LimitKind::Ahead => ("at least", "before"),
            LimitKind::Sooner => ("sooner than", "after"),
        }
    }
}

/// A place that does not count in comparisons.
#[derive(Debug, Clone, Copy)]
pub struct SpanIgnored(pub Span);

impl Eq for SpanIgnored {}

impl PartialEq for SpanIgnored {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What a `target` clause aims at.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// `95%`.
    Attainment(WordValue),
    /// `median under 1 hour`, `p90 under 4 business hours`; the word as written.
    Statistic(Word, DurationValue),
}

/// Clauses of `contingency`.
#[derive(Debug, Clone, PartialEq)]
pub enum ContingencyClause {
    /// `for first_touch`.
    For(Vec<Reference>),
    /// `before deadline by 1 business hour remind sdr via crm_task`.
    Step(StepAnchor, Act, Option<Reference>),
    /// `when first_touch below 85% for 2 consecutive months`.
    Below {
        /// The commitment.
        commitment: Word,
        /// Per cent.
        percent: WordValue,
        /// How many periods.
        count: Word,
        /// `consecutive` was written.
        consecutive: Mark,
        /// Which period.
        period: Spanned<crate::model::Period>,
    },
    /// `when first_touch missed 3 times in a week by the same owner`.
    Missed {
        /// The commitment.
        commitment: Word,
        /// How often.
        times: WordValue,
        /// Within which period.
        period: Spanned<crate::model::Period>,
        /// `by the same owner` was written.
        same_owner: Mark,
    },
    /// `then sdr_manager must present "a plan" within 5 business days via exec_mail`.
    FollowUp {
        /// Who.
        actor: Word,
        /// How strongly.
        strength: crate::model::Strength,
        /// What is done.
        verb: Spanned<Literal>,
        /// To what.
        object: Option<Word>,
        /// By when.
        within: DurationValue,
        /// By which channel.
        via: Option<Reference>,
    },
    /// `note "..."`.
    Note(Prose),
}

/// When a step fires.
#[derive(Debug, Clone, PartialEq)]
pub enum StepAnchor {
    /// `before deadline by 1 hour`.
    BeforeDeadline(DurationValue),
    /// `after start by 1 hour`.
    AfterStart(DurationValue),
    /// `after deadline`, `after deadline by 1 hour`.
    AfterDeadline(Option<DurationValue>),
    /// `when 75% elapsed`.
    Elapsed(WordValue),
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// `remind sdr`.
    Remind(Vec<Reference>),
    /// `notify sdr`.
    Notify(Vec<Reference>),
    /// `escalate to vp`.
    Escalate(Reference),
    /// `reassign to vp`.
    Reassign(Reference),
    /// `return to marketing`.
    Return(Reference),
    /// `set status to recycled`.
    Set(Word, OrTbd<Spanned<Literal>>),
}

/// Clauses of `exception`.
#[derive(Debug, Clone, PartialEq)]
pub enum ExceptionClause {
    /// `excuses first_touch when source = event`.
    Excuses(Vec<Reference>, Option<Expr>),
    /// `approved by revops`.
    Approved(Reference),
    /// `at most 3 per quarter`.
    AtMost(WordValue, Spanned<crate::model::Period>),
    /// `from 2026-03-01 until 2026-06-30`.
    Window(Option<WordValue>, Option<WordValue>),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `lifecycle`.
#[derive(Debug, Clone, PartialEq)]
pub enum LifecycleClause {
    /// `start new`.
    Start(Vec<Spanned<Literal>>),
    /// `end qualified, disqualified`.
    End(Vec<Spanned<Literal>>),
    /// `never a -> b`.
    Never(Spanned<Literal>, Spanned<Literal>),
    /// `working -> qualified by sdr`.
    Transition(Transition),
    /// `working owned by sdr since working_at at most 5 business days`.
    Stage(Spanned<Literal>, Vec<Spanned<StagePart>>),
    /// `reason timing -> return to demand_gen after 6 months`.
    Reason {
        /// The choice field.
        field: Word,
        /// Its values.
        values: Vec<Spanned<Literal>>,
        /// What follows.
        effect: ReasonEffect,
    },
    /// `note "..."`.
    Note(Prose),
}

/// What is said of a stage.
#[derive(Debug, Clone, PartialEq)]
pub enum StagePart {
    /// `owned by sdr`.
    OwnedBy(Reference),
    /// `since working_at`.
    Since(Reference),
    /// `at most 5 business days`.
    AtMost(DurationValue),
}

/// What follows from a reason.
#[derive(Debug, Clone, PartialEq)]
pub enum ReasonEffect {
    /// `return to demand_gen after 6 months`.
    ReturnTo(Reference, Option<DurationValue>),
    /// `end`.
    End,
}

/// A transition with what stands behind it, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// From where.
    pub from: Spanned<Literal>,
    /// To where.
    pub to: Spanned<Literal>,
    /// Its conditions.
    pub parts: Vec<Spanned<TransitionPart>>,
}

/// What stands behind a transition.
#[derive(Debug, Clone, PartialEq)]
pub enum TransitionPart {
    /// `when P`.
    When(Expr),
    /// `by sdr`.
    By(Vec<Reference>),
    /// `requires reason`.
    Requires(Vec<Reference>),
    /// `reason in [..]`.
    Reasons(Word, Vec<Spanned<Literal>>),
    /// `at most 2 times`.
    AtMost(WordValue),
    /// `within 2 business days`.
    Within(DurationValue),
    /// `sets mql_at`.
    Sets(Vec<Reference>),
}

/// Clauses of `goal`.
#[derive(Debug, Clone, PartialEq)]
pub enum GoalClause {
    /// `marketing, sales share at least $1M per quarter`.
    Shared {
        /// Who.
        parties: Vec<Word>,
        /// At least or at most.
        bound: crate::model::Bound,
        /// How much.
        amount: OrTbd<Spanned<Literal>>,
        /// Of what, for a number.
        of: Option<Word>,
        /// In which period.
        per: Spanned<crate::model::Period>,
    },
    /// `funnel mql -> 60% sql -> 25% won worth $25k`.
    Funnel {
        /// The first stage.
        first: Word,
        /// How much of each stage reaches the next one.
        steps: Vec<(WordValue, Word)>,
        /// What one of the last stage is worth.
        worth: Option<WordValue>,
    },
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `routing`.
#[derive(Debug, Clone, PartialEq)]
pub enum RoutingClause {
    /// `first match`, `exactly one`.
    Matching(crate::model::routing::Matching),
    /// `to field_sales in turn when country in [US, CA]`; no condition is `otherwise`.
    Route {
        /// Who gets it.
        to: Reference,
        /// Whether the people of the role take turns.
        turn: crate::model::routing::Turn,
        /// When.
        when: Option<Expr>,
    },
    /// `sticky by company for 4 months`.
    Sticky(Reference, DurationValue),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `dispute`.
#[derive(Debug, Clone, PartialEq)]
pub enum DisputeClause {
    /// `about acceptance, first_touch`.
    About(Vec<Reference>),
    /// `raised by sdr, demand_gen within 5 business days`.
    Raised(Vec<Reference>, Option<DurationValue>),
    /// `decided by revops within 3 business days via exec_mail`.
    Decided(Reference, Option<DurationValue>, Option<Reference>),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `incentive`.
#[derive(Debug, Clone, PartialEq)]
pub enum IncentiveClause {
    /// `earns 10 points for first_touch met`.
    Earns(WordValue, Word),
    /// `badge "Fast responder" when first_touch at least 98% for 3 consecutive months`.
    Badge(Word, RewardWhen),
    /// `pays $500 per quarter when acceptance met`.
    Pays(WordValue, Spanned<crate::model::Period>, RewardWhen),
    /// `leaderboard every month`.
    Leaderboard(OrTbd<Cadence>),
    /// `note "..."`.
    Note(Prose),
}

/// `when first_touch at least 98% for 3 consecutive months`.
#[derive(Debug, Clone, PartialEq)]
pub struct RewardWhen {
    /// The commitment.
    pub commitment: Word,
    /// The share of it that is met; `None` is `met`.
    pub at_least: Option<WordValue>,
    /// In how many periods in a row.
    pub in_a_row: Option<InARow>,
}

/// `for 3 consecutive months`.
#[derive(Debug, Clone, PartialEq)]
pub struct InARow {
    /// How many.
    pub count: Word,
    /// `consecutive` was written.
    pub consecutive: Mark,
    /// Which periods.
    pub period: Spanned<crate::model::Period>,
}

/// Clauses of `scenario`.
#[derive(Debug, Clone, PartialEq)]
pub enum ScenarioClause {
    /// `given lead { .. }`.
    Given(Word, Vec<Assignment>),
    /// `with activity { .. }`.
    With(Word, Vec<Assignment>),
    /// `when touched_at: ..`.
    When(Vec<Assignment>),
    /// `now 2026-03-09 13:00`.
    Now(Word),
    /// `expect mql`.
    Expect(Word),
    /// `expect not mql`.
    ExpectNot(Word),
    /// `expect lead_score = 75`.
    ExpectScore(Word, Word),
    /// `expect first_touch due 2026-03-09 12:00`.
    ExpectDue(Word, Word),
    /// `expect lead_routing to sdr`, `expect lead_routing ambiguous`.
    ExpectRoute(Word, ExpectedRoute),
    /// `expect first_touch late by 1 business hour`, `expect uptime missed in 2026-06`.
    ExpectVerdict(Word, Word, Option<Spanned<Duration>>, Option<Word>),
    /// `expect uptime 99.8981% in 2026-06`.
    ExpectLevel(Word, ExpectedLevel, Option<Word>),
    /// `expect service_credits pays 5% of "the monthly fee"`; nothing is `pays nothing`.
    ExpectPays(Word, Option<Payment>, Option<Word>),
    /// `note "..."`.
    Note(Prose),
}

/// What a scenario expects of a routing.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectedRoute {
    /// `to sdr`.
    To(Word),
    /// `ambiguous`.
    Ambiguous,
    /// `nobody`.
    Nobody,
}

/// `country: US`; `None` is `blank`.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The field.
    pub field: Word,
    /// Its value.
    pub value: Option<Spanned<Literal>>,
}
