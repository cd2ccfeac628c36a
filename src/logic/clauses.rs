//! The second engine: the question as clauses for a solver that learns from its mistakes. A variable becomes truths "it is
//! below this cut", sums are looked at when everything else fits. It decides the questions about very many conditions at
//! once, and confirms what the first engine says is impossible.

use batsat::{Callbacks, Lit, SolverInterface, lbool};

use super::bounds;
use super::domains::Domains;
use super::query::{Part, Query};
use super::reasons::{Bounds, End};
use super::tableau::Verdict;
use super::values::{Point, Values};

/// So many contradictions between sums are looked into.
const CONTRADICTIONS: u32 = 2_000;
/// So many pairs of opposite inequalities are told to the solver beforehand.
const PAIRS: u32 = 20_000;
/// So many steps are taken where sums are tried out, which is slow.
const STEPS_IN_SUMS: u32 = 500;

/// Counts what the solver learns, so that it takes the same steps on every machine.
#[derive(Debug, Default)]
struct Budget {
    learnt: u64,
    most: u64,
}

impl Callbacks for Budget {
    fn on_new_clause(&mut self, _: &[Lit], kind: batsat::ClauseKind) {
        if kind == batsat::ClauseKind::Learnt {
            self.learnt += 1;
        }
    }

    fn stop(&self) -> bool {
        self.learnt > self.most
    }
}

/// How a variable is spelled in truths.
#[derive(Debug)]
struct Spelling {
    /// It is blank, if it may be.
    blank: Option<Lit>,
    /// Where its values are cut, in order, and for each cut except the first and the last: it is below that.
    cuts: Vec<Point>,
    below: Vec<Lit>,
}

/// A reason of a contradiction between sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// An inequality holds.
    Holds(usize),
    /// A variable is not below a cut.
    From(usize, usize),
    /// A variable is below a cut.
    Below(usize, usize),
}

/// One question as clauses.
pub(super) struct Clauses<'q> {
    query: &'q Query,
    solver: batsat::Solver<Budget>,
    spellings: Vec<Spelling>,
    /// By part: that it must hold.
    parts: Vec<Lit>,
    /// By inequality: that it must hold.
    inequalities: Vec<Lit>,
    contradictions: u32,
    steps: u32,
}

/// What came of a question.
pub(super) struct Outcome {
    pub verdict: Verdict,
    /// If possible: what the variables may be.
    pub domains: Domains,
    /// If impossible: roots that cannot hold together, by their places among the roots.
    pub core: Vec<usize>,
}

impl<'q> Clauses<'q> {
    /// The clauses of a question; the solver may learn so many more.
    pub fn new(query: &'q Query, most: u64) -> Clauses<'q> {
        let budget = Budget { learnt: 0, most };
        let mut solver = batsat::Solver::new(batsat::SolverOpts::default(), budget);
        let mut cuts = query.cuts();
        let spellings = (0..query.full.len())
            .map(|variable| {
                spelling(&mut solver, cuts.remove(&variable).unwrap_or_default(), &query.full[variable])
            })
            .collect();
        let mut out = Clauses {
            query,
            solver,
            spellings,
            parts: Vec::new(),
            inequalities: Vec::new(),
            contradictions: CONTRADICTIONS,
            steps: STEPS_IN_SUMS,
        };
        for part in &query.parts {
            let truth = out.part(part);
            out.parts.push(truth);
            if let Part::AtMost(_) = part {
                out.inequalities.push(truth);
            }
        }
        out.opposites_never_meet();
        out
    }

    /// Of two inequalities that contradict each other by themselves, not both hold: said at once, for a condition and its
    /// opposite would make the solver find them one by one.
    fn opposites_never_meet(&mut self) {
        let query = self.query;
        let bound = |place: usize| query.inequalities[place].bound;
        let mut left = PAIRS;
        for one in 0..query.inequalities.len() {
            for (other, same) in &query.kin[one] {
                if !same && one < *other && bound(one) + bound(*other) < 0 {
                    let Some(rest) = left.checked_sub(1) else { return };
                    left = rest;
                    self.clause(vec![!self.inequalities[one], !self.inequalities[*other]]);
                }
            }
        }
    }

    /// Whether all roots can hold.
    pub fn run(mut self, usual: &dyn Fn(usize, &Values) -> Vec<Point>) -> Outcome {
        let roots: Vec<Lit> = self.query.roots.iter().map(|root| self.parts[*root]).collect();
        loop {
            let answer = self.solver.solve_limited(&roots);
            if answer == lbool::FALSE {
                let core = self.solver.unsat_core();
                let core = (0..roots.len()).filter(|root| core.contains(&!roots[*root])).collect();
                return Outcome { verdict: Verdict::Impossible, domains: Domains::of(self.query), core };
            }
            if answer != lbool::TRUE {
                return self.gave_up();
            }
            let (mut domains, reasons) = self.model();
            let Some(left) = self.contradictions.checked_sub(1) else { return self.gave_up() };
            self.contradictions = left;
            if let Some(reasons) = self.contradiction(&reasons) {
                self.never_again(reasons);
                continue;
            }
            let active = holding(&reasons);
            match bounds::settle(self.query, &mut domains, &active, usual, &mut self.steps) {
                Some(true) => return Outcome { verdict: Verdict::Possible, domains, core: Vec::new() },
                Some(false) => {
                    let Some(reasons) = self.fewest(reasons, usual) else { return self.gave_up() };
                    self.never_again(reasons);
                }
                None => return self.gave_up(),
            }
        }
    }

    fn never_again(&mut self, reasons: Vec<Reason>) {
        let clause = reasons.into_iter().map(|reason| !self.truth(reason)).collect();
        self.clause(clause);
    }

    /// The reasons that contradict each other, if that shows without trying.
    fn contradiction(&self, reasons: &[Reason]) -> Option<Vec<Reason>> {
        let active = holding(reasons);
        if let Some((one, other)) = self.opposites(&active) {
            return Some(vec![Reason::Holds(one), Reason::Holds(other)]);
        }
        let ends = reasons.iter().filter_map(|reason| {
            let (variable, values) = self.values(*reason)?;
            let values = values.and(&self.query.full[variable]);
            let step = self.query.steps[variable];
            Some(match reason {
                Reason::Below(..) => (*reason, (variable, End::Greatest, values.greatest(step)?)),
                _ => (*reason, (variable, End::Least, values.least()?)),
            })
        });
        let (given, ends): (Vec<Reason>, Vec<_>) = ends.unzip();
        let found = Bounds::new(self.query).contradiction(&ends, &active)?;
        let sums = found.inequalities.into_iter().map(Reason::Holds);
        Some(sums.chain(found.givens.into_iter().map(|place| given[place])).collect())
    }

    /// Two inequalities of which one says that a sum is at most so much, and the other that it is more.
    fn opposites(&self, active: &[usize]) -> Option<(usize, usize)> {
        let bound = |place: usize| self.query.inequalities[place].bound;
        active.iter().find_map(|one| {
            let other = self.query.kin[*one]
                .iter()
                .find(|(other, same)| !same && bound(*one) + bound(*other) < 0 && active.contains(other));
            other.map(|(other, _)| (*one, *other))
        })
    }

    fn gave_up(&self) -> Outcome {
        Outcome { verdict: Verdict::Unknown, domains: Domains::of(self.query), core: Vec::new() }
    }

    /// A truth from which it follows that a part holds.
    fn part(&mut self, part: &Part) -> Lit {
        let truth = fresh(&mut self.solver);
        match part {
            Part::True => {}
            Part::False => self.clause(vec![!truth]),
            Part::In(variable, values) => self.within(truth, *variable, values),
            Part::AtMost(place) => {
                for (variable, _) in &self.query.inequalities[*place].sum {
                    if let Some(blank) = self.spellings[*variable].blank {
                        self.clause(vec![!truth, !blank]);
                    }
                }
            }
            Part::All(parts) => {
                for part in parts {
                    self.clause(vec![!truth, self.parts[*part]]);
                }
            }
            Part::Any(parts) => {
                let one = parts.iter().map(|part| self.parts[*part]).chain([!truth]).collect();
                self.clause(one);
            }
        }
        truth
    }

    fn clause(&mut self, mut clause: Vec<Lit>) {
        self.solver.add_clause_reuse(&mut clause);
    }

    fn within(&mut self, truth: Lit, variable: usize, values: &Values) {
        let spelling = &self.spellings[variable];
        let mut clauses = Vec::new();
        if let Some(blank) = spelling.blank
            && !values.blank
        {
            clauses.push(vec![!truth, !blank]);
        }
        for mut hole in holes(spelling, values) {
            hole.push(!truth);
            clauses.push(hole);
        }
        for clause in clauses {
            self.clause(clause);
        }
    }

    /// What the variables are in the model of the solver, and why, as far as sums have to do with it.
    fn model(&self) -> (Domains, Vec<Reason>) {
        let is = |truth: Lit| self.solver.value_lit(truth) == lbool::TRUE;
        let mut domains = Domains::of(self.query);
        let mut bounds = Vec::new();
        for (variable, spelling) in self.spellings.iter().enumerate() {
            if spelling.blank.is_some_and(is) {
                domains.narrow(variable, &Values::only_blank());
                continue;
            }
            let cell = spelling.below.iter().take_while(|below| !is(**below)).count();
            if let Some(values) = spelling.cells(cell, cell + 1) {
                domains.narrow(variable, &values);
            }
            bounds.push((variable, cell, spelling.below.len()));
        }
        let mut reasons = Vec::new();
        for (part, truth) in self.query.parts.iter().zip(&self.parts) {
            if let Part::AtMost(place) = part
                && is(*truth)
            {
                reasons.push(Reason::Holds(*place));
            }
        }
        let summed: std::collections::BTreeSet<usize> = holding(&reasons)
            .into_iter()
            .flat_map(|place| self.query.inequalities[place].sum.iter().map(|(variable, _)| *variable))
            .collect();
        for (variable, cell, cells) in bounds {
            if summed.contains(&variable) {
                if cell > 0 {
                    reasons.push(Reason::From(variable, cell - 1));
                }
                if cell < cells {
                    reasons.push(Reason::Below(variable, cell));
                }
            }
        }
        (domains, reasons)
    }

    /// As few of the reasons as still contradict each other. `None`: the steps are used up.
    fn fewest(
        &mut self,
        mut reasons: Vec<Reason>,
        usual: &dyn Fn(usize, &Values) -> Vec<Point>,
    ) -> Option<Vec<Reason>> {
        let mut place = 0;
        while place < reasons.len() {
            self.steps = self.steps.checked_sub(1)?;
            let mut fewer = reasons.clone();
            fewer.remove(place);
            let mut domains = Domains::of(self.query);
            let mut possible = true;
            for reason in &fewer {
                if let Some((variable, values)) = self.values(*reason) {
                    possible &= domains.narrow(variable, &values);
                }
            }
            for inequality in holding(&fewer) {
                for (variable, _) in &self.query.inequalities[inequality].sum {
                    let filled = domains.get(*variable).filled();
                    possible &= domains.narrow(*variable, &filled);
                }
            }
            let mut steps = self.steps.min(100);
            let still = possible
                .then(|| bounds::settle(self.query, &mut domains, &holding(&fewer), usual, &mut steps));
            // What cannot be told quickly is taken to matter.
            if matches!(still, None | Some(Some(false))) { reasons = fewer } else { place += 1 }
        }
        Some(reasons)
    }

    fn values(&self, reason: Reason) -> Option<(usize, Values)> {
        match reason {
            Reason::Holds(_) => None,
            Reason::From(variable, cut) => {
                let spelling = &self.spellings[variable];
                Some((variable, spelling.cells(cut + 1, spelling.below.len() + 1)?))
            }
            Reason::Below(variable, cut) => Some((variable, self.spellings[variable].cells(0, cut + 1)?)),
        }
    }

    fn truth(&self, reason: Reason) -> Lit {
        match reason {
            Reason::Holds(place) => self.inequalities[place],
            Reason::From(variable, cut) => !self.spellings[variable].below[cut],
            Reason::Below(variable, cut) => self.spellings[variable].below[cut],
        }
    }
}

fn holding(reasons: &[Reason]) -> Vec<usize> {
    let holds = |reason: &Reason| match reason {
        Reason::Holds(place) => Some(*place),
        _ => None,
    };
    reasons.iter().filter_map(holds).collect()
}

fn fresh(solver: &mut batsat::Solver<Budget>) -> Lit {
    Lit::new(solver.new_var_default(), true)
}

/// The truths of a variable, with the clauses that keep them in order and inside what it may be.
fn spelling(solver: &mut batsat::Solver<Budget>, cuts: Vec<Point>, full: &Values) -> Spelling {
    let below: Vec<Lit> = (0..cuts.len().saturating_sub(2)).map(|_| fresh(solver)).collect();
    let blank = full.blank.then(|| fresh(solver));
    for pair in below.windows(2) {
        solver.add_clause_reuse(&mut vec![!pair[0], pair[1]]);
    }
    if let (Some(blank), true) = (blank, full.stretches().is_empty()) {
        solver.add_clause_reuse(&mut vec![blank]);
    }
    let spelling = Spelling { blank, cuts, below };
    for mut hole in holes(&spelling, full) {
        solver.add_clause_reuse(&mut hole);
    }
    spelling
}

/// For every stretch of cells that values leave out: it is blank, or below it, or not below its end.
fn holes(spelling: &Spelling, values: &Values) -> Vec<Vec<Lit>> {
    let cells = spelling.cuts.len().saturating_sub(1);
    let outside: Vec<bool> = spelling.cuts.iter().take(cells).map(|first| !values.holds(first)).collect();
    let mut out = Vec::new();
    let mut cell = 0;
    while cell < cells {
        if !outside[cell] {
            cell += 1;
            continue;
        }
        let first = cell;
        while cell < cells && outside[cell] {
            cell += 1;
        }
        let mut clause: Vec<Lit> = spelling.blank.into_iter().collect();
        // Below the first cut is nothing, and below the last one everything.
        if first > 0 {
            clause.push(spelling.below[first - 1]);
        }
        if cell < cells {
            clause.push(!spelling.below[cell - 1]);
        }
        out.push(clause);
    }
    out
}

impl Spelling {
    /// The values from one cell up to, but without, another one.
    fn cells(&self, first: usize, end: usize) -> Option<Values> {
        Some(Values::from_to(self.cuts.get(first)?.clone(), self.cuts.get(end)?.clone()))
    }
}
