//! One question: a formula with everything it stands on, numbered afresh.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::Space;
use super::formula::{Formula, Node};
use super::values::{Point, Values};
use super::variables::Variable;

/// What a question has to do with.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// Formulas, parts before what is made of them.
    formulas: Vec<Formula>,
    known: HashSet<Formula>,
    /// Variables, in the order in which they were met.
    pub variables: Vec<Variable>,
    met: HashSet<Variable>,
    /// What must hold.
    roots: Vec<Formula>,
    rooted: HashSet<Formula>,
}

impl Reached {
    /// Adds what must hold, all that it is made of, and all that always holds of that.
    fn demand(&mut self, space: &Space<'_>, root: Formula) {
        let mut facts = Vec::new();
        if self.rooted.insert(root) {
            self.roots.push(root);
            facts.push(root);
        }
        while let Some(formula) = facts.pop() {
            self.reach(space, formula, &mut facts);
        }
    }

    fn reach(&mut self, space: &Space<'_>, formula: Formula, facts: &mut Vec<Formula>) {
        let mut waiting = vec![(formula, false)];
        while let Some((formula, parts_done)) = waiting.pop() {
            if parts_done {
                self.formulas.push(formula);
                continue;
            }
            if !self.known.insert(formula) {
                continue;
            }
            waiting.push((formula, true));
            match space.formulas.node(formula) {
                Node::True | Node::False => {}
                Node::In(variable, _) => self.meet(space, *variable, facts),
                Node::AtMost(sum, _) => {
                    sum.iter().for_each(|(variable, _)| self.meet(space, *variable, facts));
                }
                Node::All(parts) | Node::Any(parts) => {
                    waiting.extend(parts.iter().rev().map(|part| (*part, false)));
                }
            }
        }
    }

    fn meet(&mut self, space: &Space<'_>, variable: Variable, facts: &mut Vec<Formula>) {
        if self.met.insert(variable) {
            self.variables.push(variable);
            for fact in &space.variables.info(variable).facts {
                if self.rooted.insert(*fact) {
                    self.roots.push(*fact);
                    facts.push(*fact);
                }
            }
        }
    }

    /// The sets of values of a variable that occur.
    pub fn values_of<'s>(&'s self, space: &'s Space<'_>, of: Variable) -> impl Iterator<Item = &'s Values> {
        self.formulas.iter().filter_map(move |formula| match space.formulas.node(*formula) {
            Node::In(variable, values) if *variable == of => Some(&**values),
            _ => None,
        })
    }
}

/// A formula of a question. Variables and parts are indices into the question.
#[derive(Debug, Clone)]
pub(super) enum Part {
    True,
    False,
    In(usize, Arc<Values>),
    AtMost(usize),
    All(Vec<usize>),
    Any(Vec<usize>),
}

/// A sum that is at most a bound.
#[derive(Debug, Clone)]
pub(super) struct Inequality {
    pub sum: Vec<(usize, i128)>,
    pub bound: i128,
}

/// A question: whether all of its roots can hold at once.
#[derive(Debug)]
pub(super) struct Query {
    /// Parts before what is made of them.
    pub parts: Vec<Part>,
    pub inequalities: Vec<Inequality>,
    /// By inequality: those about the same sum (true), itself included, and about its opposite (false).
    pub kin: Vec<Vec<(usize, bool)>>,
    pub roots: Vec<usize>,
    /// The formulas that the roots are: first those asked about, then what always holds.
    pub demanded: Vec<Formula>,
    pub variables: Vec<Variable>,
    pub full: Vec<Values>,
    pub steps: Vec<i128>,
}

fn kin(inequalities: &[Inequality]) -> Vec<Vec<(usize, bool)>> {
    let mut by_sum: HashMap<Vec<(usize, i128)>, Vec<usize>> = HashMap::new();
    for (place, inequality) in inequalities.iter().enumerate() {
        by_sum.entry(inequality.sum.clone()).or_default().push(place);
    }
    let of = |sum: &Vec<(usize, i128)>, same: bool| {
        by_sum.get(sum).into_iter().flatten().map(move |place| (*place, same)).collect::<Vec<_>>()
    };
    let each = inequalities.iter().map(|inequality| {
        let opposite = inequality.sum.iter().map(|(variable, times)| (*variable, -times)).collect();
        [of(&inequality.sum, true), of(&opposite, false)].concat()
    });
    each.collect()
}

impl Query {
    /// The question whether all of these can hold at once.
    pub fn new(space: &mut Space<'_>, roots: &[Formula]) -> Query {
        let mut reached = Reached::default();
        for root in roots {
            reached.demand(space, *root);
        }
        // Child records may have child records of their own.
        let mut known = 0;
        while known < reached.roots.len() {
            known = reached.roots.len();
            for fact in space.facts_of_children(&reached) {
                reached.demand(space, fact);
            }
        }
        for fact in space.facts_of_texts(&reached) {
            reached.demand(space, fact);
        }
        Query::of(space, &reached)
    }

    fn of(space: &Space<'_>, reached: &Reached) -> Query {
        let variables = reached.variables.clone();
        let places: HashMap<Variable, usize> = variables.iter().enumerate().map(|(i, v)| (*v, i)).collect();
        let numbers: HashMap<Formula, usize> =
            reached.formulas.iter().enumerate().map(|(i, f)| (*f, i)).collect();
        let mut inequalities = Vec::new();
        let all = |formulas: &[Formula]| formulas.iter().map(|f| numbers[f]).collect::<Vec<_>>();
        let parts = reached
            .formulas
            .iter()
            .map(|formula| match space.formulas.node(*formula) {
                Node::True => Part::True,
                Node::False => Part::False,
                Node::In(variable, values) => Part::In(places[variable], values.clone()),
                Node::AtMost(sum, bound) => {
                    let sum = sum.iter().map(|(variable, times)| (places[variable], *times)).collect();
                    inequalities.push(Inequality { sum, bound: *bound });
                    Part::AtMost(inequalities.len() - 1)
                }
                Node::All(parts) => Part::All(all(parts)),
                Node::Any(parts) => Part::Any(all(parts)),
            })
            .collect();
        Query {
            parts,
            kin: kin(&inequalities),
            inequalities,
            roots: all(&reached.roots),
            demanded: reached.roots.clone(),
            full: variables.iter().map(|variable| space.variables.full(*variable).clone()).collect(),
            steps: variables.iter().map(|variable| space.variables.step(*variable)).collect(),
            variables,
        }
    }

    /// By variable: the places at which its values are cut by what is asked of it.
    pub fn cuts(&self) -> BTreeMap<usize, Vec<Point>> {
        let mut out: BTreeMap<usize, Vec<Point>> = BTreeMap::new();
        for part in &self.parts {
            if let Part::In(variable, values) = part {
                let ends = values.stretches().iter().flat_map(|(first, end)| [first.clone(), end.clone()]);
                out.entry(*variable).or_default().extend(ends);
            }
        }
        for (variable, full) in self.full.iter().enumerate() {
            let ends = full.stretches().iter().flat_map(|(first, end)| [first.clone(), end.clone()]);
            out.entry(variable).or_default().extend(ends);
        }
        for cuts in out.values_mut() {
            cuts.sort();
            cuts.dedup();
        }
        out
    }
}
