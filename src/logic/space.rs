//! All that is asked about the items of one record: its variables, and the formulas over them.

use std::collections::HashMap;

use super::formula::{Formula, Formulas, Sum};
use super::hull::Hull;
use super::values::{Point, Values};
use super::variables::{self, Scope, UNIT, Variable, Variables, What};
use crate::model::record::Presence;
use crate::model::{Aggregate, Definition, Field, FieldType, Id, Model, Predicate, Record, Subject};
use crate::worktime::{Instant, TimeZone};

/// The items of one record, and what can be said of them. Everything that is asked about one record should be asked of
/// one space: conditions that are used again are then read once.
#[derive(Debug)]
pub struct Space<'m> {
    pub(super) model: &'m Model,
    /// By scope: the item that is asked about.
    pub(super) scopes: Vec<ScopeItem>,
    pub(super) zone: Option<TimeZone>,
    /// A moment that examples rather take for the present one.
    pub(super) now: Instant,
    pub(super) formulas: Formulas,
    pub(super) variables: Variables,
    /// Values made of child records, each once.
    pub(super) aggregates: Vec<Aggregate>,
    /// By item, and by the values made of its child records that a question has to do with: what holds of these.
    pub(super) families: HashMap<(Scope, Vec<usize>), Vec<Formula>>,
    pub(super) hulls: HashMap<Formula, Hull>,
    definitions: HashMap<(Scope, Id<Definition>), Formula>,
}

/// An item that is asked about.
#[derive(Debug)]
pub(super) struct ScopeItem {
    pub record: Id<Record>,
    /// The item whose child records it stands for.
    pub parent: Option<Scope>,
    /// For how many.
    pub copies: Option<Variable>,
}

impl<'m> Space<'m> {
    /// The space of a record. Examples rather take `now` for the present moment.
    pub fn new(model: &'m Model, record: Id<Record>, now: Instant) -> Space<'m> {
        Space {
            model,
            scopes: vec![ScopeItem { record, parent: None, copies: None }],
            zone: model.agreement.zone.as_ref().and_then(|zone| TimeZone::of(zone).ok()),
            now,
            formulas: Formulas::new(),
            variables: Variables::default(),
            aggregates: Vec::new(),
            families: HashMap::new(),
            hulls: HashMap::new(),
            definitions: HashMap::new(),
        }
    }

    /// The record.
    pub fn record(&self) -> Id<Record> {
        self.record_of(Scope::default())
    }

    /// The record of an item.
    pub(super) fn record_of(&self, scope: Scope) -> Id<Record> {
        self.scopes[scope.0 as usize].record
    }

    /// One more item that stands for child records of another.
    pub(super) fn stand_in(&mut self, record: Id<Record>, parent: Scope) -> Scope {
        let scope = Scope(u32::try_from(self.scopes.len()).unwrap_or(u32::MAX));
        self.scopes.push(ScopeItem { record, parent: Some(parent), copies: None });
        scope
    }

    /// Asks about another item for once.
    pub(super) fn inside<T>(&mut self, scope: Scope, ask: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.variables.scope, scope);
        let answer = ask(self);
        self.variables.scope = before;
        answer
    }

    /// An item is one of a definition of this record.
    pub fn definition(&mut self, id: Id<Definition>) -> Formula {
        let scope = self.variables.scope;
        if let Some(known) = self.definitions.get(&(scope, id)) {
            return *known;
        }
        let definition = &self.model.definitions[id];
        let formula = match definition.record.get() {
            Some(record) if *record == self.record_of(scope) => self.condition(&definition.condition),
            _ => self.open(format!("`{}` is not defined", definition.head.name)),
        };
        self.definitions.insert((scope, id), formula);
        formula
    }

    /// An item is one of a subject.
    pub fn subject(&mut self, subject: Subject) -> Formula {
        match subject {
            Subject::Record(_) => Formula::TRUE,
            Subject::Definition(definition) => self.definition(definition),
        }
    }

    /// A condition holds, if there is one.
    pub fn condition_or_always(&mut self, condition: Option<&Predicate>) -> Formula {
        condition.map_or(Formula::TRUE, |condition| self.condition(condition))
    }

    /// A field holds one of these values of a choice, or one of these texts.
    pub fn one_of_texts<'a>(
        &mut self,
        field: Id<Field>,
        values: impl IntoIterator<Item = &'a str>,
    ) -> Formula {
        let case = self.field(field).case;
        let variable = self.field_variable(field);
        let mut all = Values::default();
        for value in values {
            let folded = variables::folded(value, case);
            all = all.or(&Values::text(&folded));
            self.variables.info_mut(variable).named.insert(Point::text(&folded), value.to_owned());
        }
        self.within(variable, &all)
    }

    /// A field is filled.
    pub fn filled(&mut self, field: Id<Field>) -> Formula {
        let blank = self.blank(field);
        self.not(blank)
    }

    /// A field is blank.
    pub fn blank(&mut self, field: Id<Field>) -> Formula {
        if let FieldType::Choices(_) = self.field(field).ty {
            let held = self.held_values(field);
            let held: Vec<Formula> = held.into_iter().map(|variable| self.is_true(variable)).collect();
            let any = self.any(held);
            return self.not(any);
        }
        let variable = self.field_variable(field);
        self.within(variable, &Values::only_blank())
    }

    /// All of them hold.
    pub fn all(&mut self, parts: impl IntoIterator<Item = Formula>) -> Formula {
        self.formulas.all(parts, &self.variables)
    }

    /// One of them holds at the least.
    pub fn any(&mut self, parts: impl IntoIterator<Item = Formula>) -> Formula {
        self.formulas.any(parts, &self.variables)
    }

    /// It does not hold.
    pub fn not(&mut self, formula: Formula) -> Formula {
        self.formulas.not(formula, &self.variables)
    }

    /// So many of them hold at the least.
    pub fn at_least(&mut self, count: usize, parts: &[Formula]) -> Formula {
        // From the last part backwards: `row[k]` says that `k` of the parts looked at hold.
        let mut row: Vec<Formula> =
            (0..=count).map(|k| if k == 0 { Formula::TRUE } else { Formula::FALSE }).collect();
        for part in parts.iter().rev() {
            for k in (1..=count).rev() {
                let with = self.all([*part, row[k - 1]]);
                row[k] = self.any([with, row[k]]);
            }
        }
        row[count]
    }

    pub(super) fn within(&mut self, variable: Variable, values: &Values) -> Formula {
        self.formulas.within(variable, values, &self.variables)
    }

    pub(super) fn at_most(&mut self, sum: Sum, bound: i128) -> Formula {
        self.formulas.at_most(sum, bound, &self.variables)
    }

    pub(super) fn is_true(&mut self, variable: Variable) -> Formula {
        self.within(variable, &Values::number(1, 1))
    }

    pub(super) fn is_filled(&mut self, variable: Variable) -> Formula {
        let filled = self.variables.full(variable).filled();
        self.within(variable, &filled)
    }

    pub(super) fn field(&self, field: Id<Field>) -> &'m Field {
        self.field_of(self.variables.scope, field)
    }

    /// A field of an item.
    pub(super) fn field_of(&self, scope: Scope, field: Id<Field>) -> &'m Field {
        &self.model.records[self.record_of(scope)].fields[field]
    }

    /// The variable of a field that is not one of several choices.
    pub(super) fn field_variable(&mut self, id: Id<Field>) -> Variable {
        let what = What::Field(id);
        if let Some(known) = self.variables.get(&what) {
            return known;
        }
        let field = self.field(id);
        let (full, step) = variables::of_field(field);
        let variable = self.variables.add(what, full, step);
        let usual = field.ty.values().map(|values| {
            let points =
                values.names.iter().map(|name| Point::text(&variables::folded(&name.text, field.case)));
            points.collect::<Vec<_>>()
        });
        self.variables.info_mut(variable).usual = usual.unwrap_or_default();
        variable
    }

    /// The variables that say which values a field of several choices holds.
    pub(super) fn held_values(&mut self, id: Id<Field>) -> Vec<Variable> {
        let field = self.field(id);
        let Some(values) = field.ty.values() else { return Vec::new() };
        let listed = values.names.iter().map(|name| What::Has(id, name.text.clone()));
        let whats: Vec<What> = match values.openness {
            crate::model::record::Openness::Closed => listed.collect(),
            crate::model::record::Openness::Open => listed.chain([What::HasOther(id)]).collect(),
        };
        if let Some(known) = whats.iter().map(|what| self.variables.get(what)).collect() {
            return known;
        }
        let all: Vec<Variable> = whats.into_iter().map(|what| self.truth(what)).collect();
        if field.presence == Presence::Required {
            let held: Vec<Formula> = all.iter().map(|variable| self.is_true(*variable)).collect();
            let some = self.any(held);
            for variable in &all {
                self.variables.info_mut(*variable).facts.push(some);
            }
        }
        all
    }

    /// A variable that is true or false.
    pub(super) fn truth(&mut self, what: What) -> Variable {
        if let Some(known) = self.variables.get(&what) {
            return known;
        }
        self.variables.add(what, Values::between(0, 2), 1)
    }

    /// A number that is never blank, from a smallest to a largest, in millionths.
    pub(super) fn number(&mut self, what: What, least: i128, greatest: i128, step: i128) -> Variable {
        let full = Values::between(-variables::BEYOND, variables::BEYOND + UNIT).clip(least, greatest, step);
        self.variables.add(what, full, step)
    }

    pub(super) fn fact(&mut self, variable: Variable, fact: Formula) {
        self.variables.info_mut(variable).facts.push(fact);
    }

    /// Something that may or may not hold, for it is not calculated; `key` says what, and `doubt` why.
    pub(super) fn guess(&mut self, key: String, doubt: &str) -> Formula {
        let variable = self.truth(What::Guess(key));
        self.variables.info_mut(variable).doubt.get_or_insert_with(|| doubt.to_owned());
        self.is_true(variable)
    }

    /// Something that is still open.
    pub(super) fn open(&mut self, reason: String) -> Formula {
        let variable = self.truth(What::Open(reason.clone()));
        self.variables.info_mut(variable).doubt = Some(reason);
        self.is_true(variable)
    }

    /// Surely where `surely` holds, never where `perhaps` does not, and in between as it is guessed.
    pub(super) fn roughly(&mut self, surely: Formula, perhaps: Formula, key: String, doubt: &str) -> Formula {
        if surely == perhaps {
            return surely;
        }
        let guess = self.guess(key, doubt);
        let guessed = self.all([perhaps, guess]);
        self.any([surely, guessed])
    }
}
