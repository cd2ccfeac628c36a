//! The commitments: the sentence that binds, its exact meaning, and what it comes to in dates.

use super::super::book::Book;
use super::super::condition::{exact, phrase};
use super::super::document::{Block, Fact, Inline, Say, Text, listed};
use super::super::prose;
use super::{attempts, clause, lead, level, links, permission, quota, recurring, turnaround, wait};
use crate::evaluate::Gap;
use crate::model::commitment::Prohibition;
use crate::model::{Commitment, Field, Form, Id, Predicate, Record, Slot, Strength, Waiver};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    if book.model.commitments.is_empty() {
        return vec![Block::words("Nobody has promised anything yet.")];
    }
    let allows = book.model.commitments.values().any(|c| c.strength == Strength::May);
    let may = if allows { " “May” allows." } else { "" };
    let mut out = vec![Block::words(format!(
        "Each commitment is a sentence, followed by its exact meaning; where the sentence can be read in two ways, the \
         exact meaning decides. “Must” is owed: a failure is a breach. “Should” is aimed at: a failure is a missed \
         target. “Must not” forbids.{may} An “item” is one of the records that a commitment is about.",
    ))];
    out.extend(
        book.model.commitments.iter().map(|(id, c)| clause(book, id, &c.head, commitment(book, id, c))),
    );
    out
}

fn commitment(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment) -> Vec<Block> {
    let mut out = vec![Block::Sentence(sentence(book, commitment))];
    if let Some(gap) = book.evaluator.gap(id) {
        out.push(Block::Open(vec![open(&gap)]));
    }
    let mut facts = match &commitment.form {
        Form::Turnaround(form) => turnaround::facts(book, id, commitment, form),
        Form::Attempts(form) => attempts::facts(book, id, commitment, form),
        Form::Recurring(form) => recurring::facts(book, id, commitment, form),
        Form::LeadTime(form) => lead::facts(book, id, commitment, form),
        Form::NotBefore(form) => wait::facts(book, id, commitment, form),
        Form::Quota(form) => quota::quota_facts(book, id, commitment, form),
        Form::Share(form) => quota::share_facts(book, id, commitment, form),
        Form::Level(form) => level::facts(book, id, commitment, form),
        Form::Prohibition(form) => prohibition_facts(book, id, commitment, form),
        Form::Permission(form) => permission::facts(book, commitment, form),
    };
    facts.extend(links::provided(book, id, commitment));
    facts.extend(links::priority(book, id, commitment));
    facts.extend(rationale(commitment));
    out.push(Block::Facts(facts));
    if book.evaluator.gap(id).is_none() {
        out.extend(match &commitment.form {
            Form::Turnaround(_) | Form::Attempts(_) => turnaround::examples(book, id, commitment),
            Form::LeadTime(form) => lead::examples(book, id, commitment, form),
            Form::NotBefore(_) => wait::examples(book, id, commitment),
            Form::Quota(form) => quota::quota_example(book, commitment, form),
            Form::Share(form) => quota::share_example(book, commitment, form),
            Form::Level(form) => level::example(book, form),
            Form::Prohibition(_) | Form::Recurring(_) => Vec::new(),
            Form::Permission(form) => permission::examples(book, id, commitment, form),
        });
    }
    out
}

/// Why a commitment cannot be measured yet.
fn open(gap: &Gap) -> Block {
    let gap = gap.to_string();
    let say =
        Say::default().strong("To be decided.").words(" This commitment cannot be measured yet, because ");
    // Names stand between back-ticks.
    let parts = gap.split('`').enumerate();
    let say = parts.fold(say, |say, (i, part)| if i % 2 == 1 { say.code(part) } else { say.words(part) });
    say.words(".").paragraph()
}

/// The sentence that binds.
pub fn sentence(book: &Book<'_>, commitment: &Commitment) -> Text {
    let say = Say::default()
        .and(book.role_slot(&commitment.actor))
        .words(" ")
        .strong(commitment.strength.word())
        .words(format!(" {} ", commitment.verb));
    match &commitment.form {
        Form::Turnaround(form) => turnaround::sentence(book, commitment, form, say),
        Form::Attempts(form) => attempts::sentence(book, commitment, form, say),
        Form::Recurring(form) => recurring::sentence(book, form, say),
        Form::LeadTime(form) => lead::sentence(book, commitment, form, say),
        Form::NotBefore(form) => wait::sentence(book, commitment, form, say),
        Form::Permission(form) => permission::sentence(book, commitment, form, say),
        Form::Quota(form) => quota::quota_sentence(book, commitment, form, say),
        Form::Share(form) => quota::share_sentence(book, commitment, form, say),
        Form::Level(form) => level::sentence(form, say),
        Form::Prohibition(form) => {
            let say = say.words("any ").and(book.subject_of(commitment));
            say.text(forbidden(book, commitment, form)).words(".").end()
        }
    }
}

/// What exactly a prohibition forbids: ` without Reason when Status is rejected`,
/// ` when Status is rejected, unless Reason and Company are filled`.
pub fn forbidden(book: &Book<'_>, commitment: &Commitment, form: &Prohibition) -> Text {
    let without = |say: Say| match form.without.as_slice() {
        [] => say,
        _ => say.words(" ").text(without(book, commitment, form)),
    };
    let when = |say: Say| match &form.when {
        Some(when) => say.words(" when ").text(in_words(book, commitment, when)),
        None => say,
    };
    match form.without.len() {
        0 | 1 => when(without(Say::default())).end(),
        // `unless` opens a clause of its own, which the condition must not end up in.
        _ if form.when.is_some() => without(when(Say::default()).words(",")).end(),
        _ => without(Say::default()).end(),
    }
}

/// A condition over the items of a commitment, within a sentence.
pub fn in_words(book: &Book<'_>, commitment: &Commitment, condition: &Predicate) -> Text {
    match book.record_of(commitment) {
        Some(record) => phrase(book, record, condition).inline(),
        None => vec![Inline::Unknown],
    }
}

/// `without Reason`, `unless Reason and Company are filled`.
fn without(book: &Book<'_>, commitment: &Commitment, form: &Prohibition) -> Text {
    let fields = fields(book, book.record_of(commitment), &form.without, "and");
    if form.without.len() == 1 {
        Say::new("without ").text(fields).end()
    } else {
        Say::new("unless ").text(fields).words(" are filled").end()
    }
}

/// Fields that may be open: `Touched at or Closed at`.
pub fn fields(
    book: &Book<'_>,
    record: Option<Id<Record>>,
    slots: &[Slot<Id<Field>>],
    last_word: &str,
) -> Text {
    listed(slots.iter().map(|slot| vec![book.field_slot(record, slot)]).collect(), last_word)
}

/// A condition as a fact: in words, and exactly where the words are not the whole of it.
pub fn condition(
    book: &Book<'_>,
    record: Option<Id<Record>>,
    predicate: &Predicate,
    lead: Say,
) -> Vec<Block> {
    let Some(record) = record else { return vec![lead.words(" ").and(Inline::Unknown).paragraph()] };
    let mut out = phrase(book, record, predicate).blocks(lead);
    out.push(Block::Remark(Say::new("Exactly: ").code(exact(book.model, record, predicate)).end()));
    out
}

/// When an item is excused.
pub fn excused(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment) -> Fact {
    let mut blocks = match &commitment.excused_when {
        Some(predicate) => {
            let lead = Say::new("It does not count when");
            condition(book, book.record_of(commitment), predicate, lead)
        }
        None => Vec::new(),
    };
    let waiver = |(waiver, content): (_, &Waiver)| {
        let say = Say::default().and(book.waiver(waiver));
        match &content.when {
            Some(when) => say.words(" (only when ").text(in_words(book, commitment, when)).words(")").end(),
            None => say.end(),
        }
    };
    let waivers: Vec<Text> = book.model.waivers_of(id).map(waiver).collect();
    if !waivers.is_empty() {
        let lead = if blocks.is_empty() { "Under " } else { "Also under " };
        blocks.push(Say::new(lead).text(listed(waivers, "and")).words(".").paragraph());
    }
    if blocks.is_empty() {
        let none = match commitment.form {
            Form::Level(_) => "No time is excused.",
            _ => "Nothing excuses an item.",
        };
        blocks.push(Block::words(none));
    }
    Fact { label: "Excused", blocks }
}

fn rationale(commitment: &Commitment) -> Option<Fact> {
    let rationale = commitment.rationale.as_ref()?;
    Some(Fact { label: "Why", blocks: prose::blocks(rationale) })
}

/// What failing means, for the strength of a promise.
pub fn failure(strength: Strength) -> &'static str {
    match strength {
        Strength::Must | Strength::MustNot | Strength::May => "a breach",
        Strength::Should => "a missed target",
    }
}

fn prohibition_facts(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    form: &Prohibition,
) -> Vec<Fact> {
    let record = book.record_of(commitment);
    let mut facts = Vec::new();
    let blocks = match (&form.when, form.without.as_slice()) {
        (Some(when), []) => condition(book, record, when, Say::new("It is broken when")),
        (Some(when), without) => {
            let which = if without.len() == 1 { "" } else { "at least one of " };
            let lead = Say::new(format!("It is broken when {which}"))
                .text(fields(book, record, without, "and"))
                .words(" is empty although");
            condition(book, record, when, lead)
        }
        (None, _) => vec![
            Say::new("Nothing says what an item looks like once it was done, so a breach does not show in the data.")
                .paragraph(),
        ],
    };
    facts.push(Fact { label: "Broken when", blocks });
    let failure = failure(commitment.strength);
    facts.push(Fact::new(
        "What follows",
        Say::new(format!("Each item that breaks it is {failure}. The CRM refuses it where it can.")).end(),
    ));
    facts.push(excused(book, id, commitment));
    facts
}
