//! Records that are children of others.

use super::Resolver;
use super::clauses::{MISSING_CLAUSE, Once};
use super::condition::TYPE;
use super::names::{Entry, UNDEFINED};
use super::values::INVALID;
use crate::diagnostic::{Diagnostic, join};
use crate::model::{Field, FieldType, Id, Record, Slot};
use crate::source::Span;
use crate::syntax::ast::{OrTbd, RecordClause, Word};

impl Resolver<'_> {
    /// The field that says when a record of this kind happened.
    pub(super) fn happens_at(
        &mut self,
        record: Id<Record>,
        entry: Entry<'_, RecordClause>,
    ) -> Option<Slot<Id<Field>>> {
        let mut happens = Once::new("happens at");
        for clause in &entry.block.clauses {
            if let RecordClause::HappensAt(reference) = &clause.node {
                let slot = self.field_slot(Some(record), reference);
                let slot = match (slot, reference) {
                    (Slot::Set(field), OrTbd::Known(word)) => self.says_when(record, field, word),
                    (slot, _) => slot,
                };
                happens.set(self, clause.span, slot);
            }
        }
        happens.get()
    }

    fn says_when(&mut self, record: Id<Record>, field: Id<Field>, word: &Word) -> Slot<Id<Field>> {
        let declared = &self.records[record].fields[field];
        if matches!(declared.ty, FieldType::Date | FieldType::DateTime) {
            return Slot::Set(field);
        }
        let out = Diagnostic::error(
            TYPE,
            format!("`{}` does not say when: it is a {}", word.node, declared.ty.words()),
        )
        .at(word.span, "a date is needed here")
        .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
        .help("Name a field of type `datetime` or `date`.");
        self.diagnostics.push(out);
        Slot::Broken
    }

    /// The field that says when a child happened, for a question that goes by it; reports that there is none.
    pub(super) fn happened_at(&mut self, child: Id<Record>, asked: Span) -> Option<Id<Field>> {
        let record = &self.records[child];
        match &record.happens_at {
            Some(slot) => return slot.get().copied(),
            None if self.record_has_hole(child) => return None,
            None => {}
        }
        let dated = |f: &&Field| matches!(f.ty, FieldType::Date | FieldType::DateTime);
        let example = record.fields.values().find(dated).map_or("done_at", |f| f.name.text.as_str());
        let name = &record.head.name;
        let out = Diagnostic::error(MISSING_CLAUSE, format!("`{name}` does not say when it happens"))
            .at(asked, "this asks for its moment")
            .also(name.span, "in this record")
            .help(format!("Add a clause to it, such as `happens at {example}`."));
        self.diagnostics.push(out);
        None
    }

    /// Reports records that are children of one another, and cuts the circle.
    pub(super) fn parent_circles(&mut self) {
        for id in self.records.ids() {
            let mut circle = vec![id];
            let mut at = id;
            while let Some(parent) = self.records[at].parent() {
                if parent == id {
                    self.report_circle(&circle);
                    break;
                }
                // A circle further up is reported from there.
                if circle.contains(&parent) {
                    break;
                }
                circle.push(parent);
                at = parent;
            }
        }
    }

    fn report_circle(&mut self, circle: &[Id<Record>]) {
        let names: Vec<_> = circle.iter().map(|id| self.records[*id].head.name.clone()).collect();
        let Some(first) = names.first() else { return };
        let words: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let message = match words.as_slice() {
            [one] => format!("{one} cannot be a child of itself"),
            several => format!("{} are children of one another", join(several, "and")),
        };
        let mut out = Diagnostic::error(INVALID, message)
            .at(first.span, "of itself, in the end")
            .help("Say `of` only where each record belongs to one of the other kind.");
        for name in names.iter().skip(1) {
            out = out.also(name.span, "part of the circle");
        }
        self.diagnostics.push(out);
        for id in circle {
            self.records[*id].parent = Some(Slot::Broken);
        }
    }

    /// The child record of that name, or a report that it is none of this record.
    pub(super) fn find_child(&mut self, parent: Id<Record>, word: &Word) -> Option<Id<Record>> {
        let child = self.find::<Record>(word)?;
        let own = &self.records[child];
        match &own.parent {
            Some(Slot::Set(of)) if *of == parent => return Some(child),
            Some(Slot::Broken | Slot::Tbd(_)) => return None,
            Some(Slot::Set(_)) | None => {}
        }
        let name = &self.records[parent].head.name;
        let out = Diagnostic::error(UNDEFINED, format!("`{}` is no child record of `{name}`", word.node))
            .at(word.span, format!("of each `{name}`?"));
        let out = match own.parent() {
            Some(of) => {
                let of = &self.records[of].head.name;
                out.also(own.head.name.span, format!("declared as a child of `{of}`"))
                    .help(format!("Ask about it in a condition over `{of}`."))
            }
            None if child == parent => {
                out.help(format!("Child records are declared as `record .. of {name} {{ .. }}`."))
            }
            None => out.also(own.head.name.span, "declared as a record of its own").help(format!(
                "If each belongs to one `{name}`, declare it as `record {} of {name}`.",
                word.node
            )),
        };
        self.diagnostics.push(out);
        None
    }
}
