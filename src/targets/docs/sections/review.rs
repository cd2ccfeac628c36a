//! Why the agreement exists, what is still open, how it is looked at again, who decides a dispute, and who signs.

use super::super::book::Book;
use super::super::document::{Block, Fact, Inline, Say, Signature};
use super::super::{prose, words};
use super::{disputes, notes};
use crate::model::{Id, Party, Slot};
use crate::worktime::words as time;

/// Why the agreement exists.
pub fn purpose(book: &Book<'_>) -> Vec<Block> {
    let agreement = &book.model.agreement;
    let mut out = match &agreement.purpose {
        Some(Slot::Set(purpose)) => prose::blocks(purpose),
        Some(other) => vec![Say::default().and(words::open(other)).paragraph()],
        None => Vec::new(),
    };
    out.extend(notes(&agreement.head.notes));
    out
}

/// What is still to be decided.
pub fn open_points(book: &Book<'_>) -> Vec<Block> {
    let points = &book.model.open_points;
    if points.is_empty() {
        return Vec::new();
    }
    let point = |tbd: &crate::model::Tbd| {
        let what = Inline::Open(tbd.what.clone());
        let place = book.around(tbd.span);
        let say = Say::default().and(what);
        let say = match place {
            Some(place) => say.words(" – in ").and(place),
            None => say.words(" – in the agreement itself"),
        };
        vec![say.paragraph()]
    };
    vec![
        Block::words(
            "These points are still to be decided. Until then the clauses that need them cannot be measured.",
        ),
        Block::Numbered(points.iter().map(point).collect()),
    ]
}

/// How it is looked at again, and who decides a dispute.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    let agreement = &book.model.agreement;
    let mut facts = Vec::new();
    if let Some(review) = &agreement.review {
        let say =
            Say::new("This agreement is reviewed ").text(words::slot(&review.every, |c| words::cadence(*c)));
        let say = match &review.led_by {
            Some(role) => say.words(", led by ").and(book.role_slot(role)),
            None => say,
        };
        let say = match &review.next {
            Some(next) => say.words("; the next time on ").text(words::slot(next, |d| time::day(*d))),
            None => say,
        };
        facts.push(Fact::new("Review", say.words(".").end()));
    }
    if let Some(settlement) = &agreement.settlement {
        let say =
            Say::new("When the parties disagree, ").and(book.role_slot(&settlement.by)).words(" decides");
        let say = match &settlement.within {
            Some(within) => {
                let within = words::slot(within, |d| words::duration(*d));
                let say = say.words(" within ").text(within).words(" of the dispute being raised");
                let works = settlement.by.get().and_then(|role| book.model.roles[*role].works.as_ref());
                match works.and_then(|slot| slot.get()) {
                    Some(calendar) => say.words(", by the calendar ").and(book.calendar(*calendar)),
                    None => say,
                }
            }
            None => say,
        };
        facts.push(Fact::new("Disputes", say.words(". A dispute names the clause it is about.").end()));
    }
    let facts = if facts.is_empty() { None } else { Some(Block::Facts(facts)) };
    facts.into_iter().chain(disputes::clauses(book)).collect()
}

/// Where the parties sign.
pub fn signatures(book: &Book<'_>) -> Vec<Block> {
    let ids: Vec<Id<Party>> =
        book.model.agreement.parties.iter().filter_map(|slot| slot.get().copied()).collect();
    if ids.is_empty() {
        return vec![Block::words("The parties who sign are not named yet.")];
    }
    let mut out = Vec::new();
    let open = book.model.open_points.len();
    if open > 0 {
        out.push(Block::Open(vec![
            Say::default()
                .strong("Not yet.")
                .words(format!(" {} still to be decided: ", words::count(open, "point")))
                .and(Inline::Link("section-open".to_owned(), vec![Inline::Plain("open points".to_owned())]))
                .words(".")
                .paragraph(),
        ]));
    }
    let title = book.model.agreement.head.label();
    let say = Say::new("By signing, the parties agree to ").strong(title);
    let say = match &book.model.agreement.version {
        Some(version) => say.words(format!(", version {version},")),
        None => say,
    };
    out.push(say.words(" in every section of this document.").paragraph());
    let signature = |id: Id<Party>| {
        let party = &book.model.parties[id];
        let signatory = party.signatory.as_ref();
        Signature {
            party: party.head.label(),
            signatory: signatory.map_or_else(Vec::new, |s| words::slot(s, String::clone)),
        }
    };
    out.push(Block::Signatures(ids.into_iter().map(signature).collect()));
    out
}
