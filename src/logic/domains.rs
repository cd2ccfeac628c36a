//! What each variable of a question may still be, with a way back.

use super::query::Query;
use super::values::Values;

/// What each variable may still be.
#[derive(Debug)]
pub(super) struct Domains {
    values: Vec<Values>,
    /// What was narrowed, with what it was before, latest last.
    trail: Vec<(usize, Values)>,
}

/// A state to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark(usize);

impl Domains {
    pub fn of(query: &Query) -> Domains {
        Domains { values: query.full.clone(), trail: Vec::new() }
    }

    pub fn get(&self, variable: usize) -> &Values {
        &self.values[variable]
    }

    /// Keeps only these values. False: none is left.
    pub fn narrow(&mut self, variable: usize, to: &Values) -> bool {
        if self.values[variable].within(to) {
            return !self.values[variable].is_empty();
        }
        let narrowed = self.values[variable].and(to);
        let left = !narrowed.is_empty();
        let before = std::mem::replace(&mut self.values[variable], narrowed);
        self.trail.push((variable, before));
        left
    }

    /// Sets a variable to any values at all, with the way back kept.
    pub fn replace(&mut self, variable: usize, values: Values) {
        let before = std::mem::replace(&mut self.values[variable], values);
        self.trail.push((variable, before));
    }

    /// How much was narrowed: grows with every change.
    pub fn mark(&self) -> Mark {
        Mark(self.trail.len())
    }

    pub fn changed_since(&self, mark: Mark) -> bool {
        self.trail.len() > mark.0
    }

    pub fn undo(&mut self, mark: Mark) {
        while self.trail.len() > mark.0 {
            if let Some((variable, before)) = self.trail.pop() {
                self.values[variable] = before;
            }
        }
    }
}
