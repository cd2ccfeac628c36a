//! The child records of an example.

use std::collections::BTreeMap;

use super::Space;
use super::example::{Content, Fields, Mattering, content};
use super::values::Values;
use super::variables::{Scope, UNIT, Variable, What};
use crate::model::{Field, FieldType, Id, Record};

/// No example has more child records of one kind.
const MOST: i128 = 1_000;

/// Child records that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// What they are.
    pub record: Id<Record>,
    /// How many there are.
    pub count: usize,
    /// The fields that matter, in the order of the record.
    pub fields: Vec<(Id<Field>, Content)>,
    /// Something in every other field that must be filled.
    pub others: Vec<(Id<Field>, Content)>,
    /// Child records of each of them.
    pub children: Vec<Alike>,
}

impl Space<'_> {
    /// The child records of an item, as far as it has to have any. More than anybody would read are left out: what is
    /// found without them is tried like everything else.
    pub(super) fn children_of(&self, parent: Scope, all: &Mattering) -> Vec<Alike> {
        let mut out = Vec::new();
        for (scope, item) in
            (0..).map(Scope).zip(&self.scopes).filter(|(_, item)| item.parent == Some(parent))
        {
            let count = item.copies.and_then(|copies| self.number_of(copies, all)).unwrap_or_default() / UNIT;
            let (Ok(count), 1..=MOST) = (usize::try_from(count), count) else { continue };
            let record = item.record;
            let (fields, others) = self.contents(scope, all);
            let children = self.children_of(scope, all);
            let alike = Alike { record, count, fields, others, children };
            out.extend(self.shared_out(scope, all, alike));
        }
        out
    }

    /// The kinds of child records that matter for an item, and of which it has none.
    pub(super) fn none_of(&self, children: &[Alike], all: &Mattering) -> Vec<Id<Record>> {
        let mut out: Vec<Id<Record>> = Vec::new();
        for (variable, _) in all.get(&Scope::default()).into_iter().flatten() {
            if let What::Aggregate(place) = self.variables.info(*variable).what {
                out.push(self.aggregates[place].of.record);
            }
        }
        out.sort_unstable();
        out.dedup();
        out.retain(|record| children.iter().all(|alike| alike.record != *record));
        out
    }

    /// The number of a variable, if it matters.
    fn number_of(&self, variable: Variable, all: &Mattering) -> Option<i128> {
        let mut variables = all.get(&self.variables.info(variable).scope)?.iter();
        variables.find(|(other, _)| *other == variable)?.1.least()
    }

    /// Children whose values must come to a sum: each has the same part of it, and the last one the rest.
    fn shared_out(&self, scope: Scope, all: &Mattering, alike: Alike) -> Vec<Alike> {
        let mut last = Alike { count: 1, ..alike.clone() };
        let mut each = Alike { count: alike.count - 1, ..alike };
        if each.count > 0 {
            for (variable, values) in all.get(&scope).into_iter().flatten() {
                let (What::Added(place), Some(sum)) = (&self.variables.info(*variable).what, values.least())
                else {
                    continue;
                };
                let Some(field) = self.aggregates[*place].kind.field() else { continue };
                self.share(scope, field, sum, (&mut each, &mut last));
            }
        }
        if each.fields == last.fields {
            each.count += 1;
            return vec![each];
        }
        [each, last].into_iter().filter(|alike| alike.count > 0).collect()
    }

    fn share(&self, scope: Scope, id: Id<Field>, sum: i128, (each, last): (&mut Alike, &mut Alike)) {
        let field = self.field_of(scope, id);
        let Ok(others) = i128::try_from(each.count) else { return };
        let step = if field.ty == FieldType::Integer { UNIT } else { 1 };
        let part = sum.div_euclid((others + 1) * step) * step;
        let blank =
            |fields: &Fields| fields.iter().any(|(of, content)| *of == id && *content == Content::Blank);
        if sum == 0 && blank(&each.fields) {
            return;
        }
        for (alike, part) in [(each, part), (last, sum - part * others)] {
            let content = content(field, &BTreeMap::new(), &Values::number(part, step));
            alike.others.retain(|(of, _)| *of != id);
            alike.fields.retain(|(of, _)| *of != id);
            alike.fields.push((id, content));
            alike.fields.sort_by_key(|(of, _)| *of);
        }
    }
}
