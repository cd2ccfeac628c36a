//! Conditions of the language as formulas, with exactly its meaning: two-valued, and a comparison with a blank field is
//! false.

use std::cell::Cell;

use super::{Formula, quoted};
use crate::evaluate::{Evaluator, Item, Value};
use crate::model::predicate::{Arithmetic, Comparison};
use crate::model::record::Case;
use crate::model::{Constant, Duration, Field, FieldType, Id, Predicate, PredicateKind, Record, Term, Unit};
use crate::source::Span;
use crate::targets::salesforce::org::Org;

/// Tests in one formula, before it is given up: definitions that use one another can grow without end.
const MOST_TESTS: usize = 4_000;
/// Places to which numbers are compared, as `evaluate` does; a percentage is a fraction in a formula.
const PLACES: usize = 6;
const PERCENT_PLACES: usize = 8;

/// Why a condition cannot be a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// In words that follow "because".
    pub why: String,
    /// The part of the condition.
    pub span: Span,
}

/// Translates conditions on one record.
#[derive(Debug)]
pub struct Conditions<'a> {
    org: &'a Org<'a>,
    evaluator: &'a Evaluator<'a>,
    id: Id<Record>,
    left: Cell<usize>,
}

impl<'a> Conditions<'a> {
    /// For conditions on a record.
    pub fn new(org: &'a Org<'a>, evaluator: &'a Evaluator<'a>, id: Id<Record>) -> Self {
        Conditions { org, evaluator, id, left: Cell::new(MOST_TESTS) }
    }

    /// The field is blank.
    pub fn blank(&self, field: Id<Field>) -> Formula {
        let name = self.name(field);
        match self.field(field).ty {
            FieldType::Choice(_) => Formula::test(format!("ISBLANK(TEXT({name}))")),
            // A checkbox is always ticked or not.
            FieldType::Boolean => Formula::Constant(false),
            _ => Formula::test(format!("ISBLANK({name})")),
        }
    }

    /// The choice has this value.
    pub fn is_value(&self, field: Id<Field>, value: &str) -> Formula {
        Formula::test(format!("ISPICKVAL({}, {})", self.name(field), self.value(field, value)))
    }

    /// The choice had this value before the change.
    pub fn was_value(&self, field: Id<Field>, value: &str) -> Formula {
        let value = self.value(field, value);
        Formula::test(format!("ISPICKVAL(PRIORVALUE({}), {value})", self.name(field)))
    }

    /// The number lies outside its range.
    pub fn out_of_range(&self, field: Id<Field>) -> Formula {
        let declared = self.field(field);
        let name = self.name(field);
        let percent = declared.ty == FieldType::Percent;
        let outside = |end: Option<rust_decimal::Decimal>, sign: &str| {
            end.map(|end| Formula::test(format!("{name} {sign} {}", number(end, percent))))
        };
        let ends = [outside(declared.range.min, "<"), outside(declared.range.max, ">")];
        Formula::all([self.blank(field).negated(), Formula::any(ends.into_iter().flatten())])
    }

    /// The condition holds.
    ///
    /// # Errors
    /// The part of it that Salesforce has no way to say.
    pub fn translate(&self, condition: &Predicate) -> Result<Formula, Unsupported> {
        let unsupported = |why: &str| Unsupported { why: why.to_owned(), span: condition.span };
        let Some(left) = self.left.get().checked_sub(1) else {
            return Err(unsupported("the condition is too large for a formula"));
        };
        self.left.set(left);
        let all =
            |parts: &[Predicate]| parts.iter().map(|p| self.translate(p)).collect::<Result<Vec<_>, _>>();
        Ok(match &condition.kind {
            PredicateKind::Always => Formula::Constant(true),
            PredicateKind::And(parts) => Formula::all(all(parts)?),
            PredicateKind::Or(parts) => Formula::any(all(parts)?),
            PredicateKind::Not(inner) => self.translate(inner)?.negated(),
            PredicateKind::AtLeast(count, parts) => Formula::at_least(*count, all(parts)?),
            PredicateKind::Is(definition) => {
                let definition = &self.org.model.definitions[*definition];
                if definition.record.get() != Some(&self.id) {
                    return Err(unsupported("a definition in it could not be made out"));
                }
                // What is wrong lies in the definition; the reader needs the place where it is used.
                self.translate(&definition.condition).map_err(|e| Unsupported {
                    why: format!("in the definition of `{}`, {}", definition.head.name, e.why),
                    span: condition.span,
                })?
            }
            PredicateKind::Flag(field) => Formula::test(self.name(*field)),
            PredicateKind::Blank(field) => self.blank(*field),
            PredicateKind::Set(field) => self.blank(*field).negated(),
            PredicateKind::Compare { left, op, right } => {
                self.compare(left, *op, right).map_err(|why| unsupported(&why))?
            }
            PredicateKind::Between { term, low, high } => Formula::all([
                self.compare(term, Comparison::GreaterOrEqual, low).map_err(|why| unsupported(&why))?,
                self.compare(term, Comparison::LessOrEqual, high).map_err(|why| unsupported(&why))?,
            ]),
            PredicateKind::In { term, values } => {
                let equal =
                    |value: &Constant| self.compare(term, Comparison::Equal, &Term::Constant(value.clone()));
                let parts: Result<Vec<Formula>, String> = values.iter().map(equal).collect();
                shared_guard(parts.map_err(|why| unsupported(&why))?)
            }
            PredicateKind::StartsWith(field, text) => {
                self.text_test("BEGINS", *field, text).map_err(|why| unsupported(&why))?
            }
            PredicateKind::Contains(field, text) => {
                self.text_test("CONTAINS", *field, text).map_err(|why| unsupported(&why))?
            }
            PredicateKind::Has(field, value) => {
                Formula::test(format!("INCLUDES({}, {})", self.name(*field), self.value(*field, value)))
            }
            PredicateKind::OlderThan(field, duration) => {
                self.older_than(*field, *duration).map_err(unsupported)?
            }
            PredicateKind::Within { field, duration, of } => {
                self.within(*field, *duration, *of).map_err(unsupported)?
            }
            PredicateKind::Unknown => return Err(unsupported("it is still open")),
        })
    }

    // ------------------------------------------------------------------------------------------------------ comparisons

    fn compare(&self, left: &Term, op: Comparison, right: &Term) -> Result<Formula, String> {
        match (left, right) {
            (Term::Constant(_), Term::Constant(_)) => Ok(self.constants(left, op, right)),
            (Term::Field(field), Term::Constant(value)) => self.with_constant(*field, op, value),
            (Term::Constant(value), Term::Field(field)) => self.with_constant(*field, turned(op), value),
            (Term::Field(a), Term::Field(b)) => self.fields(*a, op, *b),
            _ => self.ordered(left, op, right),
        }
    }

    /// No field is in it: it holds for every record or for none.
    fn constants(&self, left: &Term, op: Comparison, right: &Term) -> Formula {
        let record = &self.org.model.records[self.id];
        let kind = PredicateKind::Compare { left: left.clone(), op, right: right.clone() };
        let condition = Predicate { kind, span: Span::default() };
        Formula::Constant(self.evaluator.holds(&condition, record, &Item::blank(record)))
    }

    fn with_constant(&self, field: Id<Field>, op: Comparison, value: &Constant) -> Result<Formula, String> {
        let filled = self.blank(field).negated();
        match value {
            Constant::Choice(value) => Ok(match op {
                Comparison::NotEqual => Formula::all([filled, self.is_value(field, value).negated()]),
                _ => self.is_value(field, value),
            }),
            Constant::Boolean(value) => {
                let ticked = Formula::test(self.name(field));
                Ok(if *value == (op == Comparison::Equal) { ticked } else { ticked.negated() })
            }
            // A comparison with nothing is false.
            Constant::Text(text) if text.is_empty() => Ok(Formula::Constant(false)),
            Constant::Text(text) => {
                self.must_be_text(field)?;
                let (name, text) = self.folded(field, text)?;
                Ok(match op {
                    Comparison::NotEqual => {
                        Formula::all([filled, Formula::test(format!("{name} <> {}", quoted(&text)))])
                    }
                    _ => Formula::all([filled, Formula::test(format!("{name} = {}", quoted(&text)))]),
                })
            }
            Constant::Number(_)
            | Constant::Percent(_)
            | Constant::Money(..)
            | Constant::Date(_)
            | Constant::DateTime(_) => self.ordered(&Term::Field(field), op, &Term::Constant(value.clone())),
        }
    }

    fn fields(&self, a: Id<Field>, op: Comparison, b: Id<Field>) -> Result<Formula, String> {
        let (left, right) = (self.field(a), self.field(b));
        let filled = [self.blank(a).negated(), self.blank(b).negated()];
        let or_not = |equal: Formula| if op == Comparison::NotEqual { equal.negated() } else { equal };
        let guarded = |test: Formula| Formula::all(filled.into_iter().chain([test]));
        match (&left.ty, &right.ty) {
            (FieldType::Boolean, FieldType::Boolean) => {
                let (a, b) = (Formula::test(self.name(a)), Formula::test(self.name(b)));
                let both = Formula::all([a.clone(), b.clone()]);
                Ok(or_not(Formula::any([both, Formula::all([a.negated(), b.negated()])])))
            }
            (FieldType::Choice(values), FieldType::Choice(others)) => {
                let same: Vec<Formula> = values
                    .names
                    .iter()
                    .filter(|value| others.lists(&value.text))
                    .map(|v| Formula::all([self.is_value(a, &v.text), self.is_value(b, &v.text)]))
                    .collect();
                Ok(guarded(or_not(Formula::any(same))))
            }
            (x, y) if is_text(x) && is_text(y) => {
                if x != y && (is_id(x) || is_id(y)) {
                    return Err(NO_ID.to_owned());
                }
                if left.case == Case::Ignored || right.case == Case::Ignored {
                    return Err(FOLDING.to_owned());
                }
                let sign = if op == Comparison::NotEqual { "<>" } else { "=" };
                Ok(guarded(Formula::test(format!("{} {sign} {}", self.name(a), self.name(b)))))
            }
            _ => self.ordered(&Term::Field(a), op, &Term::Field(b)),
        }
    }

    /// Numbers, days and moments.
    fn ordered(&self, left: &Term, op: Comparison, right: &Term) -> Result<Formula, String> {
        let mut fields = Vec::new();
        let mut percent = false;
        for term in [left, right] {
            self.look_at(term, &mut fields, &mut percent);
        }
        let (l, r) = (self.side(left, percent)?, self.side(right, percent)?);
        let sign = match op {
            Comparison::NotEqual => "<>",
            other => other.sign(),
        };
        let filled = fields.into_iter().map(|f| self.blank(f).negated());
        Ok(Formula::all(filled.chain([Formula::test(format!("{l} {sign} {r}"))])))
    }

    fn look_at(&self, term: &Term, fields: &mut Vec<Id<Field>>, percent: &mut bool) {
        match term {
            Term::Field(field) => {
                *percent |= self.field(*field).ty == FieldType::Percent;
                if !fields.contains(field) {
                    fields.push(*field);
                }
            }
            Term::Arithmetic(left, _, right) => {
                self.look_at(left, fields, percent);
                self.look_at(right, fields, percent);
            }
            Term::Constant(_) | Term::Now | Term::Today => {}
        }
    }

    /// One side of a comparison. Products have more places than are compared.
    fn side(&self, term: &Term, percent: bool) -> Result<String, String> {
        let text = self.term(term, percent)?;
        let places = if percent { PERCENT_PLACES } else { PLACES };
        Ok(if multiplies(term) { format!("ROUND({text}, {places})") } else { text })
    }

    fn term(&self, term: &Term, percent: bool) -> Result<String, String> {
        match term {
            Term::Field(field) => Ok(self.name(*field)),
            Term::Now => Ok("NOW()".to_owned()),
            Term::Today => Err(TODAY.to_owned()),
            Term::Constant(constant) => self.constant(constant, percent),
            Term::Arithmetic(left, op, right) => {
                let sign = match op {
                    Arithmetic::Add => "+",
                    Arithmetic::Subtract => "-",
                    Arithmetic::Multiply => "*",
                };
                Ok(format!("({} {sign} {})", self.term(left, percent)?, self.term(right, percent)?))
            }
        }
    }

    fn constant(&self, constant: &Constant, percent: bool) -> Result<String, String> {
        match constant {
            Constant::Number(n) | Constant::Percent(n) | Constant::Money(n, _) => Ok(number(*n, percent)),
            Constant::Date(date) => Ok(format!("DATE({}, {}, {})", date.year, date.month, date.day)),
            Constant::DateTime(_) => match self.evaluator.constant(constant) {
                Value::Moment(moment) => {
                    let utc = moment.to_string().replace('T', " ").replace('Z', "");
                    Ok(format!("DATETIMEVALUE({})", quoted(&utc)))
                }
                _ => Err("the agreement's time zone is not known".to_owned()),
            },
            Constant::Text(text) | Constant::Choice(text) => Ok(quoted(text)),
            Constant::Boolean(value) => Ok(value.to_string().to_uppercase()),
        }
    }

    // ------------------------------------------------------------------------------------------------------------- text

    fn text_test(&self, function: &str, field: Id<Field>, text: &str) -> Result<Formula, String> {
        self.must_be_text(field)?;
        let (name, text) = self.folded(field, text)?;
        let test = Formula::test(format!("{function}({name}, {})", quoted(&text)));
        Ok(Formula::all([self.blank(field).negated(), test]))
    }

    /// The field and the text as they are compared.
    ///
    /// In the language `ignoring case` means A to Z; in Salesforce it means every alphabet. Two other letters become one
    /// of A to Z in lower case (the Kelvin sign and the dotted İ): they are taken out of the way.
    fn folded(&self, field: Id<Field>, text: &str) -> Result<(String, String), String> {
        let mut name = self.name(field);
        if self.field(field).case == Case::Sensitive {
            return Ok((name, text.to_owned()));
        }
        if !text.is_ascii() {
            return Err(FOLDING.to_owned());
        }
        let text = text.to_ascii_lowercase();
        for (letter, looks_like) in [('K', '\u{212a}'), ('I', '\u{130}')] {
            if text.contains(letter.to_ascii_lowercase()) {
                name = format!("SUBSTITUTE({name}, \"{looks_like}\", \"¤\")");
            }
        }
        Ok((format!("LOWER({name})"), text))
    }

    fn must_be_text(&self, field: Id<Field>) -> Result<(), String> {
        if is_id(&self.field(field).ty) { Err(NO_ID.to_owned()) } else { Ok(()) }
    }

    // ------------------------------------------------------------------------------------------------------------- time

    fn older_than(&self, field: Id<Field>, duration: Duration) -> Result<Formula, &'static str> {
        if self.field(field).ty != FieldType::DateTime {
            return Err(TODAY);
        }
        let seconds = duration.seconds().ok_or(LOCAL_DAYS)?;
        let age = format!("ROUND((NOW() - {}) * 86400, 0) > {seconds}", self.name(field));
        Ok(Formula::all([self.blank(field).negated(), Formula::test(age)]))
    }

    fn within(&self, field: Id<Field>, duration: Duration, of: Id<Field>) -> Result<Formula, &'static str> {
        let (to, from) = (self.name(field), self.name(of));
        let used_up = if self.field(field).ty == FieldType::DateTime {
            let seconds = duration.seconds().ok_or(LOCAL_DAYS)?;
            format!("ROUND(({to} - {from}) * 86400, 0) <= {seconds}")
        } else {
            let days = match duration.unit {
                Unit::CalendarDays => duration.count(),
                Unit::Weeks => duration.count().saturating_mul(7),
                // ADDMONTHS takes the last day of a month to the last day of the other, longer or not.
                _ => return Err("Salesforce adds months in another way"),
            };
            format!("{to} - {from} <= {days}")
        };
        Ok(Formula::all([
            self.blank(of).negated(),
            self.blank(field).negated(),
            Formula::test(format!("{from} <= {to}")),
            Formula::test(used_up),
        ]))
    }

    // ------------------------------------------------------------------------------------------------------------ names

    fn field(&self, field: Id<Field>) -> &Field {
        &self.org.model.records[self.id].fields[field]
    }

    fn name(&self, field: Id<Field>) -> String {
        self.org.column(self.id, field).api.clone()
    }

    fn value(&self, field: Id<Field>, value: &str) -> String {
        quoted(self.org.column(self.id, field).value(value))
    }
}

/// Several tests of one field behind the same "it is filled": said once.
fn shared_guard(parts: Vec<Formula>) -> Formula {
    let guard = match parts.first() {
        Some(Formula::All(inner)) if parts.len() > 1 && inner.len() == 2 => inner[0].clone(),
        _ => return Formula::any(parts),
    };
    let test = |part: &Formula| match part {
        Formula::All(inner) if inner.len() == 2 && inner[0] == guard => Some(inner[1].clone()),
        _ => None,
    };
    match parts.iter().map(test).collect::<Option<Vec<_>>>() {
        Some(tests) => Formula::all([guard, Formula::any(tests)]),
        None => Formula::any(parts),
    }
}

const TODAY: &str =
    "it asks for the present day in the agreement's time zone, and Salesforce only knows that of each user";
const LOCAL_DAYS: &str = "it counts days of the agreement's time zone, which formulas do not know";
const NO_ID: &str = "the field holds the id of a person or a record, not a text";
const FOLDING: &str =
    "`ignoring case` means the letters A to Z alone, and Salesforce ignores the case of every alphabet";

fn is_text(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Key | FieldType::Text | FieldType::User | FieldType::Reference(_))
}

fn is_id(ty: &FieldType) -> bool {
    matches!(ty, FieldType::User | FieldType::Reference(_))
}

fn multiplies(term: &Term) -> bool {
    match term {
        Term::Arithmetic(left, op, right) => {
            *op == Arithmetic::Multiply || multiplies(left) || multiplies(right)
        }
        Term::Field(_) | Term::Constant(_) | Term::Now | Term::Today => false,
    }
}

fn turned(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        Comparison::Equal | Comparison::NotEqual => op,
    }
}

/// A number in a formula, where 95% is 0.95.
fn number(n: rust_decimal::Decimal, percent: bool) -> String {
    let n = if percent { n / rust_decimal::Decimal::ONE_HUNDRED } else { n };
    let n = n.normalize();
    if n.is_sign_negative() && !n.is_zero() { format!("({n})") } else { n.abs().to_string() }
}
