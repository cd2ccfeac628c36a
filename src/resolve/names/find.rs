//! Looking up what a name stands for.

use super::{Count, Kind, Named, Symbol, UNDEFINED};
use crate::diagnostic::Diagnostic;
use crate::model::{Commitment, Completeness, Definition, Id, Score, Slot};
use crate::resolve::{Reference, Resolver, Unit};
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, OrTbd, Word};

impl<'a> Resolver<'a> {
    /// The thing a name stands for. Reports a name that is not declared, of another kind, or out of sight.
    pub(in crate::resolve) fn find<T: Named>(&mut self, word: &Word) -> Option<Id<T>> {
        let symbol = self.symbol(word, &[T::KIND])?;
        (symbol.kind == T::KIND).then(|| Id::new(symbol.index))
    }

    /// The same for a name that may be `tbd`.
    pub(in crate::resolve) fn find_slot<T: Named>(&mut self, reference: &ast::Reference) -> Slot<Id<T>> {
        match reference {
            OrTbd::Known(word) => self.find(word).map_or(Slot::Broken, Slot::Set),
            OrTbd::Tbd(tbd) => Slot::Tbd(self.open_point(tbd)),
        }
    }

    pub(in crate::resolve) fn find_slots<T: Named>(
        &mut self,
        references: &[ast::Reference],
    ) -> Vec<Slot<Id<T>>> {
        references.iter().map(|r| self.find_slot(r)).collect()
    }

    /// The items a commitment is about: a definition or a record.
    pub(in crate::resolve) fn find_subject(&mut self, word: &Word) -> Slot<crate::model::Subject> {
        use crate::model::Subject;
        let Some(symbol) = self.symbol(word, &[Kind::Definition, Kind::Record]) else { return Slot::Broken };
        match symbol.kind {
            Kind::Definition => Slot::Set(Subject::Definition(Id::new(symbol.index))),
            Kind::Record => Slot::Set(Subject::Record(Id::new(symbol.index))),
            _ => Slot::Broken,
        }
    }

    /// The commitment of a name, without a word about it if there is none.
    pub(in crate::resolve) fn known_commitment(&self, word: &Word) -> Option<Id<Commitment>> {
        let symbol = self.known(&word.node, word.span.file)?;
        (symbol.kind == Kind::Commitment).then(|| Id::new(symbol.index))
    }

    /// The definition that a file calls by a name, without a word about it if there is none.
    pub(in crate::resolve) fn known_definition(&self, name: &str, from: FileId) -> Option<Id<Definition>> {
        let symbol = self.known(name, from)?;
        (symbol.kind == Kind::Definition).then(|| Id::new(symbol.index))
    }

    /// The score that a file calls by a name, without a word about it if there is none.
    pub(in crate::resolve) fn known_score(&self, name: &str, from: FileId) -> Option<Id<Score>> {
        let symbol = self.known(name, from)?;
        (symbol.kind == Kind::Score).then(|| Id::new(symbol.index))
    }

    /// What a name stands for in a file, without a word about it.
    pub(in crate::resolve) fn kind_of(&self, name: &str, from: FileId) -> Option<Kind> {
        self.known(name, from).map(|symbol| symbol.kind)
    }

    /// True if a file could not be found that this one uses.
    pub(in crate::resolve) fn misses_a_file(&self, file: FileId) -> bool {
        self.unit_of(file).is_some_and(|unit| unit.uses == Completeness::Holed)
    }

    /// True for the name of a block that could not be read.
    pub(in crate::resolve) fn is_lost(&self, name: &str, from: FileId) -> bool {
        self.kind_of(name, from) == Some(Kind::Lost)
    }

    /// Notes that a name is used.
    pub(in crate::resolve) fn refer(&mut self, declared: Span, used: Span) {
        self.references.push(Reference { declared, used });
    }

    fn symbol(&mut self, word: &Word, wanted: &[Kind]) -> Option<Symbol> {
        let Some(symbol) = self.known(&word.node, word.span.file) else {
            if self.misses_a_file(word.span.file) {
                return None;
            }
            let said = self.undefined(word, wanted);
            self.diagnostics.push(said);
            return None;
        };
        if symbol.kind == Kind::Lost {
            return None;
        }
        if !wanted.contains(&symbol.kind) {
            let said = self.wrong_kind(word, symbol, wanted);
            self.diagnostics.push(said);
            return None;
        }
        self.refer(symbol.span, word.span);
        if symbol.count == Count::Once && !self.sees(word.span.file, symbol.span.file) {
            self.diagnostics.push(
                Diagnostic::error(
                    UNDEFINED,
                    format!("`{}` is declared in a file that this one does not use", word.node),
                )
                .at(word.span, "not visible here")
                .also(symbol.span, "declared here")
                .note("A file must name what it needs, so that it means the same wherever it is used.")
                .help("Add a `use` line for that file at the top of this one."),
            );
        }
        Some(symbol)
    }

    /// What a name stands for in a file; where it sees no such thing, what the name stands for elsewhere.
    fn known(&self, name: &str, from: FileId) -> Option<Symbol> {
        let all = self.symbols.get(name)?;
        all.iter().find(|symbol| self.sees(from, symbol.span.file)).or(all.first()).copied()
    }

    fn sees(&self, from: FileId, to: FileId) -> bool {
        from == to || self.unit_of(from).is_none_or(|unit| unit.sees.contains(&to))
    }

    fn unit_of(&self, file: FileId) -> Option<&Unit<'a>> {
        self.units.get(*self.by_file.get(&file)?)
    }
}
