//! What formulas are about: the fields of a record, the present moment, scores, values made of child records, and
//! guesses that stand for what is not calculated.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use super::formula::{Formula, Sum};
use super::values::{Point, Values};
use crate::model::record::{Case, Openness, Presence};
use crate::model::{Field, FieldType, Id, Score};
use crate::worktime::{Day, Instant};

/// Numbers are whole numbers of millionths: conditions compare to six decimal places.
pub(super) const UNIT: i128 = 1_000_000;

/// No number that a record holds is as large, in millionths. Sums of some thousands of them cannot overflow.
pub(super) const BEYOND: i128 = 100_000_000_000_000_000_000 * UNIT;

/// More child records than this nobody has.
pub(super) const MANY: i128 = 1_000_000;

/// An item that is asked about: first the item of the space, then items that stand for child records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Scope(pub u32);

/// Something that a record has, or that is true of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Variable(u32);

impl Variable {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a variable stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum What {
    /// A field, except one of several choices.
    Field(Id<Field>),
    /// Whether a field of several choices holds a value.
    Has(Id<Field>, String),
    /// Whether a field of several choices holds a value that is not listed.
    HasOther(Id<Field>),
    /// Whether a text contains another one.
    Contains(Id<Field>, String),
    /// The present moment, in seconds.
    Now,
    /// The present day.
    Today,
    /// A score.
    Score(Id<Score>),
    /// What a row of a score gives for what it counts or adds.
    Row(Id<Score>, usize),
    /// What the rows of a score give that are about one variable alone.
    Scale(Id<Score>, Variable),
    /// What the rows of a score give that have one condition.
    Given(Id<Score>, Formula),
    /// How often a row of a score counts.
    Times(Id<Score>, usize),
    /// A value made of child records, by its place in the list of them.
    Aggregate(usize),
    /// Of an item that stands for child records: for how many.
    Copies,
    /// Of such an item: how many of those a question means, by the place of the question.
    Meant(usize),
    /// Of such an item: what those add to a sum, by the place of that value in the list.
    Added(usize),
    /// The truth of something that is not calculated; the text says of what.
    Guess(String),
    /// Something that is still open; the text says what.
    Open(String),
}

/// A variable.
#[derive(Debug)]
pub(super) struct Info {
    pub what: What,
    /// Of which item.
    pub scope: Scope,
    /// Everything it may be.
    pub full: Values,
    /// Numbers lie so far apart.
    pub step: i128,
    /// Values that examples should rather have, best first.
    pub usual: Vec<Point>,
    /// Values that the conditions name, as they are written there.
    pub named: BTreeMap<Point, String>,
    /// What always holds of it.
    pub facts: Vec<Formula>,
    /// Why it is not calculated, if it is not.
    pub doubt: Option<String>,
}

/// All variables of a space.
#[derive(Debug, Default)]
pub(super) struct Variables {
    list: Vec<Info>,
    index: HashMap<(Scope, What), Variable>,
    /// The item that is being asked about.
    pub scope: Scope,
}

impl Variables {
    pub fn get(&self, what: &What) -> Option<Variable> {
        self.index.get(&(self.scope_of(what), what.clone())).copied()
    }

    /// The item of which something is: the present is the same for all.
    fn scope_of(&self, what: &What) -> Scope {
        match what {
            What::Now | What::Today | What::Open(_) => Scope::default(),
            _ => self.scope,
        }
    }

    pub fn add(&mut self, what: What, full: Values, step: i128) -> Variable {
        let variable = Variable(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        let scope = self.scope_of(&what);
        self.index.insert((scope, what.clone()), variable);
        self.list.push(Info {
            what,
            scope,
            full,
            step,
            usual: Vec::new(),
            named: BTreeMap::new(),
            facts: Vec::new(),
            doubt: None,
        });
        variable
    }

    pub fn info(&self, variable: Variable) -> &Info {
        &self.list[variable.index()]
    }

    pub fn info_mut(&mut self, variable: Variable) -> &mut Info {
        &mut self.list[variable.index()]
    }

    pub fn full(&self, variable: Variable) -> &Values {
        &self.info(variable).full
    }

    pub fn step(&self, variable: Variable) -> i128 {
        self.info(variable).step
    }

    /// Every value of a sum is a multiple of this.
    pub fn common_step(&self, sum: &Sum) -> i128 {
        let steps = sum.iter().map(|(variable, times)| (times * self.step(*variable)).abs());
        steps.fold(0, gcd).max(1)
    }
}

/// The greatest common divisor; of 0 and a number, that number.
pub(super) fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A number in millionths.
pub(super) fn millionths(number: Decimal) -> i128 {
    let number = number.round_dp(6);
    let scale = 6_u32.saturating_sub(number.scale());
    number.mantissa().saturating_mul(10_i128.pow(scale)).clamp(-BEYOND, BEYOND)
}

/// The number of so many millionths.
pub(super) fn decimal(millionths: i128) -> Decimal {
    Decimal::try_from_i128_with_scale(millionths, 6).unwrap_or_default().normalize()
}

/// What a field may be, and how far apart its numbers lie.
pub(super) fn of_field(field: &Field) -> (Values, i128) {
    let bound = |bound: Option<Decimal>, else_: i128| bound.map_or(else_, millionths);
    let (least, greatest) = (bound(field.range.min, -BEYOND), bound(field.range.max, BEYOND));
    let everything = Values::between(-BEYOND, BEYOND + UNIT);
    let (values, step) = match &field.ty {
        FieldType::Integer => (everything.clip(least, greatest, UNIT), UNIT),
        FieldType::Number | FieldType::Percent | FieldType::Money(_) => {
            (everything.clip(least, greatest, 1), 1)
        }
        FieldType::Boolean => (Values::between(0, 2), 1),
        FieldType::Date => (days(), 1),
        FieldType::DateTime => (moments(), 1),
        FieldType::Choice(values) if values.openness == Openness::Closed => {
            let texts = values.names.iter().map(|name| Values::text(&folded(&name.text, field.case)));
            (texts.fold(Values::default(), |all, one| all.or(&one)), 1)
        }
        FieldType::Text
        | FieldType::Key
        | FieldType::User
        | FieldType::Reference(_)
        | FieldType::Choice(_)
        | FieldType::Choices(_) => (Values::texts(), 1),
    };
    match field.presence {
        Presence::Optional => (values.or_blank(), step),
        Presence::Required => (values, step),
    }
}

/// Every day.
pub(super) fn days() -> Values {
    Values::between(i128::from(Day::FIRST.number()), i128::from(Day::LAST.number()) + 1)
}

/// Every moment.
pub(super) fn moments() -> Values {
    Values::between(i128::from(Instant::MIN.epoch()), i128::from(Instant::MAX.epoch()) + 1)
}

/// A text as a field compares it.
pub(super) fn folded(text: &str, case: Case) -> String {
    match case {
        Case::Ignored => text.to_ascii_lowercase(),
        Case::Sensitive => text.to_owned(),
    }
}
