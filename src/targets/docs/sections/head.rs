//! The title block, the first notice, and where the document comes from.

use super::super::book::{Book, zone_in_words};
use super::super::document::{Block, Document, Fact, Inline, Say, Section, Text, listed};
use super::super::words;
use crate::config::Config;
use crate::model::Slot;
use crate::worktime::{TimeZone, words as time};

/// The document around its sections.
pub fn document(book: &Book<'_>, config: &Config, sections: Vec<Section>) -> Document {
    Document {
        title: book.model.agreement.head.label(),
        language: config.docs.language.clone().unwrap_or_else(|| "en".to_owned()),
        between: between(book),
        facts: facts(book),
        notice: notice(book),
        sections,
        colophon: colophon(),
    }
}

fn between(book: &Book<'_>) -> Text {
    let party = |slot: &Slot<_>| match slot.get() {
        Some(id) => {
            let label = book.model.parties[*id].head.label();
            vec![Inline::Link(book.anchor_of(*id), vec![Inline::Plain(label)])]
        }
        None => vec![words::open(slot)],
    };
    let parties: Vec<Text> = book.model.agreement.parties.iter().map(party).collect();
    match parties.len() {
        0 => Say::new("The parties are not named.").end(),
        1 => Say::new("An agreement of ").text(listed(parties, "and")).end(),
        _ => Say::new("An agreement between ").text(listed(parties, "and")).end(),
    }
}

fn facts(book: &Book<'_>) -> Vec<Fact> {
    let agreement = &book.model.agreement;
    let mut out = vec![Fact::new("In force", term(book))];
    if let Some(version) = &agreement.version {
        out.push(Fact::new("Version", Say::new(version.clone()).end()));
    }
    let zone = agreement
        .zone
        .as_ref()
        .map_or_else(|| Say::new("no time zone is stated").end(), |z| Say::new(zone_in_words(&z.0)).end());
    out.push(Fact::new("Dates and times", zone));
    if agreement.fiscal_year_starts != 1 {
        let month = time::month(agreement.fiscal_year_starts);
        out.push(Fact::new("Fiscal year", Say::new(format!("starts on 1 {month}")).end()));
    }
    let open = book.model.open_points.len();
    let points = if open == 0 {
        Say::new("none").end()
    } else {
        let link = Inline::Link(
            "section-open".to_owned(),
            vec![Inline::Plain(format!("{open} still to be decided"))],
        );
        vec![link]
    };
    out.push(Fact::new("Open points", points));
    out.push(Fact::new("Short name", Say::default().code(agreement.head.name.text.clone()).end()));
    out
}

/// From when to when it binds, both days included.
pub fn term(book: &Book<'_>) -> Text {
    let Some(effective) = &book.model.agreement.effective else {
        return Say::new("not stated").end();
    };
    match (effective.from.get(), &effective.to) {
        (Some(from), Some(Slot::Set(to))) => {
            Say::new(time::dates(*from, *to)).words(", both days included").end()
        }
        (Some(from), None) => Say::new(format!("from {} until further notice", time::date(*from))).end(),
        (_, to) => {
            let from = words::slot(&effective.from, |d| time::date(*d));
            let say = Say::new("from ").text(from);
            match to {
                Some(to) => say.words(" to ").text(words::slot(to, |d| time::date(*d))).end(),
                None => say.words(" until further notice").end(),
            }
        }
    }
}

fn notice(book: &Book<'_>) -> Option<Vec<Block>> {
    let not_ready = Say::default().strong("Not ready to be signed.");
    let open = book.model.open_points.len();
    if open > 0 {
        let link = Inline::Link("section-open".to_owned(), vec![Inline::Plain("open points".to_owned())]);
        let (is, marked) = if open == 1 { ("is", "It is marked") } else { ("are", "They are marked") };
        let points = words::count(open, "point");
        let say = not_ready
            .words(format!(
                " {points} {is} still to be decided. {marked} where it matters, and listed under "
            ))
            .and(link)
            .words(".");
        return Some(vec![say.paragraph()]);
    }
    let unmeasured = book.model.commitments.ids().filter(|id| book.evaluator.gap(*id).is_some()).count();
    let say = match unmeasured {
        0 => return None,
        1 => not_ready.words(" 1 commitment cannot be measured yet. It says why."),
        n => not_ready.words(format!(" {n} commitments cannot be measured yet. Each says why.")),
    };
    Some(vec![say.paragraph()])
}

fn colophon() -> Text {
    Say::new("This document is made by Clausal from the agreement’s source. To change it, change the source. Dates are computed with edition ")
        .words(TimeZone::edition())
        .words(" of the time zone database.")
        .end()
}
