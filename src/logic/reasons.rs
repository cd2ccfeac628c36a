//! Why sums contradict each other: the bounds that follow from what is given, each with what it followed from, so that a
//! contradiction can be told with few of the givens. What is not needed for it is left out, which makes it true of more.

use std::collections::BTreeSet;

use super::query::{Inequality, Query};

/// After so many rounds nothing more is worked out.
const ROUNDS: usize = 30;

/// A bound of a variable that was given, by its place among the givens, or follows from an inequality.
#[derive(Debug, Clone, Copy)]
enum Because {
    Given(usize),
    Inequality(usize),
}

/// That a variable is at least, or at most, a number.
#[derive(Debug, Clone, Copy)]
struct Bound {
    value: i128,
    because: Because,
    /// The bound of the same end that was known before, by its place.
    before: Option<usize>,
}

/// An end of what a variable may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Least,
    Greatest,
}

impl End {
    /// True if one number leaves no more than another one.
    fn is_as_tight(self, one: i128, other: i128) -> bool {
        match self {
            End::Least => one >= other,
            End::Greatest => one <= other,
        }
    }

    /// The end of a variable that makes a sum small in which it stands so many times.
    fn of_smallest(times: i128) -> End {
        if times > 0 { End::Least } else { End::Greatest }
    }

    fn other(self) -> End {
        match self {
            End::Least => End::Greatest,
            End::Greatest => End::Least,
        }
    }
}

/// What a contradiction stands on.
#[derive(Debug, Default)]
pub(super) struct Contradiction {
    /// Bounds, by their places among the givens.
    pub givens: BTreeSet<usize>,
    pub inequalities: BTreeSet<usize>,
}

/// Bounds of the variables of one question, as they are found.
pub(super) struct Bounds<'q> {
    query: &'q Query,
    /// By variable and end: what it may be in any case. `None`: it can only be blank, or is no number.
    always: Vec<[Option<i128>; 2]>,
    found: Vec<Bound>,
    latest: Vec<[Option<usize>; 2]>,
}

impl<'q> Bounds<'q> {
    pub fn new(query: &'q Query) -> Bounds<'q> {
        let ends = query.full.iter().zip(&query.steps);
        let always: Vec<_> = ends.map(|(full, step)| [full.least(), full.greatest(*step)]).collect();
        Bounds { query, latest: vec![[None; 2]; always.len()], always, found: Vec::new() }
    }

    /// What contradicts itself in these givens and inequalities, if it shows.
    pub fn contradiction(
        &mut self,
        givens: &[(usize, End, i128)],
        active: &[usize],
    ) -> Option<Contradiction> {
        for (place, (variable, end, value)) in givens.iter().enumerate() {
            self.tighten(*variable, *end, *value, Because::Given(place));
        }
        for _ in 0..ROUNDS {
            let before = self.found.len();
            for place in active {
                if let Some(contradiction) = self.follow(*place) {
                    return Some(contradiction);
                }
            }
            if self.found.len() == before {
                break;
            }
        }
        None
    }

    fn value(&self, variable: usize, end: End, time: usize) -> Option<i128> {
        match self.known(variable, end, time) {
            Some(place) => Some(self.found[place].value),
            None => self.always[variable][end as usize],
        }
    }

    /// The bound that was known at a time.
    fn known(&self, variable: usize, end: End, time: usize) -> Option<usize> {
        let mut known = self.latest[variable][end as usize];
        while let Some(place) = known.filter(|place| *place >= time) {
            known = self.found[place].before;
        }
        known
    }

    fn tighten(&mut self, variable: usize, end: End, value: i128, because: Because) {
        let now = self.value(variable, end, usize::MAX);
        if now.is_none_or(|now| end.is_as_tight(now, value)) {
            return;
        }
        let before = self.latest[variable][end as usize];
        self.latest[variable][end as usize] = Some(self.found.len());
        self.found.push(Bound { value, because, before });
    }

    /// What follows from one inequality.
    fn follow(&mut self, place: usize) -> Option<Contradiction> {
        let Inequality { sum, bound } = &self.query.inequalities[place];
        let time = self.found.len();
        let mut least = 0;
        for (variable, times) in sum {
            least += times * self.value(*variable, End::of_smallest(*times), time)?;
        }
        if least > *bound {
            let mut out = Contradiction::default();
            let needed = self.needed(place, None, least - bound - 1, time, &mut out);
            self.explain(needed, &mut out);
            return Some(out);
        }
        for (variable, times) in sum {
            let smallest = End::of_smallest(*times);
            let own = times * self.value(*variable, smallest, time)?;
            let room = (bound - (least - own)).div_euclid(times.abs());
            let end = smallest.other();
            let limit = if *times > 0 { room } else { -room };
            let Some(value) = self.inside(*variable, end, limit) else { continue };
            self.tighten(*variable, end, value, Because::Inequality(place));
            if let Some(contradiction) = self.crossed(*variable) {
                return Some(contradiction);
            }
        }
        None
    }

    /// The last number of a variable inside a limit; without any, the first beyond all that it may be.
    fn inside(&self, variable: usize, end: End, limit: i128) -> Option<i128> {
        let (full, step) = (&self.query.full[variable], self.query.steps[variable]);
        let [least, greatest] = self.always[variable];
        let (least, greatest) = (least?, greatest?);
        Some(match end {
            End::Greatest => full.filled().clip(least, limit, step).greatest(step).unwrap_or(least - step),
            End::Least => full.filled().clip(limit, greatest, step).least().unwrap_or(greatest + step),
        })
    }

    /// Whether nothing is left of a variable.
    fn crossed(&self, variable: usize) -> Option<Contradiction> {
        let time = self.found.len();
        let least = self.value(variable, End::Least, time)?;
        let greatest = self.value(variable, End::Greatest, time)?;
        (least > greatest).then(|| {
            let mut out = Contradiction::default();
            // At least one step above the greatest is enough.
            let above = greatest + self.query.steps[variable];
            let needed = vec![
                (variable, End::Greatest, greatest, time),
                (variable, End::Least, above.min(least), time),
            ];
            self.explain(needed, &mut out);
            out
        })
    }

    /// The bounds that an inequality needs to say what it said, with so much to spare; `of` is what it was said of.
    fn needed(
        &self,
        place: usize,
        of: Option<usize>,
        mut spare: i128,
        time: usize,
        out: &mut Contradiction,
    ) -> Vec<Needed> {
        out.inequalities.insert(place);
        let others = self.query.inequalities[place].sum.iter().filter(|(variable, _)| Some(*variable) != of);
        let mut others: Vec<(i128, usize, i128)> = others
            .filter_map(|(variable, times)| {
                let end = End::of_smallest(*times);
                let (now, always) =
                    (self.value(*variable, end, time)?, self.always[*variable][end as usize]?);
                Some(((times * (now - always)).abs(), *variable, *times))
            })
            .collect();
        // Those that matter least are left out first.
        others.sort_unstable();
        let mut needed = Vec::new();
        for (gain, variable, times) in others {
            if gain <= spare {
                spare -= gain;
                continue;
            }
            let end = End::of_smallest(times);
            let Some(mut bound) = self.known(variable, end, time) else { continue };
            // A bound known before may do.
            while let Some(earlier) = self.found[bound].before {
                let lost = (times * (self.found[bound].value - self.found[earlier].value)).abs();
                if lost > spare {
                    break;
                }
                spare -= lost;
                bound = earlier;
            }
            needed.push((variable, end, self.found[bound].value, bound + 1));
        }
        needed
    }

    /// How much an inequality had to spare at a time when it kept a variable from everything beyond an end.
    fn spare(&self, place: usize, of: usize, (end, value): (End, i128), time: usize) -> Option<i128> {
        let (full, step) = (self.query.full[of].filled(), self.query.steps[of]);
        let [least, greatest] = self.always[of];
        let beyond = match end {
            End::Greatest => full.clip(value + 1, greatest?, step).least()?,
            End::Least => full.clip(least?, value - 1, step).greatest(step)?,
        };
        let Inequality { sum, bound } = &self.query.inequalities[place];
        let mut out = -bound - 1;
        for (variable, times) in sum {
            let value = match *variable {
                variable if variable == of => beyond,
                variable => self.value(variable, End::of_smallest(*times), time)?,
            };
            out += times * value;
        }
        Some(out.max(0))
    }

    /// Adds what bounds stand on.
    fn explain(&self, mut needed: Vec<Needed>, out: &mut Contradiction) {
        let mut seen = BTreeSet::new();
        while let Some((variable, end, value, time)) = needed.pop() {
            let Some(mut place) = self.known(variable, end, time) else { continue };
            // The first bound that is as tight as needed.
            while let Some(earlier) = self.found[place].before {
                if !end.is_as_tight(self.found[earlier].value, value) {
                    break;
                }
                place = earlier;
            }
            let always = self.always[variable][end as usize];
            if always.is_some_and(|always| end.is_as_tight(always, value)) || !seen.insert(place) {
                continue;
            }
            match self.found[place].because {
                Because::Given(given) => {
                    out.givens.insert(given);
                }
                Because::Inequality(inequality) => {
                    let spare = self.spare(inequality, variable, (end, value), place).unwrap_or_default();
                    needed.extend(self.needed(inequality, Some(variable), spare, place, out));
                }
            }
        }
    }
}

/// A variable, an end, how tight it must be, and before which time that was known.
type Needed = (usize, End, i128, usize);
