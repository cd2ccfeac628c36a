//! Formulas: conditions in negation normal form, each part kept once however often it is used.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::values::Values;
use super::variables::{Variable, Variables, gcd};

/// A formula of a [`Space`](super::Space).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Formula(u32);

impl Formula {
    /// Holds always.
    pub const TRUE: Formula = Formula(0);
    /// Holds never.
    pub const FALSE: Formula = Formula(1);

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A sum of variables, each so many times.
pub type Sum = Vec<(Variable, i128)>;

/// What a formula says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Node {
    True,
    False,
    /// A variable is one of these values.
    In(Variable, Arc<Values>),
    /// Every variable is filled, and their sum is at most this.
    AtMost(Arc<Sum>, i128),
    All(Arc<[Formula]>),
    Any(Arc<[Formula]>),
}

/// All formulas of a space.
#[derive(Debug)]
pub(super) struct Formulas {
    nodes: Vec<Node>,
    index: HashMap<Node, Formula>,
    /// By formula: its negation, where it was asked for.
    negations: Vec<Option<Formula>>,
}

impl Formulas {
    pub fn new() -> Formulas {
        let mut out = Formulas { nodes: Vec::new(), index: HashMap::new(), negations: Vec::new() };
        let (yes, no) = (out.keep(Node::True), out.keep(Node::False));
        out.negations[yes.index()] = Some(no);
        out.negations[no.index()] = Some(yes);
        out
    }

    pub fn node(&self, formula: Formula) -> &Node {
        &self.nodes[formula.index()]
    }

    fn keep(&mut self, node: Node) -> Formula {
        if let Some(formula) = self.index.get(&node) {
            return *formula;
        }
        let formula = Formula(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node.clone());
        self.negations.push(None);
        self.index.insert(node, formula);
        formula
    }

    /// A variable is one of these values.
    pub fn within(&mut self, variable: Variable, values: &Values, all: &Variables) -> Formula {
        let full = all.full(variable);
        let values = values.and(full);
        if values.is_empty() {
            Formula::FALSE
        } else if values == *full {
            Formula::TRUE
        } else {
            self.keep(Node::In(variable, Arc::new(values)))
        }
    }

    /// A sum is at most this, and all of it is filled. A sum of nothing is 0.
    pub fn at_most(&mut self, mut sum: Sum, mut bound: i128, all: &Variables) -> Formula {
        // One spelling for one thing.
        sum.sort_unstable();
        let common = sum.iter().fold(0, |common, (_, times)| gcd(common, times.abs())).max(1);
        for (_, times) in &mut sum {
            *times /= common;
        }
        bound = bound.div_euclid(common);
        match sum.as_slice() {
            [] if bound >= 0 => Formula::TRUE,
            [] => Formula::FALSE,
            [(variable, times)] => {
                let step = all.step(*variable);
                let (least, greatest) = if *times > 0 {
                    (-super::variables::BEYOND, bound.div_euclid(*times))
                } else {
                    // -3x <= 7 is x >= -2.33, and so x >= -2.
                    (-bound.div_euclid(-*times), super::variables::BEYOND)
                };
                let values = all.full(*variable).filled().clip(least, greatest, step);
                self.within(*variable, &values, all)
            }
            _ => {
                let step = all.common_step(&sum);
                self.keep(Node::AtMost(Arc::new(sum), bound.div_euclid(step) * step))
            }
        }
    }

    /// All of them.
    pub fn all(&mut self, parts: impl IntoIterator<Item = Formula>, all: &Variables) -> Formula {
        let out = self.joined(parts, (Formula::TRUE, Formula::FALSE), Values::and, all);
        match out.as_slice() {
            [] => Formula::TRUE,
            [only] => *only,
            _ => self.keep(Node::All(out.into())),
        }
    }

    /// One of them at the least.
    pub fn any(&mut self, parts: impl IntoIterator<Item = Formula>, all: &Variables) -> Formula {
        let out = self.joined(parts, (Formula::FALSE, Formula::TRUE), Values::or, all);
        match out.as_slice() {
            [] => Formula::FALSE,
            [only] => *only,
            _ => self.keep(Node::Any(out.into())),
        }
    }

    /// The parts that matter, in order; those about one variable have become one. The first of two formulas changes
    /// nothing, the second decides all.
    fn joined(
        &mut self,
        parts: impl IntoIterator<Item = Formula>,
        (neutral, deciding): (Formula, Formula),
        join: fn(&Values, &Values) -> Values,
        all: &Variables,
    ) -> Vec<Formula> {
        let mut about: Vec<(Variable, Values)> = Vec::new();
        let mut places: HashMap<Variable, usize> = HashMap::new();
        let (mut others, mut seen) = (Vec::new(), HashSet::new());
        for part in parts {
            match &self.nodes[part.index()] {
                _ if part == neutral || !seen.insert(part) => {}
                _ if part == deciding => return vec![deciding],
                Node::In(variable, values) => match places.get(variable) {
                    Some(place) => about[*place].1 = join(&about[*place].1, values),
                    None => {
                        places.insert(*variable, about.len());
                        about.push((*variable, (**values).clone()));
                    }
                },
                _ => others.push(part),
            }
        }
        let mut out = Vec::with_capacity(about.len() + others.len());
        for (variable, values) in about {
            match self.within(variable, &values, all) {
                part if part == deciding => return vec![deciding],
                part if part == neutral => {}
                part => out.push(part),
            }
        }
        out.extend(others);
        out
    }

    /// What holds exactly when a formula does not.
    pub fn not(&mut self, formula: Formula, all: &Variables) -> Formula {
        if let Some(known) = self.negations[formula.index()] {
            return known;
        }
        let out = match self.node(formula).clone() {
            Node::True => Formula::FALSE,
            Node::False => Formula::TRUE,
            Node::In(variable, values) => self.within(variable, &all.full(variable).without(&values), all),
            Node::AtMost(sum, bound) => {
                let blanks: Vec<Formula> = sum
                    .iter()
                    .map(|(variable, _)| self.within(*variable, &Values::only_blank(), all))
                    .collect();
                let opposite = sum.iter().map(|(variable, times)| (*variable, -times)).collect();
                let beyond = self.at_most(opposite, -bound - 1, all);
                self.any(blanks.into_iter().chain([beyond]), all)
            }
            Node::All(parts) => {
                let parts: Vec<Formula> = parts.iter().map(|part| self.not(*part, all)).collect();
                self.any(parts, all)
            }
            Node::Any(parts) => {
                let parts: Vec<Formula> = parts.iter().map(|part| self.not(*part, all)).collect();
                self.all(parts, all)
            }
        };
        self.negations[formula.index()] = Some(out);
        self.negations[out.index()].get_or_insert(formula);
        out
    }
}
