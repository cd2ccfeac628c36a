//! Who may say that a verdict is wrong, and who decides.

use super::super::book::Book;
use super::super::document::{Block, Say, listed};
use super::super::words;
use super::clause;
use crate::model::{Dispute, Duration, Slot};

/// The clauses, below the rule for all other disputes.
pub fn clauses(book: &Book<'_>) -> impl Iterator<Item = Block> {
    let disputes = book.model.disputes.iter();
    disputes.map(|(id, dispute)| clause(book, id, &dispute.head, content(book, dispute)))
}

fn content(book: &Book<'_>, dispute: &Dispute) -> Vec<Block> {
    let about = dispute.about.iter().map(|slot| vec![book.commitment_slot(slot)]).collect();
    let say = Say::new("A verdict under ").text(listed(about, "or"));
    let say = match &dispute.raised {
        Some(raised) => {
            let say = say.words(" may be disputed by ").text(book.roles(&raised.by, "or"));
            within(say, raised.within.as_ref(), " of the moment it is known")
        }
        None => say.words(" may be disputed by either side"),
    };
    let mut out = vec![say.words(".").paragraph()];
    if let Some(decided) = &dispute.decided {
        let say = Say::default().and(book.role_slot(&decided.by)).words(" decides");
        let say = within(say, decided.within.as_ref(), " of the dispute being raised");
        let say = match &decided.via {
            Some(via) => say.words(", and says so via ").and(book.channel_slot(via)),
            None => say,
        };
        out.push(say.words(".").paragraph());
    }
    out
}

fn within(say: Say, time: Option<&Slot<Duration>>, of: &str) -> Say {
    match time {
        Some(time) => say.words(" within ").text(words::slot(time, |d| words::duration(*d))).words(of),
        None => say,
    }
}
