//! Sums with bounds. What each inequality leaves of its variables is worked out until nothing changes; differences that
//! go round in a circle are found first, for they would go on for ever. What is left is tried.

use super::domains::Domains;
use super::query::{Inequality, Query};
use super::values::{Point, Values};

/// After so many rounds it is left unsettled.
const ROUNDS: usize = 30;

/// What is known of some inequalities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// They cannot all hold.
    Contradiction,
    /// Nothing more follows from them one by one.
    Settled,
    /// It would go on.
    Unsettled,
}

/// Narrows the variables of inequalities to what these leave.
pub(super) fn narrow(query: &Query, domains: &mut Domains, active: &[usize]) -> Known {
    if active.is_empty() {
        return Known::Settled;
    }
    if goes_in_a_circle(query, active) {
        return Known::Contradiction;
    }
    for _ in 0..ROUNDS {
        let before = domains.mark();
        for place in active {
            if !narrow_one(query, domains, &query.inequalities[*place]) {
                return Known::Contradiction;
            }
        }
        if !domains.changed_since(before) {
            return Known::Settled;
        }
    }
    Known::Unsettled
}

/// Narrows the variables of one inequality. False: it cannot hold.
fn narrow_one(query: &Query, domains: &mut Domains, inequality: &Inequality) -> bool {
    let Some(least) = least(query, domains, inequality) else { return false };
    if least > inequality.bound {
        return false;
    }
    for (variable, times) in &inequality.sum {
        let step = query.steps[*variable];
        let values = domains.get(*variable);
        let (Some(low), Some(high)) = (values.least(), values.greatest(step)) else { return false };
        let own = if *times > 0 { times * low } else { times * high };
        // What the others leave for this one.
        let room = inequality.bound - (least - own);
        let (at_least, at_most) = if *times > 0 {
            (low, high.min(room.div_euclid(*times)))
        } else {
            (low.max(-room.div_euclid(-times)), high)
        };
        if (at_least, at_most, values.blank) == (low, high, false) {
            continue;
        }
        let clipped = values.filled().clip(at_least, at_most, step);
        if !domains.narrow(*variable, &clipped) {
            return false;
        }
    }
    true
}

/// The smallest value of a sum. `None`: a variable can only be blank.
pub(super) fn least(query: &Query, domains: &Domains, inequality: &Inequality) -> Option<i128> {
    let each = inequality.sum.iter().map(|(variable, times)| {
        let values = domains.get(*variable);
        let end = if *times > 0 { values.least()? } else { values.greatest(query.steps[*variable])? };
        Some(times * end)
    });
    each.sum()
}

/// The largest value of a sum. `None`: a variable can only be blank.
pub(super) fn greatest(query: &Query, domains: &Domains, inequality: &Inequality) -> Option<i128> {
    let each = inequality.sum.iter().map(|(variable, times)| {
        let values = domains.get(*variable);
        let end = if *times > 0 { values.greatest(query.steps[*variable])? } else { values.least()? };
        Some(times * end)
    });
    each.sum()
}

/// Whether differences of two variables contradict each other in a circle: `a < b`, `b < c` and `c < a`.
fn goes_in_a_circle(query: &Query, active: &[usize]) -> bool {
    let mut edges = Vec::new();
    for place in active {
        let Inequality { sum, bound } = &query.inequalities[*place];
        if let [(a, x), (b, y)] = sum.as_slice()
            && *x == -*y
        {
            // `x` times `a - b` is at most the bound.
            let (from, to) = if *x > 0 { (*b, *a) } else { (*a, *b) };
            edges.push((from, to, bound.div_euclid(x.abs())));
        }
    }
    if edges.len() < 2 {
        return false;
    }
    let mut nodes: Vec<usize> = edges.iter().flat_map(|(from, to, _)| [*from, *to]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let place = |node: usize| nodes.binary_search(&node).unwrap_or_default();
    let mut distance = vec![0_i128; nodes.len()];
    for _ in 0..nodes.len() {
        let mut changed = false;
        for (from, to, length) in &edges {
            let there = distance[place(*from)] + length;
            if there < distance[place(*to)] {
                distance[place(*to)] = there;
                changed = true;
            }
        }
        if !changed {
            return false;
        }
    }
    true
}

/// Finds a value for each variable of the inequalities, so that all of them hold. Best values first; then the ends, then
/// halves. `None`: the steps are used up. On success the domains are left narrowed to the values.
pub(super) fn settle(
    query: &Query,
    domains: &mut Domains,
    active: &[usize],
    usual: &dyn Fn(usize, &Values) -> Vec<Point>,
    steps: &mut u32,
) -> Option<bool> {
    let known = narrow(query, domains, active);
    if known == Known::Contradiction {
        return Some(false);
    }
    let open =
        active.iter().flat_map(|place| &query.inequalities[*place].sum).map(|(variable, _)| *variable).find(
            |variable| {
                domains.get(*variable).least() != domains.get(*variable).greatest(query.steps[*variable])
            },
        );
    let Some(variable) = open else {
        return if known == Known::Settled { Some(true) } else { None };
    };
    let step = query.steps[variable];
    let values = domains.get(variable).clone();
    let (Some(low), Some(high)) = (values.least(), values.greatest(step)) else { return Some(false) };
    let single = |number: i128| Values::number(number, step);
    let mut tries: Vec<Values> =
        usual(variable, &values).iter().filter_map(Point::number).map(single).collect();
    tries.extend([single(low), single(high)]);
    let middle = (low + (high - low) / 2).div_euclid(step) * step;
    tries.extend([Values::between(low, middle + step), Values::between(middle + step, high + step)]);
    for attempt in tries {
        *steps = steps.checked_sub(1)?;
        let before = domains.mark();
        if domains.narrow(variable, &attempt) && settle(query, domains, active, usual, steps)? {
            return Some(true);
        }
        domains.undo(before);
    }
    Some(false)
}
