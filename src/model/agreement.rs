//! The agreement itself, its parties and its roles.

use super::{Cadence, Calendar, Date, Duration, Head, Id, Period, Slot, Subject, Zone};
use crate::source::Span;

/// The `agreement` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Name, title, place, notes.
    pub head: Head,
    /// Who signs, in the order given.
    pub parties: Vec<Slot<Id<Party>>>,
    /// From when to when it binds. `None`: the text does not say.
    pub effective: Option<Effective>,
    /// Why it exists.
    pub purpose: Option<Slot<String>>,
    /// When it is looked at again.
    pub review: Option<Review>,
    /// Who decides when the parties disagree.
    pub settlement: Option<Settlement>,
    /// The version the authors gave it.
    pub version: Option<String>,
    /// The zone of its dates and periods: stated, or the one zone that all its calendars share.
    pub zone: Option<Zone>,
    /// First month of the fiscal year, 1 to 12; January unless stated.
    pub fiscal_year_starts: u8,
}

/// `effective FROM [to TO]`. Both days are included, in the agreement's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// First day.
    pub from: Slot<Date>,
    /// Last day; `None` when the agreement runs until further notice.
    pub to: Option<Slot<Date>>,
    /// The clause.
    pub span: Span,
}

impl Effective {
    /// The first day, and the last one unless it runs until further notice. `None` while one of them is open.
    pub fn term(&self) -> Option<(Date, Option<Date>)> {
        let from = *self.from.get()?;
        match &self.to {
            Some(to) => Some((from, Some(*to.get()?))),
            None => Some((from, None)),
        }
    }
}

/// `review every quarter led by revops next 2026-04-01`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How often.
    pub every: Slot<Cadence>,
    /// Who leads it.
    pub led_by: Option<Slot<Id<Role>>>,
    /// When the next one is due.
    pub next: Option<Slot<Date>>,
    /// The clause.
    pub span: Span,
}

/// `settled by revops within 3 business days`: the dispute path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Who decides.
    pub by: Slot<Id<Role>>,
    /// By when, from the day the dispute is raised.
    pub within: Option<Slot<Duration>>,
    /// The clause.
    pub span: Span,
}

/// An organisation that signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Name, title, place, notes.
    pub head: Head,
    /// Who signs for it: a person or an office.
    pub signatory: Option<Slot<String>>,
    /// Point of contact.
    pub contact: Option<String>,
}

/// A person or a team that owes duties.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Name, title, place, notes.
    pub head: Head,
    /// The party it belongs to; `None` for a neutral role.
    pub party: Option<Slot<Id<Party>>>,
    /// Its working hours.
    pub works: Option<Slot<Id<Calendar>>>,
    /// People with hours of their own, for `clock of owner`.
    pub members: Vec<Member>,
    /// Whom it reports to.
    pub reports_to: Option<Slot<Id<Role>>>,
    /// How many people fill it.
    pub headcount: Option<Slot<u32>>,
    /// How much one of them handles.
    pub handles: Option<Capacity>,
    /// Point of contact.
    pub contact: Option<String>,
    /// Hours in which somebody is on call beyond `works`.
    pub on_call: Option<Slot<Id<Calendar>>>,
}

/// `member "Ana Ruiz" works emea_office`: the hours of one person in a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person, as the CRM calls them.
    pub name: String,
    /// Their working hours.
    pub works: Slot<Id<Calendar>>,
    /// The clause.
    pub span: Span,
}

/// `handles 40 mql per week`: the capacity of one person in a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// How many.
    pub amount: Slot<u64>,
    /// Of what.
    pub of: Slot<Subject>,
    /// In which period.
    pub per: Period,
    /// The clause.
    pub span: Span,
}
