//! What two records of one name say differently of a field that both have.

use crate::model::record::{Case, Openness, Range, Values};
use crate::model::{Field, FieldType, Model};

/// Two accounts of one field that cannot both be true.
#[derive(Debug, Clone)]
pub(in crate::lint) struct Disagreement<'m> {
    /// The field as each of the two has it.
    pub(in crate::lint) fields: [&'m Field; 2],
    /// What each says of it, in a few words.
    pub(in crate::lint) words: [String; 2],
    /// What that means for the data.
    pub(in crate::lint) why: String,
}

/// The fields of which two records of one name say what cannot both be true. That only one of them has a field, or calls
/// it optional, is none: each page lists what it needs.
pub(in crate::lint) fn disagreements<'m>(
    model: &'m Model,
    [first, second]: [&'m crate::model::Record; 2],
) -> Vec<Disagreement<'m>> {
    let both = second.fields.values().filter_map(|field| {
        let other = first.field(&field.name.text)?;
        Some([&first.fields[other], field])
    });
    both.filter_map(|fields| {
        let (words, why) = disagreement(model, fields)?;
        Some(Disagreement { fields, words, why })
    })
    .collect()
}

fn disagreement(model: &Model, [first, second]: [&Field; 2]) -> Option<([String; 2], String)> {
    let name = &second.name;
    let types = [first, second].map(|field| written(model, &field.ty));
    if types[0] != types[1] {
        return Some((types, "One field holds one kind of value.".into()));
    }
    if let (Some(mine), Some(theirs)) = (first.ty.values(), second.ty.values()) {
        let missing = [beyond(mine, theirs), beyond(theirs, mine)];
        let (place, extra) = missing.iter().enumerate().find_map(|(n, extra)| Some((n, extra.as_ref()?)))?;
        // What the first lacks stands in the second, and the other way round.
        let mut words = [format!("without `{extra}`"), format!("with `{extra}`")];
        if place == 1 {
            words.swap(0, 1);
        }
        return Some((
            words,
            format!("A record with `{name} = {extra}` is possible by one list and not by the other."),
        ));
    }
    if differ(first.range, second.range) {
        let words = [first, second].map(|field| range(field.range));
        return Some((words, format!("A number of `{name}` has another weight on another scale.")));
    }
    if first.case != second.case {
        let words = [first, second].map(|field| match field.case {
            Case::Ignored => "`a` is `A`".to_owned(),
            Case::Sensitive => "`a` is not `A`".to_owned(),
        });
        return Some((words, "The same text fits a condition of one and not of the other.".into()));
    }
    None
}

fn written(model: &Model, ty: &FieldType) -> String {
    match ty {
        FieldType::Reference(record) => format!("reference to {}", model.records[*record].head.name),
        ty => ty.words(),
    }
}

/// A value that one list does not admit, and the other one has.
fn beyond<'m>(list: &Values, other: &'m Values) -> Option<&'m str> {
    let closed = list.openness == Openness::Closed;
    let mut names = other.names.iter().map(|name| name.text.as_str());
    names.find(|name| closed && !list.lists(name))
}

/// Whether two scales are different ones. Who states none knows of none.
fn differ(a: Range, b: Range) -> bool {
    a != b && a != Range::default() && b != Range::default()
}

fn range(range: Range) -> String {
    let end = |number: Option<rust_decimal::Decimal>| {
        number.map(|number| number.normalize().to_string()).unwrap_or_default()
    };
    format!("{}..{}", end(range.min), end(range.max))
}
