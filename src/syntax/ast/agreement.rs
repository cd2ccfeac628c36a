//! The agreement, its parties, their roles and the channels between them.

use super::{Cadence, DurationValue, OrTbd, Prose, Reference, Spanned, Word, WordValue};
use crate::model::{Period, Weekday};

/// Clauses of `agreement`.
#[derive(Debug, Clone, PartialEq)]
pub enum AgreementClause {
    /// `parties marketing, sales`.
    Parties(Vec<Reference>),
    /// `effective 2026-01-01 to 2026-12-31`.
    Effective(WordValue, Option<WordValue>),
    /// `purpose "..."`.
    Purpose(OrTbd<Prose>),
    /// `review every quarter led by revops next 2026-04-01`.
    Review(OrTbd<Cadence>, Option<Reference>, Option<WordValue>),
    /// `settled by revops within 3 business days`.
    Settled(Reference, Option<DurationValue>),
    /// `version 1.2`.
    Version(Word),
    /// `zone America/New_York`.
    Zone(WordValue),
    /// `fiscal year starts april`: 1 to 12.
    FiscalYear(u8),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `party`.
#[derive(Debug, Clone, PartialEq)]
pub enum PartyClause {
    /// `signatory "CMO"`.
    Signatory(WordValue),
    /// `contact "..."`.
    Contact(Word),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `role`.
#[derive(Debug, Clone, PartialEq)]
pub enum RoleClause {
    /// `party sales`.
    Party(Reference),
    /// `works us_office`.
    Works(Reference),
    /// `member "Ana Ruiz" works emea_office`.
    Member(Word, Reference),
    /// `reports to vp_sales`.
    ReportsTo(Reference),
    /// `headcount 6`.
    Headcount(WordValue),
    /// `handles 40 mql per week`.
    Handles(WordValue, Reference, Spanned<Period>),
    /// `on call us_nights`.
    OnCall(Reference),
    /// `contact "..."`.
    Contact(Word),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `channel`.
#[derive(Debug, Clone, PartialEq)]
pub enum ChannelClause {
    /// `by slack "#lead-alerts"`.
    By(Reference, Option<Word>),
    /// `reaches sdr, sdr_manager`.
    Reaches(Vec<Reference>),
    /// `answered within 2 business hours`.
    Answered(DurationValue),
    /// `meets every week on monday at 10:00`.
    Meets(Cadence, Option<Weekday>, Option<Word>),
    /// `note "..."`.
    Note(Prose),
}
