//! The tree the parser builds: what was written, in the order it was written, with places.
//!
//! Equality is equality of meaning: it ignores places and line breaks, so that the formatter can prove that it changed
//! nothing. Numbers, dates and durations keep the author's spelling; the resolver reads them.

mod agreement;
mod calendars;
mod children;
mod commitments;
mod conditions;
mod contingencies;
mod credits;
mod lifecycles;
mod records;
mod recurrence;
mod rewards;
mod scenarios;
mod scores;
mod values;

use crate::source::Span;

pub use agreement::{AgreementClause, ChannelClause, PartyClause, RoleClause};
pub use calendars::{CalendarClause, OpenTimes, TimeRange, WeekdayRange};
pub use children::{Aggregate, Asks, Children, Window};
pub use commitments::{ClockCase, CommitmentClause, Deal, Limit, LimitKind, Sentence, Target};
pub use conditions::{BinaryOp, DefinitionClause, Expr, ExprKind};
pub use contingencies::{Act, ContingencyClause, DisputeClause, ExceptionClause, StepAnchor};
pub use credits::{Claim, CreditClause, Evidence, EvidenceTime, ExpectedLevel, KeptLevel, Payment};
pub use lifecycles::{LifecycleClause, ReasonEffect, RoutingClause, StagePart, Transition, TransitionPart};
pub use records::{ChoiceValues, Field, FieldType, RecordClause};
pub use recurrence::{DayKind, DayOf, Occasion, Recurrence};
pub use rewards::{GoalClause, InARow, IncentiveClause, RewardWhen};
pub use scenarios::{Assignment, ExpectedRoute, ScenarioClause};
pub use scores::{Cap, ScoreClause};
pub use values::{
    Cadence, Duration, DurationValue, FieldPath, Literal, LiteralKind, Mark, OrTbd, Prose, Reference, Tbd,
    TimeWord, UnitKind, UnitWords, WordValue,
};

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

/// A place that does not count in comparisons.
#[derive(Debug, Clone, Copy)]
pub struct SpanIgnored(pub Span);

impl Eq for SpanIgnored {}

impl PartialEq for SpanIgnored {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
