//! The one name space of an agreement: declaring and looking up.
//!
//! Names are identity: documents, CRM fields and queries refer to them. So a name stands for one thing only, whatever
//! kind of block declares it.

mod blocks;
mod find;
mod missed;

use super::Resolver;
use crate::model::{
    Calendar, Channel, Commitment, Contingency, Credit, Definition, Lifecycle, Party, Record, Role, Routing,
    Score, Tbd,
};
use crate::source::Span;
use crate::syntax::ast;

pub(super) use blocks::{Blocks, Entry, head};

/// Rule: a name that nothing declares, or that is the name of another kind of thing.
pub(super) const UNDEFINED: &str = "undefined-name";
/// Rule: a name declared twice.
pub(super) const DUPLICATE: &str = "duplicate-name";

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Symbol {
    pub kind: Kind,
    /// Where it is declared.
    pub span: Span,
    /// Which of its kind it is.
    index: usize,
    /// Whether it is declared once.
    count: Count,
}

/// How often a name is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Once,
    /// Which declaration is meant is a guess.
    Several,
}

/// The kinds of things that have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
    Goal,
    Routing,
    Dispute,
    Incentive,
    Credit,
    /// A block that could not be read: it may be anything.
    Lost,
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Kind::Agreement => "an agreement",
            Kind::Party => "a party",
            Kind::Role => "a role",
            Kind::Calendar => "a calendar",
            Kind::Channel => "a channel",
            Kind::Record => "a record",
            Kind::Score => "a score",
            Kind::Definition => "a definition",
            Kind::Commitment => "a commitment",
            Kind::Contingency => "a contingency",
            Kind::Exception => "an exception",
            Kind::Lifecycle => "a lifecycle",
            Kind::Goal => "a goal",
            Kind::Routing => "a routing",
            Kind::Dispute => "a dispute",
            Kind::Incentive => "an incentive",
            Kind::Credit => "a credit",
            Kind::Lost => "a block that cannot be read",
        }
    }

    /// The block that would declare one.
    fn block(self) -> &'static str {
        self.words().split_once(' ').map_or("block", |(_, word)| word)
    }
}

/// A type that has a name of its own, and its kind.
pub(super) trait Named {
    const KIND: Kind;
}

macro_rules! named {
    ($($ty:ty => $kind:ident),* $(,)?) => {
        $(impl Named for $ty { const KIND: Kind = Kind::$kind; })*
    };
}
named! {
    Party => Party, Role => Role, Calendar => Calendar, Channel => Channel, Record => Record, Score => Score,
    Definition => Definition, Commitment => Commitment, Contingency => Contingency, Lifecycle => Lifecycle,
    Routing => Routing, Credit => Credit,
}

impl Resolver<'_> {
    /// Notes an open point.
    pub(super) fn open_point(&mut self, tbd: &ast::Tbd) -> Tbd {
        let tbd = Tbd { what: tbd.what.clone().unwrap_or_default(), span: tbd.span };
        self.open_points.push(tbd.clone());
        tbd
    }
}
