//! The resolved, typed agreement: what the text means, with every name looked up and every unit known.
//!
//! Plain data. Everything above (`lint`, `targets`, `evaluate`) reads it and nothing writes it after `resolve`.
//! Items live in [`Arena`]s and refer to one another by [`Id`]. A value that the text leaves open (`tbd "..."`) or that
//! could not be resolved is a [`Slot`]; an error for the latter has been reported already, so readers skip it quietly.
//! The model is not `Serialize`: each outer format has structs of its own.

pub mod agreement;
pub mod arena;
pub mod calendar;
pub mod channel;
pub mod children;
pub mod commitment;
pub mod contingency;
pub mod credit;
pub mod definition;
pub mod dispute;
pub mod goal;
pub mod incentive;
pub mod level;
pub mod lifecycle;
pub mod passage;
pub mod predicate;
pub mod record;
pub mod recurrence;
pub mod routing;
pub mod scenario;
pub mod score;
pub mod time;
pub mod waiver;
pub mod words;

use crate::source::Span;

pub use agreement::{Agreement, Effective, Party, Review, Role, Settlement};
pub use arena::{Arena, Id};
pub use calendar::{Calendar, Closure, Exception, Hours};
pub use channel::{Channel, Medium};
pub use children::{Aggregate, AggregateKind, Children};
pub use commitment::{Bound, ClockRule, Commitment, Form, Strength, Subject};
pub use contingency::Contingency;
pub use credit::Credit;
pub use definition::Definition;
pub use dispute::Dispute;
pub use goal::{Funnel, Goal, GoalAmount};
pub use incentive::Incentive;
pub use level::{Level, LevelLimit};
pub use lifecycle::Lifecycle;
pub use passage::{Passage, PassageKind};
pub use predicate::{Constant, Predicate, PredicateKind, Term};
pub use record::{Field, FieldType, Record};
pub use recurrence::{Recurrence, Recurring};
pub use routing::Routing;
pub use scenario::{Scenario, ScenarioStep};
pub use score::Score;
pub use time::{Cadence, Date, Duration, LocalDateTime, Period, TimeOfDay, Unit, Weekday, Zone};
pub use waiver::Waiver;

/// A resolved agreement with everything it uses, from every file it uses.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The agreement itself.
    pub agreement: Agreement,
    /// Organisations.
    pub parties: Arena<Party>,
    /// People or teams that owe duties.
    pub roles: Arena<Role>,
    /// Opening hours.
    pub calendars: Arena<Calendar>,
    /// How notices travel.
    pub channels: Arena<Channel>,
    /// CRM objects and their fields.
    pub records: Arena<Record>,
    /// Points for records.
    pub scores: Arena<Score>,
    /// What the words mean.
    pub definitions: Arena<Definition>,
    /// Who owes what.
    pub commitments: Arena<Commitment>,
    /// What happens when it goes wrong.
    pub contingencies: Arena<Contingency>,
    /// What is excused for a time.
    pub waivers: Arena<Waiver>,
    /// Stages and transitions.
    pub lifecycles: Arena<Lifecycle>,
    /// Examples with expected results.
    pub scenarios: Arena<Scenario>,
    /// What the parties want to reach together.
    pub goals: Arena<Goal>,
    /// Who gets which item.
    pub routings: Arena<Routing>,
    /// Who may say that a verdict is wrong, and who decides.
    pub disputes: Arena<Dispute>,
    /// What is earned by keeping promises.
    pub incentives: Arena<Incentive>,
    /// What is paid when a promise was kept too little.
    pub credits: Arena<Credit>,
    /// Every `tbd` of the agreement and of what it uses, in order of files and places.
    pub open_points: Vec<Tbd>,
    /// Every text in words of the agreement and of what it uses, in order of files and places.
    pub passages: Vec<Passage>,
}

impl Model {
    /// The calendar by which a commitment's business time runs.
    pub fn clock<'a>(&'a self, commitment: &'a Commitment) -> ClockOf<'a> {
        match &commitment.clock {
            ClockRule::Role => ClockOf::EveryItem(self.hours_of_actor(commitment)),
            ClockRule::Calendar(calendar) => ClockOf::EveryItem(Some(calendar)),
            ClockRule::Table(rows) => {
                let catches_all = rows.iter().any(|row| row.when.is_none());
                let role = (!catches_all).then(|| self.hours_of_actor(commitment));
                ClockOf::ByItem(rows.iter().map(|row| Some(&row.calendar)).chain(role).collect())
            }
            ClockRule::Member(_) => {
                let members = commitment.actor.get().map(|role| self.roles[*role].members.as_slice());
                let own = members.unwrap_or_default().iter().map(|member| Some(&member.works));
                ClockOf::ByItem(own.chain([self.hours_of_actor(commitment)]).collect())
            }
        }
    }

    /// The calendar that the role works which owes a commitment. `None`: none is stated.
    pub fn hours_of_actor<'a>(&'a self, commitment: &Commitment) -> Option<&'a Slot<Id<Calendar>>> {
        self.roles[*commitment.actor.get()?].works.as_ref()
    }

    /// The commitments that have priority over another one.
    pub fn priorities_over(&self, id: Id<Commitment>) -> impl Iterator<Item = Id<Commitment>> {
        let is_below = move |c: &Commitment| c.priority_over.iter().any(|slot| slot.get() == Some(&id));
        self.commitments.iter().filter(move |(_, c)| is_below(c)).map(|(above, _)| above)
    }

    /// The exceptions that excuse items of a commitment.
    pub fn waivers_of(&self, id: Id<Commitment>) -> impl Iterator<Item = (Id<Waiver>, &Waiver)> {
        self.waivers.iter().filter(move |(_, w)| w.excuses.iter().any(|slot| slot.get() == Some(&id)))
    }

    /// The record that a subject's items are.
    pub fn record_of(&self, subject: Subject) -> Option<Id<Record>> {
        match subject {
            Subject::Record(record) => Some(record),
            Subject::Definition(definition) => self.definitions[definition].record.get().copied(),
        }
    }

    /// The name and title of a subject.
    pub fn subject_head(&self, subject: Subject) -> &Head {
        match subject {
            Subject::Record(record) => &self.records[record].head,
            Subject::Definition(definition) => &self.definitions[definition].head,
        }
    }
}

/// The calendar by which a commitment's business time runs, where one is stated.
#[derive(Debug, Clone, PartialEq)]
pub enum ClockOf<'a> {
    /// The same for every item: its `clock`, else the calendar its role works. `None`: neither is stated.
    EveryItem(Option<&'a Slot<Id<Calendar>>>),
    /// It depends on the item: one of these.
    ByItem(Vec<Option<&'a Slot<Id<Calendar>>>>),
}

impl ClockOf<'_> {
    /// The calendar of every item, where there is one and it is known.
    pub fn calendar(&self) -> Option<Id<Calendar>> {
        match self {
            ClockOf::EveryItem(calendar) => calendar.and_then(|slot| slot.get().copied()),
            ClockOf::ByItem(_) => None,
        }
    }
}

/// A name as the author wrote it, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The `snake_case` identity.
    pub text: String,
    /// Where it is declared.
    pub span: Span,
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// What every named block has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its identity.
    pub name: Name,
    /// The title in quotes, if one was given.
    pub title: Option<String>,
    /// The whole block, from its keyword to its closing brace.
    pub span: Span,
    /// `note` clauses, in order: Markdown that is part of the agreement.
    pub notes: Vec<String>,
}

impl Head {
    /// The title, or the name in words: `first_touch` gives `First touch`.
    pub fn label(&self) -> String {
        self.title.clone().unwrap_or_else(|| humanise(&self.name.text))
    }
}

/// Words of names that people write in capitals: `mql_at` is `MQL at`.
const ACRONYMS: [&str; 22] = [
    "acv", "api", "arr", "bdr", "ceo", "cfo", "cmo", "coo", "crm", "cro", "csm", "icp", "id", "kpi", "mql",
    "mrr", "roi", "sdr", "sla", "sql", "url", "vp",
];

/// A name in words: `first_touch` gives `First touch`, `mql_at` gives `MQL at`.
pub fn humanise(name: &str) -> String {
    let word = |word: &str| {
        if ACRONYMS.contains(&word) { word.to_ascii_uppercase() } else { word.to_owned() }
    };
    let words = name.split('_').map(word).collect::<Vec<_>>().join(" ");
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// Whether every part of a block could be read and resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Yes.
    Whole,
    /// No, and an error has been reported: checks that count on every part skip it.
    Holed,
}

/// A value that may still be open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot<T> {
    /// Known.
    Set(T),
    /// Left open by the authors with `tbd "..."`.
    Tbd(Tbd),
    /// Could not be resolved. An error has been reported; whoever reads this skips the item.
    Broken,
}

impl<T> Slot<T> {
    /// The value, if it is known.
    pub fn get(&self) -> Option<&T> {
        match self {
            Slot::Set(value) => Some(value),
            Slot::Tbd(_) | Slot::Broken => None,
        }
    }

    /// The open point, if there is one.
    pub fn tbd(&self) -> Option<&Tbd> {
        match self {
            Slot::Tbd(tbd) => Some(tbd),
            Slot::Set(_) | Slot::Broken => None,
        }
    }

    /// True if the value is known.
    pub fn is_set(&self) -> bool {
        self.get().is_some()
    }

    /// The same slot with the value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Slot<U> {
        match self {
            Slot::Set(value) => Slot::Set(change(value)),
            Slot::Tbd(tbd) => Slot::Tbd(tbd),
            Slot::Broken => Slot::Broken,
        }
    }
}

/// `tbd "what is missing"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tbd {
    /// What is missing, in the author's words; empty if none were given.
    pub what: String,
    /// Where it stands.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::humanise;

    #[test]
    fn names_are_put_in_words() {
        for (name, words) in [
            ("first_touch", "First touch"),
            ("mql_at", "MQL at"),
            ("owner_id", "Owner ID"),
            ("identity", "Identity"),
            ("", ""),
        ] {
            assert_eq!(humanise(name), words);
        }
    }
}
