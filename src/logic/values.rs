//! What one variable may be: blank or not, and stretches of numbers or of texts.

use std::sync::Arc;

/// A number or a text. The texts of a field are ordered by their bytes, so that all that start with the same letters
/// lie side by side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// A whole number of the variable's smallest units: millionths, days, seconds.
    Number(i128),
    /// A text.
    Text(Arc<[u8]>),
}

impl Point {
    /// The point of a text.
    pub fn text(text: &str) -> Point {
        Point::Text(text.as_bytes().into())
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<i128> {
        match self {
            Point::Number(number) => Some(*number),
            Point::Text(_) => None,
        }
    }

    /// The first point after this one.
    fn next(&self, step: i128) -> Point {
        match self {
            Point::Number(number) => Point::Number(number + step),
            Point::Text(bytes) => Point::Text(bytes.iter().copied().chain([0]).collect()),
        }
    }
}

/// From a first point to one that is no longer meant.
pub type Stretch = (Point, Point);

/// A set of values. The stretches are sorted, not empty, and do not touch.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Values {
    /// Whether it may be blank.
    pub blank: bool,
    stretches: Vec<Stretch>,
}

impl Values {
    /// Blank, and nothing else.
    pub fn only_blank() -> Values {
        Values { blank: true, stretches: Vec::new() }
    }

    /// From a number up to, but without, another one.
    pub fn between(first: i128, end: i128) -> Values {
        Values::from_to(Point::Number(first), Point::Number(end))
    }

    /// One number; numbers lie a step apart.
    pub fn number(number: i128, step: i128) -> Values {
        Values::between(number, number + step)
    }

    /// Every text, save the empty one, which is blank.
    pub fn texts() -> Values {
        // No text of Unicode has a byte like this one.
        Values::from_to(Point::text("\0"), Point::Text([0xff].into()))
    }

    /// One text.
    pub fn text(text: &str) -> Values {
        let point = Point::text(text);
        let end = point.next(0);
        Values::from_to(point, end)
    }

    /// The texts that are ordered before another one.
    pub fn texts_before(text: &str) -> Values {
        Values::from_to(Point::text("\0"), Point::text(text))
    }

    /// The texts that start with another one.
    pub fn starting_with(prefix: &str) -> Values {
        let mut end = prefix.as_bytes().to_vec();
        // In UTF-8 no byte is 0xff, so there is always one to raise.
        if let Some(last) = end.last_mut() {
            *last += 1;
        }
        Values::from_to(Point::text(prefix), Point::Text(end.into()))
    }

    /// From a point up to, but without, another one.
    pub fn from_to(first: Point, end: Point) -> Values {
        let stretches = if first < end { vec![(first, end)] } else { Vec::new() };
        Values { blank: false, stretches }
    }

    /// The same, and blank.
    #[must_use]
    pub fn or_blank(mut self) -> Values {
        self.blank = true;
        self
    }

    /// The stretches, sorted.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// True if nothing is in it.
    pub fn is_empty(&self) -> bool {
        !self.blank && self.stretches.is_empty()
    }

    /// The smallest number in it.
    pub fn least(&self) -> Option<i128> {
        self.stretches.first()?.0.number()
    }

    /// The largest number in it; numbers lie a step apart.
    pub fn greatest(&self, step: i128) -> Option<i128> {
        Some(self.stretches.last()?.1.number()? - step)
    }

    /// True if a point is in it.
    pub fn holds(&self, point: &Point) -> bool {
        let after = self.stretches.partition_point(|(first, _)| first <= point);
        after > 0 && *point < self.stretches[after - 1].1
    }

    /// What is in both.
    #[must_use]
    pub fn and(&self, other: &Values) -> Values {
        let mut stretches = Vec::new();
        let (mut a, mut b) = (self.stretches.iter().peekable(), other.stretches.iter().peekable());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            let (first, end) = ((&x.0).max(&y.0), (&x.1).min(&y.1));
            if first < end {
                stretches.push((first.clone(), end.clone()));
            }
            if x.1 < y.1 {
                a.next()
            } else {
                b.next()
            };
        }
        Values { blank: self.blank && other.blank, stretches }
    }

    /// What is in one of them.
    #[must_use]
    pub fn or(&self, other: &Values) -> Values {
        let mut all: Vec<&Stretch> = self.stretches.iter().chain(&other.stretches).collect();
        all.sort();
        let mut stretches: Vec<Stretch> = Vec::with_capacity(all.len());
        for (first, end) in all {
            match stretches.last_mut() {
                Some(last) if *first <= last.1 => last.1 = (&last.1).max(end).clone(),
                _ => stretches.push((first.clone(), end.clone())),
            }
        }
        Values { blank: self.blank || other.blank, stretches }
    }

    /// What is in this and not in the other.
    #[must_use]
    pub fn without(&self, other: &Values) -> Values {
        let mut stretches = Vec::new();
        let mut cuts = other.stretches.iter().peekable();
        for (first, end) in &self.stretches {
            let mut first = first;
            while let Some(cut) = cuts.peek() {
                if cut.1 <= *first {
                    cuts.next();
                    continue;
                }
                if cut.0 >= *end {
                    break;
                }
                if *first < cut.0 {
                    stretches.push((first.clone(), cut.0.clone()));
                }
                first = &cut.1;
                if first >= end {
                    break;
                }
                cuts.next();
            }
            if first < end {
                stretches.push((first.clone(), end.clone()));
            }
        }
        Values { blank: self.blank && !other.blank, stretches }
    }

    /// True if something is in both.
    pub fn meets(&self, other: &Values) -> bool {
        if self.blank && other.blank {
            return true;
        }
        let (mut a, mut b) = (self.stretches.iter().peekable(), other.stretches.iter().peekable());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            if (&x.0).max(&y.0) < (&x.1).min(&y.1) {
                return true;
            }
            if x.1 < y.1 {
                a.next()
            } else {
                b.next()
            };
        }
        false
    }

    /// True if all of this is in the other.
    pub fn within(&self, other: &Values) -> bool {
        if self.blank && !other.blank {
            return false;
        }
        let mut around = other.stretches.iter().peekable();
        self.stretches.iter().all(|(first, end)| {
            while around.peek().is_some_and(|(_, other_end)| other_end <= first) {
                around.next();
            }
            around.peek().is_some_and(|(other_first, other_end)| other_first <= first && end <= other_end)
        })
    }

    /// The filled values alone.
    #[must_use]
    pub fn filled(&self) -> Values {
        Values { blank: false, stretches: self.stretches.clone() }
    }

    /// The numbers that are not below one and not above another; blank is left as it is.
    #[must_use]
    pub fn clip(&self, least: i128, greatest: i128, step: i128) -> Values {
        let first = least.div_euclid(step) + i128::from(least.rem_euclid(step) != 0);
        let end = greatest.div_euclid(step) + 1;
        let mut bounds = Values::between(first.saturating_mul(step), end.saturating_mul(step));
        bounds.blank = true;
        self.and(&bounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(stretches: &[(i128, i128)], blank: bool) -> Values {
        let all = stretches.iter().map(|(a, b)| Values::between(*a, *b));
        let values = all.fold(Values::default(), |a, b| a.or(&b));
        Values { blank, ..values }
    }

    #[test]
    fn sets_agree_with_lists_of_members() {
        let sets: Vec<Values> = (0..64_u32)
            .map(|bits| {
                let ones: Vec<_> = (0..5).filter(|n| bits >> n & 1 == 1).map(|n| (n, n + 1)).collect();
                of(&ones, bits >> 5 == 1)
            })
            .collect();
        for (i, a) in sets.iter().enumerate() {
            for (j, b) in sets.iter().enumerate() {
                assert_eq!(a.and(b), sets[i & j]);
                assert_eq!(a.or(b), sets[i | j]);
                assert_eq!(a.without(b), sets[i & !j]);
                assert_eq!(a.meets(b), i & j != 0);
                assert_eq!(a.within(b), i & !j == 0);
            }
            assert_eq!(a.is_empty(), i == 0);
        }
    }

    #[test]
    fn texts_with_one_beginning_lie_side_by_side() {
        let ex = Values::starting_with("ex");
        for (text, inside) in [("ex", true), ("example", true), ("ey", false), ("e", false), ("exé", true)] {
            assert_eq!(ex.holds(&Point::text(text)), inside, "{text}");
            assert_eq!(Values::text(text).within(&ex), inside, "{text}");
        }
        assert!(!Values::texts().holds(&Point::text("")));
        assert!(Values::text("\u{10ffff}").within(&Values::texts()));
    }

    #[test]
    fn bounds_are_rounded_inwards() {
        assert_eq!(of(&[(0, 100)], true).clip(15, 44, 10), of(&[(20, 50)], true));
        assert!(of(&[(0, 100)], false).clip(41, 49, 10).is_empty());
    }
}
