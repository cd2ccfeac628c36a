//! Whether some amounts can be all at once what is asked of them: inequalities over whole numbers, decided exactly.

/// A sum that is at least a bound: how often each amount counts, and the bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Least {
    pub(super) times: Vec<i128>,
    pub(super) bound: i128,
}

/// More steps than any question that people write needs.
const STEPS: usize = 5_000;

/// Whether there are amounts, none of them below zero, of which all of these hold. `None`: the numbers are beyond counting.
pub(super) fn feasible(all: &[Least]) -> Option<bool> {
    let mut tableau = Tableau::new(all);
    for _ in 0..STEPS {
        let Some(column) = tableau.entering()? else {
            return Some(tableau.missing()? == 0);
        };
        let Some(row) = tableau.leaving(column)? else { return Some(false) };
        tableau.pivot(row, column)?;
    }
    None
}

/// The first phase of the simplex method over fractions with one denominator, so that nothing is ever rounded.
///
/// Every sum gets a column for what it is above its bound. What a row still lacks is an amount of its own that has to
/// become zero; such amounts never come back, so that they need no column.
struct Tableau {
    rows: Vec<Vec<i128>>,
    /// By row: the amount that it gives. Those beyond the columns are what is lacking.
    basis: Vec<usize>,
    columns: usize,
    denominator: i128,
}

impl Tableau {
    fn new(all: &[Least]) -> Tableau {
        let amounts = all.iter().map(|least| least.times.len()).max().unwrap_or(0);
        let columns = amounts + all.len();
        let (mut rows, mut basis) = (Vec::new(), Vec::new());
        for (place, least) in all.iter().enumerate() {
            let lacks = least.bound > 0;
            let sign = if lacks { 1 } else { -1 };
            let mut row: Vec<i128> = least.times.iter().map(|times| sign * times).collect();
            row.resize(columns + 1, 0);
            row[amounts + place] = -sign;
            row[columns] = sign * least.bound;
            rows.push(row);
            basis.push(if lacks { columns + place } else { amounts + place });
        }
        Tableau { rows, basis, columns, denominator: 1 }
    }

    /// What all rows lack in a column, or of their bounds.
    fn lacking(&self, column: usize) -> Option<i128> {
        let lacking = self.rows.iter().zip(&self.basis).filter(|(_, gives)| **gives >= self.columns);
        lacking.map(|(row, _)| row[column]).try_fold(0_i128, i128::checked_add)
    }

    fn missing(&self) -> Option<i128> {
        self.lacking(self.columns)
    }

    /// The first amount with which less would be lacking: always taking the first, no choice is ever repeated.
    fn entering(&self) -> Option<Option<usize>> {
        for column in 0..self.columns {
            if self.lacking(column)? > 0 {
                return Some(Some(column));
            }
        }
        Some(None)
    }

    /// The row that allows the least of an amount.
    fn leaving(&self, column: usize) -> Option<Option<usize>> {
        let mut best: Option<usize> = None;
        for (row, cells) in self.rows.iter().enumerate().filter(|(_, cells)| cells[column] > 0) {
            let Some(other) = best else {
                best = Some(row);
                continue;
            };
            let mine = cells[self.columns].checked_mul(self.rows[other][column])?;
            let its = self.rows[other][self.columns].checked_mul(cells[column])?;
            if mine < its || mine == its && self.basis[row] < self.basis[other] {
                best = Some(row);
            }
        }
        Some(best)
    }

    fn pivot(&mut self, row: usize, column: usize) -> Option<()> {
        let pivot = self.rows[row][column];
        let chosen = self.rows[row].clone();
        for (place, cells) in self.rows.iter_mut().enumerate() {
            if place == row {
                continue;
            }
            let times = cells[column];
            for (cell, own) in cells.iter_mut().zip(&chosen) {
                let next = cell.checked_mul(pivot)?.checked_sub(times.checked_mul(*own)?)?;
                *cell = next / self.denominator;
            }
        }
        self.denominator = pivot;
        self.basis[row] = column;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Least, feasible};

    fn least(times: &[i128], bound: i128) -> Least {
        Least { times: times.to_vec(), bound }
    }

    fn most(times: &[i128], bound: i128) -> Least {
        least(&times.iter().map(|times| -times).collect::<Vec<_>>(), -bound)
    }

    #[test]
    fn parts_that_are_more_than_the_whole() {
        let parts = [least(&[1, 0, 0], 150), least(&[0, 1, 0], 80)];
        let with = |cap| [parts.as_slice(), &[most(&[1, 1, 1], cap)]].concat();
        assert_eq!(feasible(&with(229)), Some(false));
        assert_eq!(feasible(&with(230)), Some(true));
    }

    #[test]
    fn three_pairs_of_three_amounts() {
        // Every item counts in two of the three sums: 150 do for 100 in each.
        let pairs = [least(&[1, 1, 0], 100), least(&[0, 1, 1], 100), least(&[1, 0, 1], 100)];
        let with = |cap| [pairs.as_slice(), &[most(&[1, 1, 1], cap)]].concat();
        assert_eq!(feasible(&with(149)), Some(false));
        assert_eq!(feasible(&with(150)), Some(true));
    }

    #[test]
    fn shares_of_something() {
        // At least 60% and at least 45% of the same, in no item both.
        let shares = [least(&[40, -60, -60], 0), least(&[-45, 55, -45], 0)];
        assert_eq!(feasible(&shares), Some(true), "of nothing at all");
        assert_eq!(feasible(&[shares.as_slice(), &[least(&[1, 1, 1], 1)]].concat()), Some(false));
        assert_eq!(feasible(&[shares[0].clone(), least(&[1, 1, 1], 1)]), Some(true));
    }

    #[test]
    fn nothing_is_asked() {
        assert_eq!(feasible(&[]), Some(true));
        assert_eq!(feasible(&[least(&[], 1)]), Some(false));
        assert_eq!(feasible(&[least(&[i128::MAX, 1], 1), least(&[-3, -5], 7)]), None);
    }

    proptest::proptest! {
        /// Small whole amounts that fulfil everything are found by trying all of them; then the answer must be yes.
        #[test]
        fn what_can_be_tried_is_possible(
            rows in proptest::collection::vec((proptest::collection::vec(-3_i128..4, 3), -6_i128..9), 1..5),
        ) {
            let all: Vec<Least> = rows.iter().map(|(times, bound)| least(times, *bound)).collect();
            let holds = |amounts: [i128; 3]| {
                all.iter().all(|l| l.times.iter().zip(amounts).map(|(a, b)| a * b).sum::<i128>() >= l.bound)
            };
            let mut tried = (0..216).map(|n| [n % 6, n / 6 % 6, n / 36]);
            if tried.any(holds) {
                proptest::prop_assert_eq!(feasible(&all), Some(true));
            }
        }

        /// A sum of what is asked shows that it cannot be: then the answer must be no.
        #[test]
        fn what_a_sum_forbids_is_impossible(
            times in proptest::collection::vec(proptest::collection::vec(0_i128..5, 4), 1..4),
            bounds in proptest::collection::vec(1_i128..50, 3),
        ) {
            let mut all: Vec<Least> = times.iter().zip(&bounds).map(|(t, b)| least(t, *b)).collect();
            let sum = |place: usize| times.iter().map(|t| t[place]).sum::<i128>();
            let total: i128 = bounds.iter().take(times.len()).sum();
            all.push(most(&(0..4).map(sum).collect::<Vec<_>>(), total - 1));
            proptest::prop_assert_eq!(feasible(&all), Some(false));
        }
    }
}
