//! The texts in words, with the place of every word.

use super::Resolver;
use super::names::{self, Entry};
use crate::model::{Head, Passage, PassageKind, Slot};
use crate::source::Span;
use crate::syntax::ast::{Literal, LiteralKind, OrTbd, Prose, Spanned, Word};

impl Resolver<'_> {
    /// What every block has. `note` picks the notes out of its clauses.
    pub(super) fn head<C>(&mut self, entry: Entry<'_, C>, note: impl Fn(&C) -> Option<&Prose>) -> Head {
        let block = entry.block.name.span;
        if let Some(title) = &entry.block.title {
            self.quoted(PassageKind::Title, block, title);
        }
        for prose in entry.block.clauses.iter().filter_map(|c| note(&c.node)) {
            self.prose(PassageKind::Note, block, prose);
        }
        names::head(entry, note)
    }

    /// Prose that may be `tbd`.
    pub(super) fn prose_slot(
        &mut self,
        kind: PassageKind,
        block: Span,
        value: &OrTbd<Prose>,
    ) -> Slot<String> {
        self.slot(value, |this, prose| {
            this.prose(kind, block, prose);
            Some(prose.text())
        })
    }

    fn prose(&mut self, kind: PassageKind, block: Span, prose: &Prose) {
        match prose {
            Prose::Quoted(word) => self.quoted(kind, block, word),
            Prose::Lines(lines) => self.passages.push(Passage {
                kind,
                block,
                text: prose.text(),
                span: lines.span,
                stretches: stretches_of_lines(lines),
            }),
        }
    }

    /// What somebody is to do, where it is said in quotes.
    pub(super) fn act_in_words(&mut self, block: Span, verb: &Spanned<Literal>, object: Option<&Word>) {
        if verb.node.kind == LiteralKind::Text {
            self.quoted(PassageKind::Act, block, &Spanned::new(verb.node.text.clone(), verb.span));
        }
        if let Some(object) = object {
            self.quoted(PassageKind::Act, block, object);
        }
    }

    fn quoted(&mut self, kind: PassageKind, block: Span, word: &Word) {
        let (text, span) = (word.node.clone(), word.span);
        let stretches = stretches_of_quoted(&text, span);
        self.passages.push(Passage { kind, block, text, span, stretches });
    }
}

fn stretches_of_lines(lines: &Spanned<Vec<Word>>) -> Vec<(usize, usize)> {
    let mut at = 0;
    let mut out = Vec::with_capacity(lines.node.len());
    for line in &lines.node {
        out.push((at, line.span.start as usize));
        at += line.node.len() + 1;
    }
    out
}

/// In quotes, a quote and a backslash have a backslash before them: each begins a stretch.
fn stretches_of_quoted(text: &str, span: Span) -> Vec<(usize, usize)> {
    let mut byte = span.start as usize + 1;
    let mut out = vec![(0, byte)];
    for (at, _) in text.match_indices(['"', '\\']) {
        byte += 1;
        out.push((at, byte + at));
    }
    // Faulty escapes are read as well as can be; of their places nothing is known but the whole.
    if out.last().is_some_and(|(at, byte)| byte + text.len() - at + 1 != span.end as usize) {
        out.clear();
    }
    out
}
