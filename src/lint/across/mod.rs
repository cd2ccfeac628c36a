//! Two agreements of one project against each other: the promises of one beside those of the other, and words that both
//! declare.
//!
//! They are read as one agreement (`project::Joined`), whose term is the time in which both hold. The rules that compare
//! two promises of one agreement run on it as they are, on pairs with one promise of each ([`Across::parts`]): so the same
//! work means the same thing within a page and between two. [`unite`] makes one thing of what both declare alike, where that
//! is proved.

mod fields;
mod roles;
mod same;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use fields::{Disagreement, disagreements};
pub(super) use roles::facts;
pub use same::unite;
pub(super) use same::{alike, open_moments};

use super::rules::ALL;
use super::{Context, Stage};
use crate::diagnostic::Diagnostic;
use crate::model::{Agreement, Arena, Commitment, Effective, Head, Id, Model, Slot, Zone};
use crate::source::FileId;

/// Rules that compare two promises of one agreement, and as well one of each of two.
const OF_PAIRS: [&str; 4] =
    ["different-starts", "different-targets", "duty-vs-prohibition", "incompatible-deadlines"];

/// Two agreements that are checked against each other.
#[derive(Debug)]
pub struct Across<'a> {
    /// The files that only the first one, and that only the second one reaches.
    own: &'a [BTreeSet<FileId>; 2],
    /// The names of the records that both declare, and that were joined.
    records: &'a BTreeSet<String>,
    agreements: [&'a Agreement; 2],
}

impl<'a> Across<'a> {
    /// Two agreements, with the files that are each one's own, and the records that were joined.
    pub fn new(
        own: &'a [BTreeSet<FileId>; 2],
        records: &'a BTreeSet<String>,
        agreements: [&'a Agreement; 2],
    ) -> Across<'a> {
        Across { own, records, agreements }
    }

    /// What two promises have in common only because both agreements call it so.
    pub(super) fn assumption(&self, model: &Model, [a, b]: [&Commitment; 2]) -> Option<String> {
        let role = |of: &Commitment| of.actor.get().map(|role| &model.roles[*role].head);
        let role =
            role(a).zip(role(b)).filter(|(one, other)| one.name.text == other.name.text && one != other);
        let record = a.subject().and_then(|subject| model.record_of(subject));
        let record =
            record.map(|record| &model.records[record].head).filter(|r| self.records.contains(&r.name.text));
        let names: Vec<&str> = role
            .map(|(role, _)| role)
            .into_iter()
            .chain(record)
            .map(|head| head.name.text.as_str())
            .collect();
        let each = match names.len() {
            0 => return None,
            1 => "it is taken to be",
            _ => "each is taken to be",
        };
        Some(format!(
            "Both pages declare {}: {each} one and the same.",
            crate::diagnostic::names(&names, "and")
        ))
    }

    /// Which of the two declares something; `None` if both have it from one place.
    fn side(&self, head: &Head) -> Option<usize> {
        self.own.iter().position(|files| files.contains(&head.name.span.file))
    }

    /// Whether one thing is of one of the two, and the other of the other.
    pub(super) fn parts(&self, a: &Head, b: &Head) -> bool {
        matches!((self.side(a), self.side(b)), (Some(one), Some(other)) if one != other)
    }

    /// The name of something, with its agreement.
    pub(super) fn called(&self, head: &Head) -> String {
        match self.side(head) {
            Some(side) => format!("`{}` of `{}`", head.name, self.name(side)),
            None => format!("`{}`", head.name),
        }
    }

    /// What an agreement is called.
    pub(super) fn name(&self, side: usize) -> &str {
        self.agreements.get(side).map_or("", |agreement| &agreement.head.name.text)
    }

    /// What both declare by the same name, the first one's first.
    pub(super) fn pairs<T>(&self, all: &Arena<T>, head: impl Fn(&T) -> &Head + Copy) -> Vec<(Id<T>, Id<T>)> {
        pairs(self.own, all, head)
    }
}

/// What both of two agreements declare by the same name.
fn pairs<T>(
    own: &[BTreeSet<FileId>; 2],
    all: &Arena<T>,
    head: impl Fn(&T) -> &Head + Copy,
) -> Vec<(Id<T>, Id<T>)> {
    let of = |side: usize| {
        let of_side = move |(_, item): &(Id<T>, &T)| own[side].contains(&head(item).name.span.file);
        all.iter().filter(of_side)
    };
    let first: BTreeMap<&str, Id<T>> = of(0).map(|(id, item)| (head(item).name.text.as_str(), id)).collect();
    of(1).filter_map(|(id, item)| Some((*first.get(head(item).name.text.as_str())?, id))).collect()
}

/// What two agreements have in common: the time in which both hold, and the zone that both have.
#[derive(Debug, Clone)]
pub struct Common {
    effective: Option<Effective>,
    zone: Option<Zone>,
}

/// When both of two agreements hold. `None`: never, or that is still open.
pub fn common_term([first, second]: [&Agreement; 2]) -> Option<Common> {
    // Days of two zones are not the same days: what asks for the zone is then not judged.
    let zone = first.zone.clone().filter(|zone| second.zone.as_ref() == Some(zone));
    let effective = match (&first.effective, &second.effective) {
        // Without a word about its term, an agreement holds at any time.
        (None, other) | (other, None) => other.clone(),
        (Some(one), Some(other)) => {
            let ((from, to), (other_from, other_to)) = (one.term()?, other.term()?);
            let from = from.max(other_from);
            let to = [to, other_to].into_iter().flatten().min();
            if to.is_some_and(|to| to < from) {
                return None;
            }
            Some(Effective { from: Slot::Set(from), to: to.map(Slot::Set), span: one.span })
        }
    };
    Some(Common { effective, zone })
}

/// Runs the checks that hold two agreements against each other.
pub fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for rule in ALL {
        match rule.stage {
            Stage::Comparing(check) => check(context, &mut out),
            Stage::Checking(check) if OF_PAIRS.contains(&rule.name) => check(context, &mut out),
            _ => {}
        }
    }
    out
}
