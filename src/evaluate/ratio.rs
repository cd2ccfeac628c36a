//! Parts of a whole, exactly, and how they are rounded where they are shown.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::model::scenario::ExpectedLevel;

/// So much of a whole. Compared exactly; rounded only where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// The part.
    pub part: Decimal,
    /// The whole, more than 0.
    pub whole: Decimal,
}

impl Ratio {
    /// So much of a whole. `None` of nothing.
    pub fn new(part: impl Into<Decimal>, whole: impl Into<Decimal>) -> Option<Ratio> {
        let (part, whole) = (part.into(), whole.into());
        (whole > Decimal::ZERO).then_some(Ratio { part, whole })
    }

    /// How it compares with so many per cent, without division.
    pub fn compare(self, percent: Decimal) -> Ordering {
        let sides = self.part.checked_mul(Decimal::ONE_HUNDRED).zip(percent.checked_mul(self.whole));
        match sides {
            Some((left, right)) => left.cmp(&right),
            None => (self.part / self.whole).cmp(&(percent / Decimal::ONE_HUNDRED)),
        }
    }

    /// Whether it is what somebody expects: a share is rounded to as many places as are written, a time is exact.
    pub fn shows(self, expected: ExpectedLevel) -> bool {
        match expected {
            ExpectedLevel::Percent { value, places } => self.percent(places) == value,
            ExpectedLevel::Time(time) => {
                time.seconds().is_some_and(|seconds| self.part == Decimal::from(seconds))
            }
        }
    }

    /// In per cent, rounded to so many places: a half goes up.
    pub fn percent(self, places: u32) -> Decimal {
        let steps = Decimal::from(10_u64.pow(places.min(9)));
        let scaled = self.part.saturating_mul(Decimal::ONE_HUNDRED).saturating_mul(steps);
        let rest = scaled.checked_rem(self.whole).unwrap_or_default();
        let whole = ((scaled - rest) / self.whole).round();
        let up = rest.saturating_add(rest) >= self.whole;
        ((whole + Decimal::from(u8::from(up))) / steps).normalize()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_goes_up_and_nothing_else_does() {
        let percent =
            |part: u64, whole: u64, places| Ratio::new(part, whole).unwrap().percent(places).to_string();
        assert_eq!(percent(43_157, 43_200, 4), "99.9005");
        assert_eq!(percent(43_156, 43_200, 4), "99.8981");
        assert_eq!(percent(42_984, 43_200, 4), "99.5");
        assert_eq!(percent(1, 8, 0), "13", "12.5");
        assert_eq!(percent(1, 8, 1), "12.5");
        assert_eq!(percent(1, 3, 2), "33.33");
        assert_eq!(percent(2, 3, 0), "67");
        assert_eq!(percent(0, 5, 4), "0");
        assert_eq!(percent(5, 5, 4), "100");
    }
}
