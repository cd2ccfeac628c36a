//! Clauses in words, for comments in the queries.

use crate::model::commitment::QuotaAmount;
use crate::model::{Commitment, Field, Form, Id, LevelLimit, Model, Slot};

/// A commitment in one sentence, in the words of the agreement.
pub(super) fn sentence(model: &Model, commitment: &Commitment) -> String {
    let actor = commitment.actor.get().map_or("somebody", |role| model.roles[*role].head.name.text.as_str());
    let subject = commitment.subject().map_or("item", |s| model.subject_head(s).name.text.as_str());
    let (must, verb) = (commitment.strength.word(), &commitment.verb);
    let field = |slot: &Slot<Id<Field>>| field_name(model, commitment, slot).unwrap_or("?").to_owned();
    match &commitment.form {
        Form::Turnaround(turnaround) => {
            let limits = turnaround.tiers.iter().map(|tier| match tier.limit.get() {
                Some(limit) => format!("within {limit}"),
                None => "within a time still to be decided".to_owned(),
            });
            let limits: Vec<String> = limits.collect();
            let start = field(&turnaround.start);
            format!("{actor} {must} {verb} each {subject} {} of {start}", limits.join(", or "))
        }
        Form::Attempts(attempts) => {
            let times = attempts.times.get().map_or("?".to_owned(), ToString::to_string);
            let limits: Vec<String> =
                attempts.tiers.iter().filter_map(|t| t.limit.get()).map(ToString::to_string).collect();
            let start = field(&attempts.start);
            format!(
                "{actor} {must} {verb} each {subject} at least {times} times within {} of {start}",
                limits.join(", or ")
            )
        }
        Form::Recurring(recurring) => {
            let object = recurring.object.as_ref().map(|o| format!(" \"{o}\"")).unwrap_or_default();
            let when = recurring.recurrence.get().map(ToString::to_string);
            let when = when.unwrap_or_else(|| "at times still to be decided".to_owned());
            format!("{actor} {must} {verb}{object} {when}")
        }
        Form::LeadTime(lead) => {
            let limits: Vec<String> =
                lead.tiers.iter().filter_map(|t| t.limit.get()).map(ToString::to_string).collect();
            let anchor = field(&lead.anchor);
            format!("{actor} {must} {verb} each {subject} at least {} before {anchor}", limits.join(", or "))
        }
        Form::NotBefore(wait) => {
            let limits: Vec<String> =
                wait.tiers.iter().filter_map(|t| t.limit.get()).map(ToString::to_string).collect();
            let start = field(&wait.start);
            format!("{actor} {must} {verb} a {subject} sooner than {} after {start}", limits.join(", or "))
        }
        Form::Permission(_) => format!("{actor} {must} {verb} a {subject}"),
        Form::Quota(quota) => {
            let bound = quota.bound.words();
            let amount = match quota.amount.get() {
                Some(QuotaAmount::Count(n)) => format!("{bound} {n} {subject}"),
                Some(QuotaAmount::Worth { amount, currency, .. }) => {
                    format!("{subject} worth {bound} {currency} {}", amount.normalize())
                }
                None => format!("{bound} a number of {subject} still to be decided"),
            };
            let others = quota.changes.iter().map(|change| {
                let to = change.to.map(|to| format!(" to {to}")).unwrap_or_default();
                match change.amount.get() {
                    Some(QuotaAmount::Count(n)) => format!(", {n} from {}{to}", change.from),
                    Some(QuotaAmount::Worth { amount, currency, .. }) => {
                        format!(", {currency} {} from {}{to}", amount.normalize(), change.from)
                    }
                    None => format!(", another amount from {}{to}", change.from),
                }
            });
            let others: String = others.collect();
            format!("{actor} {must} {verb} {amount} per {}{others}, by {}", quota.per, field(&quota.at))
        }
        Form::Share(share) => {
            let percent = share.percent.get().map_or("?".to_owned(), |p| p.normalize().to_string());
            let bound = share.bound.words();
            format!(
                "{actor} {must} {verb} {bound} {percent}% of {subject} per {}, by {}",
                share.per,
                field(&share.at)
            )
        }
        Form::Level(level) => {
            let limit = match &level.limit {
                LevelLimit::Share(percent) => {
                    let percent = percent.get().map_or("?".to_owned(), |p| p.normalize().to_string());
                    format!("{percent}% of each {}", level.per)
                }
                LevelLimit::Time(time) => {
                    let time =
                        time.get().map_or("a time still to be decided".to_owned(), ToString::to_string);
                    format!("{time} per {}", level.per)
                }
            };
            format!("{actor} {must} {verb} \"{}\" {} {limit}", level.what, level.bound.words())
        }
        Form::Prohibition(prohibition) => {
            let without: Vec<String> = prohibition.without.iter().map(field).collect();
            let without =
                if without.is_empty() { String::new() } else { format!(" without {}", without.join(", ")) };
            format!("{actor} {must} {verb} a {subject}{without}")
        }
    }
}

fn field_name<'m>(model: &'m Model, commitment: &Commitment, slot: &Slot<Id<Field>>) -> Option<&'m str> {
    let record = model.record_of(commitment.subject()?)?;
    Some(&model.records[record].fields[*slot.get()?].name.text)
}

/// What a clause is called: its kind, its name and its title.
pub(super) fn clause(kind: &str, head: &crate::model::Head) -> String {
    match &head.title {
        Some(title) => format!("{kind} {} \"{title}\"", head.name),
        None => format!("{kind} {}", head.name),
    }
}
