//! Disputes: who may say that a verdict is wrong, and who decides.

use super::{Channel, Commitment, Duration, Head, Id, Role, Slot};
use crate::source::Span;

/// A `dispute` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispute {
    /// Name, title, place, notes.
    pub head: Head,
    /// The commitments whose verdicts it is about.
    pub about: Vec<Slot<Id<Commitment>>>,
    /// Who may raise it; `None`: it is not said.
    pub raised: Option<Raised>,
    /// Who decides.
    pub decided: Option<Decided>,
}

/// `raised by sdr, demand_gen within 5 business days`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// Who.
    pub by: Vec<Slot<Id<Role>>>,
    /// By when, from the moment the verdict is known.
    pub within: Option<Slot<Duration>>,
    /// The clause.
    pub span: Span,
}

/// `decided by revops within 3 business days via exec_mail`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Who.
    pub by: Slot<Id<Role>>,
    /// By when, from the moment it was raised.
    pub within: Option<Slot<Duration>>,
    /// By which channel.
    pub via: Option<Slot<Id<Channel>>>,
    /// The clause.
    pub span: Span,
}
