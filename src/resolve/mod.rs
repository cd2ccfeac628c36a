//! From the tree to the model: every name looked up, every type and unit checked, all findings at once.
//!
//! What cannot be resolved is reported once and leaves a [`Slot::Broken`](crate::model::Slot) behind; the rest goes on.

mod calendars;
mod children;
mod clauses;
mod commitments;
mod condition;
mod contingencies;
mod credits;
mod disputes;
mod goals;
mod incentives;
mod lifecycles;
mod names;
mod order;
mod parties;
mod prose;
mod records;
mod routings;
mod scenarios;
mod scores;
mod stages;
mod values;
mod waivers;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::ics;
use crate::model::{Arena, Completeness, Model, Passage, Tbd};
use crate::source::{FileId, Span};
use crate::syntax::ast;

/// A file with the files whose names it may use: itself and everything its `use` lines reach.
#[derive(Debug, Clone)]
pub struct Unit<'a> {
    /// The file.
    pub file: FileId,
    /// Its tree.
    pub tree: &'a ast::File,
    /// The files whose names it sees.
    pub sees: BTreeSet<FileId>,
    /// Whether all of its `use` lines, and those of the files it uses, led somewhere. If not, a name that is not declared
    /// may be declared in the file that is missing.
    pub uses: Completeness,
    /// By path as written: the events of the calendar files that it names.
    pub events: BTreeMap<String, Vec<ics::Event>>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// The model; `None` when no file has an `agreement` block (a library).
    pub model: Option<Model>,
    /// Everything found, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
    /// Every use of a name: where it is declared, and where it is used.
    pub references: Vec<Reference>,
}

/// One use of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The place of the name in its declaration.
    pub declared: Span,
    /// Where it is used.
    pub used: Span,
}

/// Resolves the files of one agreement (the first one) and of everything it uses.
pub fn resolve(units: &[Unit<'_>]) -> Resolution {
    let mut resolver = Resolver::new(units);
    resolver.declare();
    resolver.records();
    resolver.calendars();
    resolver.parties();
    // First what each is about, so that conditions can name any of them.
    resolver.definition_heads();
    resolver.score_heads();
    resolver.definition_bodies();
    resolver.score_bodies();
    resolver.order();
    resolver.roles();
    resolver.channels();
    resolver.commitments();
    resolver.contingencies();
    resolver.waivers();
    resolver.lifecycles();
    resolver.routings();
    resolver.credits();
    resolver.scenarios();
    resolver.disputes();
    resolver.incentives();
    resolver.goals();
    resolver.finish()
}

/// The state of a run. The arenas fill in the order of the calls above; ids were given out by `declare`.
struct Resolver<'a> {
    units: &'a [Unit<'a>],
    /// Which of the units a file is.
    by_file: BTreeMap<FileId, usize>,
    /// By name: what it stands for. Several things only where no file sees two of them.
    symbols: BTreeMap<String, Vec<names::Symbol>>,
    diagnostics: Vec<Diagnostic>,
    /// How many names have been compared with misspelled ones.
    compared: Cell<usize>,
    references: Vec<Reference>,
    open_points: Vec<Tbd>,
    passages: Vec<Passage>,
    /// The blocks of each kind, in order of ids.
    blocks: names::Blocks<'a>,
    parties: Arena<crate::model::Party>,
    roles: Arena<crate::model::Role>,
    calendars: Arena<crate::model::Calendar>,
    channels: Arena<crate::model::Channel>,
    records: Arena<crate::model::Record>,
    scores: Arena<crate::model::Score>,
    definitions: Arena<crate::model::Definition>,
    commitments: Arena<crate::model::Commitment>,
    contingencies: Arena<crate::model::Contingency>,
    waivers: Arena<crate::model::Waiver>,
    lifecycles: Arena<crate::model::Lifecycle>,
    scenarios: Arena<crate::model::Scenario>,
    goals: Arena<crate::model::Goal>,
    routings: Arena<crate::model::Routing>,
    disputes: Arena<crate::model::Dispute>,
    incentives: Arena<crate::model::Incentive>,
    credits: Arena<crate::model::Credit>,
}

impl<'a> Resolver<'a> {
    fn new(units: &'a [Unit<'a>]) -> Self {
        Resolver {
            units,
            by_file: units.iter().enumerate().map(|(index, unit)| (unit.file, index)).collect(),
            symbols: BTreeMap::new(),
            diagnostics: Vec::new(),
            compared: Cell::new(0),
            references: Vec::new(),
            open_points: Vec::new(),
            passages: Vec::new(),
            blocks: names::Blocks::default(),
            parties: Arena::default(),
            roles: Arena::default(),
            calendars: Arena::default(),
            channels: Arena::default(),
            records: Arena::default(),
            scores: Arena::default(),
            definitions: Arena::default(),
            commitments: Arena::default(),
            contingencies: Arena::default(),
            waivers: Arena::default(),
            lifecycles: Arena::default(),
            scenarios: Arena::default(),
            goals: Arena::default(),
            routings: Arena::default(),
            disputes: Arena::default(),
            incentives: Arena::default(),
            credits: Arena::default(),
        }
    }

    fn finish(mut self) -> Resolution {
        let agreement = self.agreement();
        self.amounts_of_whole_periods(agreement.as_ref().map_or(1, |agreement| agreement.fiscal_year_starts));
        let Resolver { mut diagnostics, mut references, mut open_points, mut passages, .. } = self;
        references.sort();
        references.dedup();
        open_points.sort_by_key(|t| t.span);
        open_points.dedup();
        passages.sort_by_key(|p| p.span);
        diagnostics.dedup();
        let model = agreement.map(|agreement| Model {
            agreement,
            parties: self.parties,
            roles: self.roles,
            calendars: self.calendars,
            channels: self.channels,
            records: self.records,
            scores: self.scores,
            definitions: self.definitions,
            commitments: self.commitments,
            contingencies: self.contingencies,
            waivers: self.waivers,
            lifecycles: self.lifecycles,
            scenarios: self.scenarios,
            goals: self.goals,
            routings: self.routings,
            disputes: self.disputes,
            incentives: self.incentives,
            credits: self.credits,
            open_points,
            passages,
        });
        Resolution { model, diagnostics, references }
    }
}
