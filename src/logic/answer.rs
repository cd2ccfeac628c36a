//! Questions and their answers.

use super::Space;
use super::clauses::Clauses;
use super::example::Example;
use super::formula::Formula;
use super::query::Query;
use super::tableau::{Tableau, Verdict};
use super::values::{Point, Values};
use super::variables::What;

/// Steps of the first engine: enough for every question that people write, and over in a moment.
const STEPS: u32 = 2_000;
/// Steps to find once more what the second engine found: that is rare, and worth a second.
const CONFIRMING: u32 = 20_000;
/// Steps for what only makes an example shorter.
const SOON: u32 = 100;
/// So much may the second learn.
const LEARNT: u64 = 50_000;

/// What a question comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It can be, for example so. Where the example is in doubt, it must be tried.
    Possible(Box<Example>),
    /// It cannot be.
    Impossible,
    /// It is not analysed, because of this.
    NotAnalysed(String),
}

impl Answer {
    /// True if it cannot be.
    pub fn is_impossible(&self) -> bool {
        *self == Answer::Impossible
    }
}

impl Space<'_> {
    /// Whether all of these can hold of one item.
    pub fn decide(&mut self, all: &[Formula]) -> Answer {
        if self.never_meet(all) {
            return Answer::Impossible;
        }
        let query = Query::new(self, all);
        let answer = match self.by_tableau(&query, true, STEPS) {
            (Verdict::Possible, answer) => answer,
            (Verdict::Impossible, _) => Answer::Impossible,
            (Verdict::Unknown, _) => self.by_clauses(&query).0,
        };
        match answer {
            Answer::Possible(example) if self.asks_about_scores(&query) => {
                Answer::Possible(Box::new(self.shortened(all, *example)))
            }
            other => other,
        }
    }

    /// Whether it can be seen soon that not all of these can hold.
    pub(super) fn are_soon_impossible(&mut self, all: &[Formula]) -> bool {
        if self.never_meet(all) {
            return true;
        }
        let query = Query::new(self, all);
        self.by_tableau(&query, false, SOON).0 == Verdict::Impossible
    }

    fn asks_about_scores(&self, query: &Query) -> bool {
        query.variables.iter().any(|variable| matches!(self.variables.info(*variable).what, What::Score(_)))
    }

    /// Whether it is certain that not all of these can hold of one item: both engines must say so, each in its own way.
    /// For whoever says "never" to somebody.
    pub fn confirm_impossible(&mut self, all: &[Formula]) -> bool {
        let query = Query::new(self, all);
        let (answer, core) = self.by_clauses(&query);
        if !answer.is_impossible() {
            return false;
        }
        // The first engine gets only what the second found to matter: it cannot cope with very much at once.
        let query = Query::new(self, &core);
        self.by_tableau(&query, false, CONFIRMING).0 == Verdict::Impossible
    }

    /// Of formulas that cannot all hold, a few that already cannot; none of those could be left out. `None`: they can, or
    /// it is not known.
    pub fn core(&mut self, all: &[Formula]) -> Option<Vec<usize>> {
        let query = Query::new(self, all);
        let (answer, core) = self.by_clauses(&query);
        if !answer.is_impossible() {
            return None;
        }
        let mut core: Vec<usize> = (0..all.len()).filter(|place| core.contains(&all[*place])).collect();
        let mut place = core.len();
        while place > 0 {
            place -= 1;
            let mut fewer = core.clone();
            fewer.remove(place);
            let formulas: Vec<Formula> = fewer.iter().map(|root| all[*root]).collect();
            if self.decide(&formulas).is_impossible() {
                core = fewer;
            }
        }
        Some(core)
    }

    fn by_tableau(&self, query: &Query, prefer_now: bool, steps: u32) -> (Verdict, Answer) {
        let usual = |variable: usize, values: &Values| self.best(query.variables[variable], values);
        let now = self.present_of(query);
        if prefer_now && !now.is_empty() {
            let mut tableau = Tableau::new(query, &usual, steps);
            if tableau.run(&now) == Verdict::Possible {
                return (Verdict::Possible, self.possible(query, &tableau.domains));
            }
        }
        let mut tableau = Tableau::new(query, &usual, steps);
        let verdict = tableau.run(&[]);
        let answer = match verdict {
            Verdict::Possible => self.possible(query, &tableau.domains),
            Verdict::Impossible => Answer::Impossible,
            Verdict::Unknown => too_much(),
        };
        (verdict, answer)
    }

    fn by_clauses(&self, query: &Query) -> (Answer, Vec<Formula>) {
        let usual = |variable: usize, values: &Values| self.best(query.variables[variable], values);
        let outcome = Clauses::new(query, LEARNT).run(&usual);
        let answer = match outcome.verdict {
            Verdict::Possible => self.possible(query, &outcome.domains),
            Verdict::Impossible => Answer::Impossible,
            Verdict::Unknown => too_much(),
        };
        // Without a core the solver has shown that nothing at all is possible.
        let core = match outcome.core.as_slice() {
            [] => query.demanded.clone(),
            some => some.iter().map(|root| query.demanded[*root]).collect(),
        };
        (answer, core)
    }

    /// What is possible, unless it stands on something that is still open.
    fn possible(&self, query: &Query, domains: &super::domains::Domains) -> Answer {
        let open = query.variables.iter().map(|variable| self.variables.info(*variable));
        let mut open = open.filter(|info| matches!(info.what, What::Open(_)));
        match open.next().and_then(|info| info.doubt.clone()) {
            Some(reason) => Answer::NotAnalysed(reason),
            None => Answer::Possible(Box::new(self.example(query, domains))),
        }
    }

    /// The usual present, as far as a question asks about it.
    fn present_of(&self, query: &Query) -> Vec<(usize, Values)> {
        let mut out = Vec::new();
        for (place, variable) in query.variables.iter().enumerate() {
            let info = self.variables.info(*variable);
            if let (What::Now | What::Today, Some(Point::Number(number))) = (&info.what, info.usual.first()) {
                out.push((place, Values::number(*number, 1)));
            }
        }
        out
    }
}

fn too_much() -> Answer {
    Answer::NotAnalysed("too many conditions depend on each other".into())
}
