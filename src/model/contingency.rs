//! Contingencies: reminders, escalations and course corrections.

use rust_decimal::Decimal;

use super::{Channel, Commitment, Constant, Duration, Field, Head, Id, Period, Role, Slot, Strength};
use crate::source::Span;

/// A `contingency` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Contingency {
    /// Name, title, place, notes.
    pub head: Head,
    /// The commitments its steps hang on, each item of each; none if it only watches patterns.
    pub of: Vec<Slot<Id<Commitment>>>,
    /// What happens around the deadline of one item, in the order written.
    pub steps: Vec<Step>,
    /// What sets off the follow-up duties.
    pub patterns: Vec<Pattern>,
    /// The duties that follow a pattern.
    pub follow_ups: Vec<FollowUp>,
}

impl Contingency {
    /// The commitments that are known.
    pub fn commitments(&self) -> impl Iterator<Item = Id<Commitment>> {
        self.of.iter().filter_map(|slot| slot.get().copied())
    }
}

/// One step of an escalation ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// When it fires.
    pub anchor: Anchor,
    /// What happens.
    pub act: Act,
    /// By which channel.
    pub via: Option<Slot<Id<Channel>>>,
    /// The clause.
    pub span: Span,
}

/// When a step fires, for one item.
#[derive(Debug, Clone, PartialEq)]
pub enum Anchor {
    /// `before deadline by D`.
    BeforeDeadline(Slot<Duration>),
    /// `after start by D`.
    AfterStart(Slot<Duration>),
    /// `after deadline`, at once, or `after deadline by D`.
    AfterDeadline(Option<Slot<Duration>>),
    /// `when 75% elapsed`: this part of the allowed time is used up.
    Elapsed(Slot<Decimal>),
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// `remind sdr`.
    Remind(Vec<Slot<Id<Role>>>),
    /// `notify sdr_manager`.
    Notify(Vec<Slot<Id<Role>>>),
    /// `escalate to vp_sales`.
    Escalate(Slot<Id<Role>>),
    /// `reassign to sdr_manager`: the item gets a new owner.
    Reassign(Slot<Id<Role>>),
    /// `return to demand_gen`: the item goes back.
    Return(Slot<Id<Role>>),
    /// `set status to recycled`.
    Set(Slot<Id<Field>>, Slot<Constant>),
}

impl Act {
    /// The roles that are told or get the item.
    pub fn roles(&self) -> &[Slot<Id<Role>>] {
        match self {
            Act::Remind(roles) | Act::Notify(roles) => roles,
            Act::Escalate(role) | Act::Reassign(role) | Act::Return(role) => std::slice::from_ref(role),
            Act::Set(..) => &[],
        }
    }
}

/// `when first_touch below 85% for 2 consecutive months`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// The commitment that is watched.
    pub commitment: Slot<Id<Commitment>>,
    /// What is looked for.
    pub kind: PatternKind,
    /// The clause.
    pub span: Span,
}

/// What a pattern looks for.
#[derive(Debug, Clone, PartialEq)]
pub enum PatternKind {
    /// Attainment under a share, in so many periods in a row.
    Below {
        /// Per cent.
        percent: Slot<Decimal>,
        /// How many periods in a row.
        count: u32,
        /// Which periods.
        period: Period,
    },
    /// Missed so often within one period.
    Missed {
        /// How often.
        times: Slot<u32>,
        /// Within which period.
        period: Period,
        /// Whose misses are counted together.
        by: MissedBy,
    },
}

/// Whose misses a pattern counts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissedBy {
    /// Everybody's.
    Anyone,
    /// `by the same owner`.
    SameOwner,
}

/// `then sdr_manager must present "a recovery plan" within 5 business days via exec_mail`.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    /// Who owes it.
    pub actor: Slot<Id<Role>>,
    /// How strongly.
    pub strength: Strength,
    /// What is to be done.
    pub verb: String,
    /// To what, in the author's words.
    pub object: String,
    /// By when, from the moment the pattern shows.
    pub within: Slot<Duration>,
    /// By which channel.
    pub via: Option<Slot<Id<Channel>>>,
    /// The clause.
    pub span: Span,
}
