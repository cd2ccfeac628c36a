//! What the values of a text have to do with the texts that it contains.

use super::Space;
use super::formula::Formula;
use super::query::Reached;
use super::values::{Point, Stretch, Values};
use super::variables::{Scope, What};
use crate::model::{Field, Id};

impl Space<'_> {
    /// What holds of the texts in a question: a text that is one of a few contains what it contains, one that starts
    /// with something contains that, and what is contained is contained with its parts.
    pub(super) fn facts_of_texts(&mut self, reached: &Reached) -> Vec<Formula> {
        let mut parts: Vec<(Scope, Id<Field>, String)> = Vec::new();
        for variable in &reached.variables {
            let info = self.variables.info(*variable);
            if let What::Contains(field, part) = &info.what {
                parts.push((info.scope, *field, part.clone()));
            }
        }
        let before = self.variables.scope;
        let mut out = Vec::new();
        for (i, (scope, field, part)) in parts.iter().enumerate() {
            self.variables.scope = *scope;
            let text = self.field_variable(*field);
            let contains = self.truth(What::Contains(*field, part.clone()));
            let contains = self.is_true(contains);
            let not = self.not(contains);
            for stretch in self.stretches_of(text, reached) {
                let Some((beginning, whole)) = beginning(&stretch) else { continue };
                let inside = beginning.contains(part.as_str());
                if !inside && !whole {
                    continue;
                }
                let values = if whole { Values::text(&beginning) } else { Values::starting_with(&beginning) };
                let is = self.within(text, &values);
                let is_not = self.not(is);
                out.push(self.any([is_not, if inside { contains } else { not }]));
            }
            for (other_scope, other_field, other) in parts.iter().take(i).chain(parts.iter().skip(i + 1)) {
                if (other_scope, other_field) == (scope, field) && part.contains(other.as_str()) {
                    let other = self.truth(What::Contains(*field, other.clone()));
                    let other = self.is_true(other);
                    out.push(self.any([not, other]));
                }
            }
        }
        self.variables.scope = before;
        out
    }

    /// The stretches of values of a variable that a question has to do with.
    fn stretches_of(&self, variable: super::variables::Variable, reached: &Reached) -> Vec<Stretch> {
        let mut out: Vec<Stretch> = self.variables.full(variable).stretches().to_vec();
        for values in reached.values_of(self, variable) {
            out.extend(values.stretches().iter().cloned());
        }
        out.sort();
        out.dedup();
        out
    }
}

/// What all texts of a stretch start with, and whether that is the only one. `None`: they start differently.
pub(super) fn beginning(stretch: &Stretch) -> Option<(String, bool)> {
    let Point::Text(first) = &stretch.0 else { return None };
    let text = String::from_utf8(first.to_vec()).ok()?;
    for (values, whole) in [(Values::text(&text), true), (Values::starting_with(&text), false)] {
        if !text.is_empty() && values.stretches().first() == Some(stretch) {
            return Some((text, whole));
        }
    }
    None
}
