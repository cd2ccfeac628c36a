//! `off-by-one-band`.

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::bands::{Band, End, bands};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Constant, Field, FieldType, Score, words};

/// The rule.
pub static RULE: Rule = Rule {
    name: "off-by-one-band",
    summary: "bands of a score that count one value twice, or leave one out",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("off_by_one_band.md"),
};

fn counted_twice(
    score: &Score,
    field: &Field,
    (below, above): (&Band<'_>, &Band<'_>),
    value: Decimal,
) -> Diagnostic {
    let (name, shown) = (&field.name, shown(value, below.sample));
    let code = shown.replace(',', "_");
    Diagnostic::warning(
        RULE.name,
        format!("`{name} = {code}` is in two bands of the score `{}`", score.head.name),
    )
    .at(above.span, format!("begins with {shown}"))
    .also(below.span, format!("ends with {shown}"))
    .witness(Witness {
        title: format!("a record where `{name}` is {shown}"),
        rows: vec![
            ("the band below".to_owned(), words::points(below.points)),
            ("the band above".to_owned(), words::points(above.points)),
            ("what it gets".to_owned(), format!("both: {}", words::points(below.points + above.points))),
        ],
    })
    .note("`between` includes both of its ends, and rows of a score are added up.")
    .help(format!("Let one of the two end before it, such as `{name} < {code}`."))
}

fn left_out(
    score: &Score,
    field: &Field,
    (below, above): (&Band<'_>, &Band<'_>),
    value: Decimal,
) -> Diagnostic {
    let (name, shown) = (&field.name, shown(value, below.sample));
    let code = shown.replace(',', "_");
    let both_give = below.points > Decimal::ZERO && above.points > Decimal::ZERO;
    let note = if both_give {
        "Between two bands that were meant to meet, such a record gets less than the smaller and the larger ones."
    } else {
        "The two bands were meant to meet, and nobody has decided which of them such a record belongs to."
    };
    Diagnostic::warning(
        RULE.name,
        format!("`{name} = {code}` is in no band of the score `{}`", score.head.name),
    )
    .at(above.span, format!("begins after {shown}"))
    .also(below.span, format!("ends before {shown}"))
    .witness(Witness {
        title: format!("a record where `{name}` is {shown}"),
        rows: vec![
            ("the band below".to_owned(), format!("{}, and ends before it", words::points(below.points))),
            ("the band above".to_owned(), format!("{}, and begins after it", words::points(above.points))),
            ("what it gets".to_owned(), "no points".to_owned()),
        ],
    })
    .note(note)
    .help(format!("Let one of the two include it, such as `{name} <= {code}`."))
}

fn shown(value: Decimal, like: &Constant) -> String {
    match like {
        Constant::Money(_, currency) => words::money(value, currency),
        Constant::Percent(_) => words::percent(value),
        _ => words::number(value),
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for score in context.model.scores.values() {
        let Some(record) = score.record.get().map(|record| &context.model.records[*record]) else { continue };
        for (field, bands) in bands(score) {
            let field = &record.fields[field];
            for (i, below) in bands.iter().enumerate() {
                for above in &bands[i + 1..] {
                    out.extend(at_the_seam(score, field, &bands, (below, above)));
                }
            }
        }
    }
}

/// What is wrong where one band ends and another begins.
fn at_the_seam(
    score: &Score,
    field: &Field,
    all: &[Band<'_>],
    (below, above): (&Band<'_>, &Band<'_>),
) -> Option<Diagnostic> {
    let (end, begin) = (below.high?, above.low?);
    // A row without points gives nobody too much.
    if end.value == begin.value && end.included && begin.included {
        let twice = below.points != Decimal::ZERO && above.points != Decimal::ZERO;
        return twice.then(|| counted_twice(score, field, (below, above), end.value));
    }
    let value = between(end, begin, &field.ty)?;
    let covered = all.iter().any(|band| holds(band, value));
    (!covered).then(|| left_out(score, field, (below, above), value))
}

/// The one value between an end and the beginning of the next band, if there is exactly one; for numbers with decimal
/// places, one in the middle of a gap that is too narrow to be meant.
fn between(end: End, begin: End, ty: &FieldType) -> Option<Decimal> {
    if *ty == FieldType::Integer {
        let last = if end.included { end.value.floor() } else { end.value.ceil() - Decimal::ONE };
        let first = if begin.included { begin.value.ceil() } else { begin.value.floor() + Decimal::ONE };
        return (first - last == Decimal::TWO).then_some(last + Decimal::ONE);
    }
    if end.value == begin.value {
        return (!end.included && !begin.included).then_some(end.value);
    }
    let gap = begin.value - end.value;
    (gap > Decimal::ZERO && gap <= Decimal::ONE).then(|| (end.value + gap / Decimal::TWO).normalize())
}

fn holds(band: &Band<'_>, value: Decimal) -> bool {
    let above = band.low.is_none_or(|low| value > low.value || low.included && value == low.value);
    let below = band.high.is_none_or(|high| value < high.value || high.included && value == high.value);
    above && below
}
