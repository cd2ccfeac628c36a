//! Opening hours: when a team works. Their meaning on real days is `worktime`'s.

use super::{Date, Head, Slot, TimeOfDay, Zone};
use crate::source::Span;

/// A `calendar` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Name, title, place, notes.
    pub head: Head,
    /// The IANA zone in which its hours are written.
    pub zone: Slot<Zone>,
    /// Opening hours by weekday, Monday first; sorted, disjoint.
    pub weekly: [Vec<Hours>; 7],
    /// Times of the year with weekly hours of their own, which replace the usual ones; sorted, disjoint.
    pub seasons: Vec<Season>,
    /// Days on which it stays shut.
    pub closures: Vec<Closure>,
    /// Days with hours of their own, which replace the weekly ones and any closure.
    pub exceptions: Vec<Exception>,
    /// What arrives after this time counts as the next open day (for business days).
    pub cutoff: Option<TimeOfDay>,
    /// First and last day for which its closures are known.
    pub covers: Option<Covers>,
}

/// Opening hours within one local day, half-open: `open` is in, `close` is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    /// First open minute.
    pub open: TimeOfDay,
    /// First closed minute; 24:00 at the latest, always after `open`.
    pub close: TimeOfDay,
}

/// `open mon-fri 09:00-15:00 from 2026-06-01 to 2026-08-31`. Both days are included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// First day.
    pub from: Date,
    /// Last day; `None`: from then on.
    pub to: Option<Date>,
    /// Its hours by weekday, Monday first; sorted, disjoint. A weekday without any is closed.
    pub weekly: [Vec<Hours>; 7],
    /// The first clause of it.
    pub span: Span,
}

/// `closed 2026-12-24 to 2026-12-26 "Christmas"`. Both days are included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// First closed day.
    pub from: Date,
    /// Last closed day.
    pub to: Date,
    /// Why.
    pub title: Option<String>,
    /// The clause.
    pub span: Span,
}

/// `except 2026-12-24 09:00-12:00 "Christmas Eve"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The day.
    pub date: Date,
    /// Its hours: sorted, disjoint, not empty.
    pub hours: Vec<Hours>,
    /// Why.
    pub title: Option<String>,
    /// The clause.
    pub span: Span,
}

/// `covers 2026` or `covers 2026-01-01 to 2027-03-31`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covers {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The clause.
    pub span: Span,
}
