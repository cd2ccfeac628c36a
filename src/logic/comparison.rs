//! Comparisons as formulas: numbers, days and moments as sums of variables, texts and choices as sets.

use super::Space;
use super::formula::{Formula, Sum};
use super::values::{Point, Values};
use super::variables::{BEYOND, UNIT, Variable, What, folded, millionths};
use crate::model::predicate::{Arithmetic, Comparison};
use crate::model::record::{Case, Openness};
use crate::model::{Constant, Field, FieldType, Id, Term};
use crate::worktime::Day;

/// Parts of a sum are counted in millionths too, so that `amount * 0.5` is a sum.
const SCALE: i128 = UNIT;

/// Why a question about time stays open.
pub(super) const NO_ZONE: &str = "the agreement's time zone is not known";

/// One side of a comparison.
enum Side {
    /// A sum and a constant, [`SCALE`] times as large.
    Sum(Sum, i128),
    /// A text or a choice of the record.
    Text(Id<Field>),
    /// A text of the agreement.
    Word(String),
}

/// Why a side is not one of these.
enum Unknown {
    /// It is blank, and so the comparison false.
    Blank,
    /// It is not calculated.
    Doubt(&'static str),
    /// It is open, or could not be resolved.
    Open(String),
}

/// `left op right` holds.
pub(super) fn compare(space: &mut Space<'_>, left: &Term, op: Comparison, right: &Term) -> Formula {
    let (l, r) = match (side(space, left), side(space, right)) {
        (Ok(l), Ok(r)) => (l, r),
        (Err(Unknown::Open(reason)), _) | (_, Err(Unknown::Open(reason))) => return space.open(reason),
        (Err(Unknown::Blank), _) | (_, Err(Unknown::Blank)) => return Formula::FALSE,
        (Err(Unknown::Doubt(doubt)), _) | (_, Err(Unknown::Doubt(doubt))) => {
            return not_calculated(space, (left, op, right), doubt);
        }
    };
    match (l, r) {
        (Side::Sum(l, a), Side::Sum(r, b)) => sums(space, (l, a), op, (r, b)),
        (Side::Text(field), Side::Word(word)) => word_of(space, field, op, &word),
        (Side::Word(word), Side::Text(field)) => word_of(space, field, turned(op), &word),
        (Side::Word(a), Side::Word(b)) => {
            if !a.is_empty() && !b.is_empty() && op.accepts(a.cmp(&b)) {
                Formula::TRUE
            } else {
                Formula::FALSE
            }
        }
        (Side::Text(a), Side::Text(b)) => texts(space, a, op, b),
        _ => Formula::FALSE,
    }
}

fn side(space: &mut Space<'_>, term: &Term) -> Result<Side, Unknown> {
    let one = |variable: Variable| Side::Sum(vec![(variable, SCALE)], 0);
    match term {
        Term::Field(field) => match &space.field(*field).ty {
            FieldType::Choices(_) => Err(Unknown::Blank),
            FieldType::Text
            | FieldType::Key
            | FieldType::User
            | FieldType::Reference(_)
            | FieldType::Choice(_) => Ok(Side::Text(*field)),
            _ => Ok(one(space.field_variable(*field))),
        },
        Term::Constant(constant) => constant_side(space, constant),
        Term::Now => Ok(one(space.present(false))),
        Term::Today if space.zone.is_none() => Err(no_zone()),
        Term::Today => Ok(one(space.present(true))),
        Term::Score(score) => Ok(one(space.score(*score))),
        Term::Aggregate(aggregate) => Ok(one(space.aggregate(aggregate))),
        Term::Arithmetic(left, op, right) => {
            let (Side::Sum(l, a), Side::Sum(r, b)) = (side(space, left)?, side(space, right)?) else {
                return Err(Unknown::Blank);
            };
            arithmetic((l, a), *op, (r, b))
        }
    }
}

fn no_zone() -> Unknown {
    Unknown::Open(NO_ZONE.into())
}

fn constant_side(space: &Space<'_>, constant: &Constant) -> Result<Side, Unknown> {
    let number = |value: i128| Side::Sum(Vec::new(), value * SCALE);
    Ok(match constant {
        Constant::Number(n) | Constant::Percent(n) | Constant::Money(n, _) => number(millionths(*n)),
        Constant::Text(text) | Constant::Choice(text) => Side::Word(text.clone()),
        Constant::Boolean(value) => number(i128::from(*value)),
        Constant::Date(date) => number(i128::from(Day::of(*date).number())),
        Constant::DateTime(local) => {
            let zone = space.zone.as_ref().ok_or_else(no_zone)?;
            number(i128::from(zone.instant(*local).map_err(|_| Unknown::Blank)?.epoch()))
        }
    })
}

/// The sum or product of two sums. A product of two variables is none.
fn arithmetic((l, a): (Sum, i128), op: Arithmetic, (r, b): (Sum, i128)) -> Result<Side, Unknown> {
    let times = |sum: Sum, constant: i128, by: i128| -> Option<Side> {
        // The factor is in millionths of SCALE; what comes out must be a whole number of SCALE again.
        let scaled = |n: i128| {
            let product = n.checked_mul(by)?;
            (product % (SCALE * UNIT) == 0).then_some(product / (SCALE * UNIT))
        };
        let sum = sum.into_iter().map(|(v, n)| Some((v, scaled(n)?))).collect::<Option<Sum>>()?;
        Some(Side::Sum(sum, scaled(constant)?))
    };
    let negative = |sum: Sum| sum.into_iter().map(|(v, n)| (v, -n)).collect::<Sum>();
    let both = |l: Sum, r: Sum| [l, r].concat();
    match op {
        Arithmetic::Add => Ok(Side::Sum(both(l, r), a + b)),
        Arithmetic::Subtract => Ok(Side::Sum(both(l, negative(r)), a - b)),
        Arithmetic::Multiply => {
            let product = if r.is_empty() {
                times(l, a, b)
            } else if l.is_empty() {
                times(r, b, a)
            } else {
                return Err(Unknown::Doubt("it multiplies one field by another"));
            };
            product.ok_or(Unknown::Doubt("it multiplies numbers with many decimal places"))
        }
    }
}

/// Compares two sums.
fn sums(space: &mut Space<'_>, (l, a): (Sum, i128), op: Comparison, (r, b): (Sum, i128)) -> Formula {
    let whole = l.iter().chain(&r).all(|(_, times)| times % SCALE == 0);
    name_bound(space, &l, &r, b - a);
    let filled: Vec<Formula> = l.iter().chain(&r).map(|(variable, _)| space.is_filled(*variable)).collect();
    let all_filled = space.all(filled);
    let mut difference = std::collections::BTreeMap::new();
    for (variable, times) in l.into_iter().chain(r.into_iter().map(|(v, n)| (v, -n))) {
        *difference.entry(variable).or_insert(0_i128) += times;
    }
    let difference: Sum = difference.into_iter().filter(|(_, times)| *times != 0).collect();
    let too_large = difference.iter().any(|(_, times)| times.abs() > BEYOND);
    let key = format!("{difference:?} {} {b} - {a}", op.sign());
    let held = if too_large {
        space.guess(key, "its numbers are too large")
    } else if whole {
        ordered(space, &difference, op, b - a, 0)
    } else {
        // Both sides are rounded to six places before they are compared.
        let surely = ordered(space, &difference, op, b - a, -SCALE);
        let perhaps = ordered(space, &difference, op, b - a, SCALE);
        space.roughly(surely, perhaps, key, "it multiplies numbers with many decimal places")
    };
    space.all([all_filled, held])
}

/// `difference op bound`, with so much room on the generous side.
fn ordered(space: &mut Space<'_>, difference: &Sum, op: Comparison, bound: i128, room: i128) -> Formula {
    let negative: Sum = difference.iter().map(|(variable, times)| (*variable, -times)).collect();
    // A step of what is compared: one millionth, day or second.
    let step = SCALE;
    match op {
        Comparison::LessOrEqual => space.at_most(difference.clone(), bound + room),
        Comparison::Less => space.at_most(difference.clone(), bound - step + room),
        Comparison::GreaterOrEqual => space.at_most(negative, -bound + room),
        Comparison::Greater => space.at_most(negative, -bound - step + room),
        Comparison::Equal => {
            let low = space.at_most(difference.clone(), bound + room);
            let high = space.at_most(negative, -bound + room);
            space.all([low, high])
        }
        Comparison::NotEqual => {
            let low = space.at_most(difference.clone(), bound - step + room);
            let high = space.at_most(negative, -bound - step + room);
            space.any([low, high])
        }
    }
}

/// Remembers the number that a single variable is compared with: people know it.
fn name_bound(space: &mut Space<'_>, l: &Sum, r: &Sum, bound: i128) {
    let (variable, bound) = match (l.as_slice(), r.as_slice()) {
        ([(variable, SCALE)], []) => (*variable, bound / SCALE),
        ([], [(variable, SCALE)]) => (*variable, -bound / SCALE),
        _ => return,
    };
    space.variables.info_mut(variable).named.insert(Point::Number(bound), String::new());
}

/// The sign that means the same with the sides changed.
fn turned(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        Comparison::Equal | Comparison::NotEqual => op,
    }
}

/// A text or a choice compared with a text of the agreement.
fn word_of(space: &mut Space<'_>, field: Id<Field>, op: Comparison, word: &str) -> Formula {
    if word.is_empty() {
        return Formula::FALSE;
    }
    let variable = space.field_variable(field);
    let folded = folded(word, space.field(field).case);
    space.variables.info_mut(variable).named.insert(Point::text(&folded), word.to_owned());
    let equal = Values::text(&folded);
    let less = Values::texts_before(&folded);
    let full = space.variables.full(variable).filled();
    let values = match op {
        Comparison::Equal => equal,
        Comparison::NotEqual => full.without(&equal),
        Comparison::Less => less,
        Comparison::LessOrEqual => less.or(&equal),
        Comparison::Greater => full.without(&less).without(&equal),
        Comparison::GreaterOrEqual => full.without(&less),
    };
    space.within(variable, &values)
}

/// Two texts of the record.
fn texts(space: &mut Space<'_>, a: Id<Field>, op: Comparison, b: Id<Field>) -> Formula {
    let (x, y) = (space.field_variable(a), space.field_variable(b));
    let filled = [space.is_filled(x), space.is_filled(y)];
    let filled = space.all(filled);
    if a == b {
        let holds = op.accepts(std::cmp::Ordering::Equal);
        return if holds { filled } else { Formula::FALSE };
    }
    let equal = match listed(space, a, b) {
        Some(common) => {
            let each: Vec<Formula> = common
                .iter()
                .map(|value| {
                    let both = [space.within(x, &Values::text(value)), space.within(y, &Values::text(value))];
                    space.all(both)
                })
                .collect();
            space.any(each)
        }
        None => {
            let key = format!("{} = {}", a.index().min(b.index()), a.index().max(b.index()));
            space.guess(key, "it compares two texts of the record with each other")
        }
    };
    let holds = match op {
        Comparison::Equal => equal,
        Comparison::NotEqual => space.not(equal),
        _ => {
            let key = format!("{a:?} {} {b:?}", op.sign());
            space.guess(key, "it compares two texts of the record with each other")
        }
    };
    space.all([filled, holds])
}

/// The values that two choices have in common, if both are lists without any other values.
fn listed(space: &Space<'_>, a: Id<Field>, b: Id<Field>) -> Option<Vec<String>> {
    let closed = |field: Id<Field>| {
        let field = space.field(field);
        let values = field.ty.values().filter(|values| values.openness == Openness::Closed);
        values.filter(|_| field.case == Case::Sensitive)
    };
    let (a, b) = (closed(a)?, closed(b)?);
    Some(a.names.iter().filter(|name| b.lists(&name.text)).map(|name| name.text.clone()).collect())
}

/// A comparison that is not calculated: true or false, but only with everything filled.
fn not_calculated(
    space: &mut Space<'_>,
    (left, op, right): (&Term, Comparison, &Term),
    doubt: &str,
) -> Formula {
    let fields = left.parts().into_iter().chain(right.parts()).filter_map(|part| match part {
        Term::Field(field) => Some(What::Field(*field)),
        _ => None,
    });
    let variables: Vec<Variable> = fields.filter_map(|what| space.variables.get(&what)).collect();
    let mut filled: Vec<Formula> = variables.into_iter().map(|variable| space.is_filled(variable)).collect();
    filled.push(space.guess(format!("{left:?} {} {right:?}", op.sign()), doubt));
    space.all(filled)
}
