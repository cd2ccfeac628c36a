//! What the line of a field promises: that it is filled, and that a number lies in its range.

use super::{Builder, Draft};
use crate::model::record::Presence;
use crate::model::{Field, FieldType, Id, Record};
use crate::targets::salesforce::formula::Formula;
use crate::targets::salesforce::org::Column;

pub(super) fn rules(builder: &mut Builder<'_>) {
    let org = builder.org;
    for id in org.model.records.ids() {
        for (field_id, field, column) in org.columns(id) {
            if let Some(draft) = draft(builder, id, (field_id, field, column)) {
                builder.rule(draft);
            }
        }
    }
}

fn draft(
    builder: &Builder<'_>,
    id: Id<Record>,
    (field_id, field, column): (Id<Field>, &Field, &Column),
) -> Option<Draft> {
    let record = &builder.model().records[id];
    let conditions = builder.conditions(id);
    // Salesforce has a key of its own; ours is filled by whoever needs it.
    let needed = field.presence == Presence::Required
        && !matches!(field.ty, FieldType::Key | FieldType::Boolean)
        && !column.is_system();
    let ranged = (field.range.min.is_some() || field.range.max.is_some()) && !column.is_system();
    let range = range_in_words(field);
    let (label, object) = (field.label(), record.head.label());
    let (sentence, message) = match (needed, ranged) {
        (false, false) => return None,
        (true, false) => {
            (format!("Every {object} has {label}."), format!("{label} is needed on every {object}."))
        }
        (true, true) => (
            format!("Every {object} has {label}, {range}."),
            format!("{label} is needed on every {object}: {range}."),
        ),
        (false, true) => {
            (format!("{label} of a {object} is {range}, if filled."), format!("{label} must be {range}."))
        }
    };
    let blank = if needed { conditions.blank(field_id) } else { Formula::Constant(false) };
    let outside = if ranged { conditions.out_of_range(field_id) } else { Formula::Constant(false) };
    let changed = Formula::test(format!("ISCHANGED({})", column.api));
    let (record_name, name) = (&record.head.name.text, &field.name.text);
    Some(Draft {
        record: id,
        parts: vec![record_name.clone(), name.clone()],
        // A field belongs to whoever uses the record: no agreement's name.
        identity: format!("field {record_name}.{name}"),
        clause: format!("record {record_name}, field {name}"),
        sentence,
        message,
        display: Some(field_id),
        refused: vec![Formula::any([Formula::test("ISNEW()"), changed]), Formula::any([blank, outside])],
        span: field.name.span,
    })
}

fn range_in_words(field: &Field) -> String {
    let percent = if field.ty == FieldType::Percent { "%" } else { "" };
    let number = |n: rust_decimal::Decimal| format!("{}{percent}", n.normalize());
    match (field.range.min, field.range.max) {
        (Some(min), Some(max)) => format!("from {} to {}", number(min), number(max)),
        (Some(min), None) => format!("{} or more", number(min)),
        (None, Some(max)) => format!("{} or less", number(max)),
        (None, None) => String::new(),
    }
}
