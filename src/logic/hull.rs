//! What a formula leaves of each variable by itself: no more than this, and often enough to see that two formulas have
//! nothing in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Space;
use super::formula::{Formula, Node};
use super::values::Values;
use super::variables::Variable;

/// By variable: what a formula leaves of it. Variables that are not there are left as they are.
pub(super) type Hull = Arc<BTreeMap<Variable, Values>>;

impl Space<'_> {
    /// True if it can be seen at once that not all of these can hold.
    pub fn never_meet(&mut self, all: &[Formula]) -> bool {
        if all.contains(&Formula::FALSE) {
            return true;
        }
        let hulls: Vec<Hull> = all.iter().map(|formula| self.hull(*formula)).collect();
        hulls.iter().enumerate().any(|(i, a)| hulls[..i].iter().any(|b| apart(a, b)))
    }

    pub(super) fn hull(&mut self, formula: Formula) -> Hull {
        if let Some(known) = self.hulls.get(&formula) {
            return known.clone();
        }
        let hull = match self.formulas.node(formula).clone() {
            Node::True | Node::False | Node::AtMost(..) => Hull::default(),
            Node::In(variable, values) => Arc::new([(variable, (*values).clone())].into()),
            Node::All(parts) => {
                let mut all: BTreeMap<Variable, Values> = BTreeMap::new();
                for part in parts.iter() {
                    for (variable, values) in self.hull(*part).iter() {
                        let known = all.entry(*variable).or_insert_with(|| values.clone());
                        *known = known.and(values);
                    }
                }
                Arc::new(all)
            }
            Node::Any(parts) => {
                let mut parts = parts.iter();
                let first = parts.next().map(|part| self.hull(*part));
                let mut all: BTreeMap<Variable, Values> =
                    first.map(|hull| (*hull).clone()).unwrap_or_default();
                for part in parts {
                    if all.is_empty() {
                        break;
                    }
                    let other = self.hull(*part);
                    all.retain(|variable, values| match other.get(variable) {
                        Some(more) => {
                            *values = values.or(more);
                            true
                        }
                        None => false,
                    });
                }
                Arc::new(all)
            }
        };
        self.hulls.insert(formula, hull.clone());
        hull
    }
}

/// Whether two hulls have nothing in common.
fn apart(a: &Hull, b: &Hull) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    few.iter().any(|(variable, values)| many.get(variable).is_some_and(|other| !values.meets(other)))
}
