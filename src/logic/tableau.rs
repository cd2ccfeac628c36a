//! The first engine: narrows the values of every variable by what must hold, and where one of several things must hold,
//! tries them in turn, those with the fewest ways first. Fast on the small questions that most are.

use super::bounds::{self, Known};
use super::domains::{Domains, Mark};
use super::query::{Part, Query};
use super::values::{Point, Values};

/// Branches inside branches; what goes deeper is for the other engine.
const DEEPEST: usize = 400;

/// What a search came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It can hold; the domains show how.
    Possible,
    /// It cannot.
    Impossible,
    /// The steps are used up.
    Unknown,
}

/// How a part stands under the domains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It holds whatever the variables are.
    Holds,
    /// It does not hold whatever they are.
    Fails,
    /// It depends.
    Open,
}

/// A search through one question.
pub(super) struct Tableau<'q> {
    query: &'q Query,
    pub domains: Domains,
    /// The inequalities that must hold.
    active: Vec<usize>,
    /// Parts of which one must hold.
    choices: Vec<usize>,
    /// By part: how it stood, and at which time that was found.
    standings: Vec<(u64, Standing)>,
    time: u64,
    steps: u32,
    usual: &'q dyn Fn(usize, &Values) -> Vec<Point>,
}

impl<'q> Tableau<'q> {
    /// A search of at most so many steps.
    pub fn new(query: &'q Query, usual: &'q dyn Fn(usize, &Values) -> Vec<Point>, steps: u32) -> Tableau<'q> {
        Tableau {
            query,
            domains: Domains::of(query),
            active: Vec::new(),
            choices: Vec::new(),
            standings: vec![(0, Standing::Open); query.parts.len()],
            time: 1,
            steps,
            usual,
        }
    }

    /// Whether all roots can hold, with these variables narrowed beforehand.
    pub fn run(&mut self, given: &[(usize, Values)]) -> Verdict {
        for (variable, values) in given {
            if !self.domains.narrow(*variable, values) {
                return Verdict::Impossible;
            }
        }
        let roots = self.query.roots.clone();
        for root in roots {
            if !self.demand(root) {
                return Verdict::Impossible;
            }
        }
        self.search(0)
    }

    /// Whether every root holds whatever the variables are inside these domains.
    pub fn all_hold(&mut self) -> bool {
        self.time += 1;
        let roots = self.query.roots.clone();
        roots.into_iter().all(|root| self.standing(root) == Standing::Holds)
    }

    /// Makes a part hold. False: it cannot.
    fn demand(&mut self, part: usize) -> bool {
        let mut waiting = vec![part];
        while let Some(part) = waiting.pop() {
            match &self.query.parts[part] {
                Part::True => {}
                Part::False => return false,
                Part::In(variable, values) => {
                    if !self.domains.narrow(*variable, values) {
                        return false;
                    }
                }
                Part::AtMost(place) => {
                    let filled = self.query.inequalities[*place].sum.iter().all(|(variable, _)| {
                        let filled = self.domains.get(*variable).filled();
                        self.domains.narrow(*variable, &filled)
                    });
                    if !filled {
                        return false;
                    }
                    if !self.active.contains(place) {
                        self.active.push(*place);
                    }
                }
                Part::All(parts) => waiting.extend(parts.iter().rev()),
                Part::Any(_) => self.choices.push(part),
            }
        }
        true
    }

    fn search(&mut self, depth: usize) -> Verdict {
        let Some(steps) = self.steps.checked_sub(1) else { return Verdict::Unknown };
        self.steps = steps;
        let branches = match self.follow() {
            None => return Verdict::Impossible,
            Some(None) => return self.settle(),
            Some(Some(_)) if depth > DEEPEST => return Verdict::Unknown,
            Some(Some((choice, branches))) => {
                // One of its branches will be demanded; the rest of it says nothing more.
                self.choices.retain(|other| *other != choice);
                branches
            }
        };
        let mut all_impossible = true;
        for branch in branches {
            let (mark, choices, active) = (self.domains.mark(), self.choices.clone(), self.active.len());
            let verdict = if self.demand(branch) { self.search(depth + 1) } else { Verdict::Impossible };
            match verdict {
                Verdict::Possible => return verdict,
                Verdict::Unknown if self.steps == 0 => return verdict,
                Verdict::Unknown => all_impossible = false,
                Verdict::Impossible => {}
            }
            self.back(mark, choices, active);
        }
        if all_impossible { Verdict::Impossible } else { Verdict::Unknown }
    }

    fn back(&mut self, mark: Mark, choices: Vec<usize>, active: usize) {
        self.domains.undo(mark);
        self.choices = choices;
        self.active.truncate(active);
    }

    /// Follows what is certain. `None`: a contradiction. Otherwise the choice with the fewest branches, if there is
    /// one left, and these.
    fn follow(&mut self) -> Option<Option<(usize, Vec<usize>)>> {
        loop {
            if bounds::narrow(self.query, &mut self.domains, &self.active) == Known::Contradiction {
                return None;
            }
            self.time += 1;
            let mark = self.domains.mark();
            let mut demanded = false;
            let mut best: Option<(usize, Vec<usize>)> = None;
            let choices = std::mem::take(&mut self.choices);
            for choice in choices {
                let Some(live) = self.live(choice) else { continue };
                match live.as_slice() {
                    [] => return None,
                    [only] => {
                        if !self.demand(*only) {
                            return None;
                        }
                        demanded = true;
                        self.time += 1;
                    }
                    _ => {
                        if best.as_ref().is_none_or(|(_, best)| live.len() < best.len()) {
                            best = Some((choice, live));
                        }
                        if !self.choices.contains(&choice) {
                            self.choices.push(choice);
                        }
                    }
                }
            }
            if !demanded && !self.domains.changed_since(mark) {
                return Some(best);
            }
        }
    }

    /// The parts of a choice that can still hold. `None`: it holds whatever the variables are.
    fn live(&mut self, choice: usize) -> Option<Vec<usize>> {
        let Part::Any(parts) = &self.query.parts[choice] else { return Some(vec![choice]) };
        let mut live = Vec::new();
        for part in parts {
            match self.standing(*part) {
                Standing::Holds => return None,
                Standing::Open => live.push(*part),
                Standing::Fails => {}
            }
        }
        Some(live)
    }

    fn standing(&mut self, part: usize) -> Standing {
        let (time, known) = self.standings[part];
        if time == self.time {
            return known;
        }
        let standing = match &self.query.parts[part] {
            Part::True => Standing::Holds,
            Part::False => Standing::Fails,
            Part::In(variable, values) => {
                let now = self.domains.get(*variable);
                if !now.meets(values) {
                    Standing::Fails
                } else if now.within(values) {
                    Standing::Holds
                } else {
                    Standing::Open
                }
            }
            Part::AtMost(place) => self.standing_of_sum(*place),
            Part::All(parts) => self.standing_of(parts, Standing::Holds, Standing::Fails),
            Part::Any(parts) => self.standing_of(parts, Standing::Fails, Standing::Holds),
        };
        self.standings[part] = (self.time, standing);
        standing
    }

    /// How parts stand together, of which one kind decides and the other kind changes nothing.
    fn standing_of(&mut self, parts: &[usize], neutral: Standing, deciding: Standing) -> Standing {
        let mut out = neutral;
        for part in parts {
            let one = self.standing(*part);
            if one == deciding {
                return deciding;
            }
            if one == Standing::Open {
                out = Standing::Open;
            }
        }
        out
    }

    fn standing_of_sum(&self, place: usize) -> Standing {
        let inequality = &self.query.inequalities[place];
        for (other, same) in &self.query.kin[place] {
            if self.active.contains(other) {
                let bound = self.query.inequalities[*other].bound;
                if *same && bound <= inequality.bound {
                    return Standing::Holds;
                }
                if !same && bound + inequality.bound < 0 {
                    return Standing::Fails;
                }
            }
        }
        let Some(least) = bounds::least(self.query, &self.domains, inequality) else {
            return Standing::Fails;
        };
        if least > inequality.bound {
            return Standing::Fails;
        }
        let filled = inequality.sum.iter().all(|(variable, _)| !self.domains.get(*variable).blank);
        let greatest = bounds::greatest(self.query, &self.domains, inequality);
        if filled && greatest.is_some_and(|greatest| greatest <= inequality.bound) {
            Standing::Holds
        } else {
            Standing::Open
        }
    }

    /// Finds values for what stands in sums.
    fn settle(&mut self) -> Verdict {
        let mut steps = self.steps;
        let settled = bounds::settle(self.query, &mut self.domains, &self.active, self.usual, &mut steps);
        self.steps = steps;
        match settled {
            Some(true) => Verdict::Possible,
            Some(false) => Verdict::Impossible,
            None => Verdict::Unknown,
        }
    }
}
