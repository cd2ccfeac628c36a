//! What every section needs at hand: the model, who answers questions about it, and where everything is found.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Inline, Say, Text};
use super::words;
use crate::evaluate::Evaluator;
use crate::model::{
    Calendar, Channel, Commitment, Contingency, Credit, Definition, Dispute, Field, Goal, Head, Id,
    Incentive, Lifecycle, Model, Party, Record, Role, Routing, Score, Slot, Subject, Waiver,
};
use crate::worktime::{OpenHours, TimeZone};

/// The model with an anchor for everything in it.
pub struct Book<'m> {
    /// The agreement.
    pub model: &'m Model,
    /// Answers questions; the moment it was made for is of no meaning here.
    pub evaluator: Evaluator<'m>,
    anchors: BTreeMap<Place, String>,
    /// Numbers of clauses, filled before anything is written.
    numbers: BTreeMap<Place, String>,
}

/// Something with an anchor, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A party.
    Party(usize),
    /// A role.
    Role(usize),
    /// A calendar.
    Calendar(usize),
    /// A channel.
    Channel(usize),
    /// A record.
    Record(usize),
    /// A field of a record.
    Field(usize, usize),
    /// A score.
    Score(usize),
    /// A definition.
    Definition(usize),
    /// A commitment.
    Commitment(usize),
    /// A contingency.
    Contingency(usize),
    /// A lifecycle.
    Lifecycle(usize),
    /// A goal.
    Goal(usize),
    /// An exception.
    Waiver(usize),
    /// A routing.
    Routing(usize),
    /// A dispute.
    Dispute(usize),
    /// An incentive.
    Incentive(usize),
    /// A credit.
    Credit(usize),
    /// A scenario.
    Scenario(usize),
}

/// Kinds of things with an anchor.
pub trait Placed {
    /// The place of one.
    fn place(index: usize) -> Place;
}

macro_rules! placed {
    ($($kind:ident),*) => { $(impl Placed for $kind {
        fn place(index: usize) -> Place {
            Place::$kind(index)
        }
    })* };
}
placed!(
    Party,
    Role,
    Calendar,
    Channel,
    Record,
    Score,
    Definition,
    Commitment,
    Contingency,
    Lifecycle,
    Goal,
    Routing,
    Dispute,
    Incentive,
    Credit,
    Waiver
);

impl<'m> Book<'m> {
    /// A book about an agreement.
    pub fn new(model: &'m Model) -> Self {
        let evaluator = Evaluator::new(model, crate::worktime::Instant::MIN);
        Book { model, evaluator, anchors: anchors(model), numbers: BTreeMap::new() }
    }

    /// Gives the clauses of a section their numbers.
    pub fn number<T: Placed>(&mut self, section: usize, ids: impl Iterator<Item = Id<T>>) {
        self.number_from(section, 0, ids);
    }

    /// The same behind clauses that have numbers already.
    pub fn number_from<T: Placed>(&mut self, section: usize, taken: usize, ids: impl Iterator<Item = Id<T>>) {
        for (i, id) in ids.enumerate() {
            self.numbers.insert(T::place(id.index()), format!("{section}.{}", taken + i + 1));
        }
    }

    /// Gives the examples their numbers.
    pub fn number_scenarios(&mut self, section: usize) {
        for i in 0..self.model.scenarios.len() {
            self.numbers.insert(Place::Scenario(i), format!("{section}.{}", i + 1));
        }
    }

    /// The number of a clause; empty for what has none.
    pub fn number_of(&self, place: Place) -> String {
        self.numbers.get(&place).cloned().unwrap_or_default()
    }

    /// The anchor of a place.
    pub fn anchor(&self, place: Place) -> String {
        self.anchors.get(&place).cloned().unwrap_or_default()
    }

    /// The anchor of a thing.
    pub fn anchor_of<T: Placed>(&self, id: Id<T>) -> String {
        self.anchor(T::place(id.index()))
    }

    fn link<T: Placed>(&self, id: Id<T>, words: impl Into<String>) -> Inline {
        Inline::Link(self.anchor_of(id), vec![Inline::Plain(words.into())])
    }

    /// A role, linked.
    pub fn role(&self, id: Id<Role>) -> Inline {
        self.link(id, self.model.roles[id].head.label())
    }

    /// A role that may be open.
    pub fn role_slot(&self, slot: &Slot<Id<Role>>) -> Inline {
        slot.get().map_or_else(|| words::open(slot), |id| self.role(*id))
    }

    /// Several roles: `SDR and SDR manager`.
    pub fn roles(&self, slots: &[Slot<Id<Role>>], last_word: &str) -> Text {
        let names = slots.iter().map(|slot| vec![self.role_slot(slot)]).collect();
        super::document::listed(names, last_word)
    }

    /// A channel that may be open.
    pub fn channel_slot(&self, slot: &Slot<Id<Channel>>) -> Inline {
        slot.get()
            .map_or_else(|| words::open(slot), |id| self.link(*id, self.model.channels[*id].head.label()))
    }

    /// A calendar, linked.
    pub fn calendar(&self, id: Id<Calendar>) -> Inline {
        self.link(id, self.model.calendars[id].head.label())
    }

    /// A calendar that may be open.
    pub fn calendar_slot(&self, slot: &Slot<Id<Calendar>>) -> Inline {
        slot.get().map_or_else(|| words::open(slot), |id| self.calendar(*id))
    }

    /// A commitment, linked.
    pub fn commitment(&self, id: Id<Commitment>) -> Inline {
        self.link(id, self.model.commitments[id].head.label())
    }

    /// A commitment that may be open.
    pub fn commitment_slot(&self, slot: &Slot<Id<Commitment>>) -> Inline {
        slot.get().map_or_else(|| words::open(slot), |id| self.commitment(*id))
    }

    /// A definition, linked.
    pub fn definition(&self, id: Id<Definition>) -> Inline {
        self.link(id, self.model.definitions[id].head.label())
    }

    /// A score, linked.
    pub fn score(&self, id: Id<Score>) -> Inline {
        self.link(id, self.model.scores[id].head.label())
    }

    /// A credit, linked.
    pub fn credit(&self, id: Id<Credit>) -> Inline {
        self.link(id, self.model.credits[id].head.label())
    }

    /// A routing, linked.
    pub fn routing(&self, id: Id<Routing>) -> Inline {
        self.link(id, self.model.routings[id].head.label())
    }

    /// A record, linked.
    pub fn record(&self, id: Id<Record>) -> Inline {
        self.link(id, self.model.records[id].head.label())
    }

    /// A field, linked.
    pub fn field(&self, record: Id<Record>, field: Id<Field>) -> Inline {
        let label = self.model.records[record].fields[field].label();
        let anchor = self.anchor(Place::Field(record.index(), field.index()));
        Inline::Link(anchor, vec![Inline::Plain(label)])
    }

    /// A field that may be open, of a record that may not be known.
    pub fn field_slot(&self, record: Option<Id<Record>>, slot: &Slot<Id<Field>>) -> Inline {
        match (record, slot.get()) {
            (Some(record), Some(field)) => self.field(record, *field),
            _ => words::open(slot),
        }
    }

    /// An exception, by its label.
    pub fn waiver(&self, id: Id<Waiver>) -> Inline {
        self.link(id, self.model.waivers[id].head.label())
    }

    /// What a commitment is about, in the singular.
    pub fn subject(&self, subject: Subject) -> Inline {
        match subject {
            Subject::Definition(id) => self.definition(id),
            Subject::Record(id) => self.record(id),
        }
    }

    /// The same in the plural.
    pub fn subjects(&self, subject: Subject) -> Inline {
        let label = words::plural(&self.model.subject_head(subject).label());
        match subject {
            Subject::Definition(id) => self.link(id, label),
            Subject::Record(id) => self.link(id, label),
        }
    }

    /// What a commitment is about, where it may be open.
    pub fn subject_slot(&self, slot: &Slot<Subject>) -> Inline {
        slot.get().map_or_else(|| words::open(slot), |subject| self.subject(*subject))
    }

    /// The items of a commitment, in the singular. Only what recurs has none.
    pub fn subject_of(&self, commitment: &Commitment) -> Inline {
        commitment.subject.as_ref().map_or(Inline::Unknown, |slot| self.subject_slot(slot))
    }

    /// The same in the plural.
    pub fn subjects_of(&self, commitment: &Commitment) -> Inline {
        commitment.subject().map_or_else(|| self.subject_of(commitment), |subject| self.subjects(subject))
    }

    /// A subject in the plural, where it may be open.
    pub fn subjects_slot(&self, slot: &Slot<Subject>) -> Inline {
        slot.get().map_or_else(|| words::open(slot), |subject| self.subjects(*subject))
    }

    /// The name of a subject, for running text without a link: `MQL`, `Marketing-qualified lead`.
    pub fn subject_label(&self, subject: Subject) -> String {
        self.model.subject_head(subject).label()
    }

    /// The record a commitment's items are.
    pub fn record_of(&self, commitment: &Commitment) -> Option<Id<Record>> {
        commitment.subject().and_then(|subject| self.model.record_of(subject))
    }

    /// The zone of the agreement.
    pub fn zone(&self) -> Option<&TimeZone> {
        self.evaluator.zone()
    }

    /// The hours a role works, where they are known.
    pub fn hours_of(&self, role: Id<Role>) -> Option<&OpenHours> {
        self.evaluator.hours(*self.model.roles[role].works.as_ref()?.get()?)
    }

    /// A clause where an open point stands: its title and anchor.
    pub fn around(&self, span: crate::source::Span) -> Option<Inline> {
        let inside = |head: &Head| {
            head.span.file == span.file
                && head.span.range().start <= span.range().start
                && span.range().end <= head.span.range().end
        };
        let m = self.model;
        let found =
            find(m.commitments.iter().map(|(id, c)| (id, &c.head)), inside).map(|id| self.commitment(id));
        found
            .or_else(|| {
                find(m.definitions.iter().map(|(i, d)| (i, &d.head)), inside).map(|i| self.definition(i))
            })
            .or_else(|| find(m.scores.iter().map(|(i, s)| (i, &s.head)), inside).map(|i| self.score(i)))
            .or_else(|| find(m.roles.iter().map(|(i, r)| (i, &r.head)), inside).map(|i| self.role(i)))
            .or_else(|| find(m.calendars.iter().map(|(i, c)| (i, &c.head)), inside).map(|i| self.calendar(i)))
            .or_else(|| find(m.records.iter().map(|(i, r)| (i, &r.head)), inside).map(|i| self.record(i)))
            .or_else(|| {
                find(m.channels.iter().map(|(i, c)| (i, &c.head)), inside)
                    .map(|i| self.link(i, m.channels[i].head.label()))
            })
            .or_else(|| {
                find(m.contingencies.iter().map(|(i, c)| (i, &c.head)), inside)
                    .map(|i| self.link(i, m.contingencies[i].head.label()))
            })
            .or_else(|| {
                find(m.lifecycles.iter().map(|(i, l)| (i, &l.head)), inside)
                    .map(|i| self.link(i, m.lifecycles[i].head.label()))
            })
            .or_else(|| {
                find(m.goals.iter().map(|(i, g)| (i, &g.head)), inside)
                    .map(|i| self.link(i, m.goals[i].head.label()))
            })
            .or_else(|| find(m.routings.iter().map(|(i, r)| (i, &r.head)), inside).map(|i| self.routing(i)))
            .or_else(|| {
                find(m.disputes.iter().map(|(i, d)| (i, &d.head)), inside)
                    .map(|i| self.link(i, m.disputes[i].head.label()))
            })
            .or_else(|| {
                find(m.incentives.iter().map(|(i, x)| (i, &x.head)), inside)
                    .map(|i| self.link(i, m.incentives[i].head.label()))
            })
            .or_else(|| find(m.credits.iter().map(|(i, c)| (i, &c.head)), inside).map(|i| self.credit(i)))
            .or_else(|| {
                find(m.waivers.iter().map(|(i, w)| (i, &w.head)), inside)
                    .map(|i| self.link(i, m.waivers[i].head.label()))
            })
            .or_else(|| {
                find(m.parties.iter().map(|(i, p)| (i, &p.head)), inside)
                    .map(|i| self.link(i, m.parties[i].head.label()))
            })
    }

    /// The calendar of a commitment with its hours in words.
    pub fn calendar_in_words(&self, id: Id<Calendar>) -> Text {
        let calendar = &self.model.calendars[id];
        let say = Say::default().and(self.calendar(id));
        let hours = words::en_dashes(&crate::worktime::words::weekly(&calendar.weekly));
        let hours =
            if calendar.seasons.is_empty() { hours } else { format!("{hours} (other hours by season)") };
        match &calendar.zone {
            Slot::Set(zone) => say.words(format!(": {hours}, {}", zone_in_words(&zone.0))).end(),
            open => say.words(format!(": {hours}, ")).and(words::open(open)).end(),
        }
    }
}

/// `New York time (America/New_York)`.
pub fn zone_in_words(zone: &str) -> String {
    match zone.rsplit_once('/') {
        Some((area, city)) if area != "Etc" => format!("{} time ({zone})", city.replace('_', " ")),
        _ => zone.to_owned(),
    }
}

fn find<'h, T>(
    heads: impl Iterator<Item = (Id<T>, &'h Head)>,
    inside: impl Fn(&Head) -> bool,
) -> Option<Id<T>> {
    heads.into_iter().find(|(_, head)| inside(head)).map(|(id, _)| id)
}

fn anchors(model: &Model) -> BTreeMap<Place, String> {
    let mut names = Anchors::default();
    let m = model;
    m.parties.iter().for_each(|(id, x)| names.add(Place::Party(id.index()), "party", &x.head.name.text));
    m.roles.iter().for_each(|(id, x)| names.add(Place::Role(id.index()), "role", &x.head.name.text));
    m.calendars
        .iter()
        .for_each(|(id, x)| names.add(Place::Calendar(id.index()), "calendar", &x.head.name.text));
    m.channels.iter().for_each(|(id, x)| names.add(Place::Channel(id.index()), "channel", &x.head.name.text));
    for (id, record) in m.records.iter() {
        let name = &record.head.name.text;
        names.add(Place::Record(id.index()), "record", name);
        for (field, x) in record.fields.iter() {
            names.add(Place::Field(id.index(), field.index()), "field", &format!("{name}-{}", x.name.text));
        }
    }
    m.definitions.iter().for_each(|(id, x)| {
        names.add(Place::Definition(id.index()), "definition", &x.head.name.text);
    });
    m.scores.iter().for_each(|(id, x)| names.add(Place::Score(id.index()), "score", &x.head.name.text));
    m.commitments.iter().for_each(|(id, x)| {
        names.add(Place::Commitment(id.index()), "commitment", &x.head.name.text);
    });
    m.contingencies.iter().for_each(|(id, x)| {
        names.add(Place::Contingency(id.index()), "contingency", &x.head.name.text);
    });
    m.lifecycles.iter().for_each(|(id, x)| {
        names.add(Place::Lifecycle(id.index()), "lifecycle", &x.head.name.text);
    });
    m.routings.iter().for_each(|(id, x)| names.add(Place::Routing(id.index()), "routing", &x.head.name.text));
    m.disputes.iter().for_each(|(id, x)| names.add(Place::Dispute(id.index()), "dispute", &x.head.name.text));
    m.incentives
        .iter()
        .for_each(|(id, x)| names.add(Place::Incentive(id.index()), "incentive", &x.head.name.text));
    m.credits.iter().for_each(|(id, x)| names.add(Place::Credit(id.index()), "credit", &x.head.name.text));
    m.goals.iter().for_each(|(id, x)| names.add(Place::Goal(id.index()), "goal", &x.head.name.text));
    m.waivers.iter().for_each(|(id, x)| names.add(Place::Waiver(id.index()), "exception", &x.head.name.text));
    m.scenarios.iter().for_each(|(id, x)| names.add(Place::Scenario(id.index()), "example", &x.title));
    names.by_place
}

/// Anchors, each given once.
#[derive(Debug, Default)]
pub struct Anchors {
    by_place: BTreeMap<Place, String>,
    given: BTreeSet<String>,
}

impl Anchors {
    fn add(&mut self, place: Place, kind: &str, name: &str) {
        let anchor = self.unique(&format!("{kind}-{}", slug(name)));
        self.by_place.insert(place, anchor);
    }

    /// The anchor, with a number behind it if it was given before.
    pub fn unique(&mut self, wanted: &str) -> String {
        let mut anchor = wanted.to_owned();
        let mut n = 2;
        while !self.given.insert(anchor.clone()) {
            anchor = format!("{wanted}-{n}");
            n += 1;
        }
        anchor
    }
}

/// A name as part of an anchor: letters, digits and `_` as they are, anything else one dash; at most 60 characters.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().take(60) {
        if c.is_alphanumeric() || c == '_' {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}
