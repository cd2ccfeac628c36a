//! By which calendar a promise runs: one, one for each kind of item, or that of a person.

use crate::diagnostic::Diagnostic;
use crate::model::commitment::ClockRow;
use crate::model::{ClockRule, FieldType, Id, Record, Role, Slot};
use crate::resolve::Resolver;
use crate::resolve::clauses::DUPLICATE_CLAUSE;
use crate::resolve::condition::TYPE;
use crate::resolve::names::Entry;
use crate::resolve::values::INVALID;
use crate::source::Span;
use crate::syntax::ast::{self, ClockCase, CommitmentClause, OrTbd, Spanned, Word};

impl Resolver<'_> {
    pub(super) fn clock_rule(
        &mut self,
        record: Option<Id<Record>>,
        clauses: &[&Spanned<CommitmentClause>],
    ) -> ClockRule {
        let mut rows: Vec<ClockRow> = Vec::new();
        for clause in clauses {
            let span = clause.span;
            match &clause.node {
                CommitmentClause::Clock(calendar, ClockCase::Always) if clauses.len() == 1 => {
                    return ClockRule::Calendar(self.find_slot(calendar));
                }
                CommitmentClause::ClockOf(field) if clauses.len() == 1 => {
                    return ClockRule::Member(self.user_field(record, field));
                }
                CommitmentClause::Clock(calendar, ClockCase::Otherwise) if clauses.len() == 1 => {
                    self.invalid(
                        span,
                        "`otherwise` follows other cases".into(),
                        "the only one",
                        Some(
                            "Leave `otherwise` out, or write the other cases above it: `clock .. when ..`."
                                .into(),
                        ),
                    );
                    return ClockRule::Calendar(self.find_slot(calendar));
                }
                CommitmentClause::Clock(_, ClockCase::Always) | CommitmentClause::ClockOf(_) => {
                    self.second_clock(clauses, span);
                    return ClockRule::Calendar(Slot::Broken);
                }
                CommitmentClause::Clock(calendar, case) => {
                    self.after_otherwise(&rows, span);
                    let when = match case {
                        ClockCase::When(condition) => Some(self.condition_of(record, condition)),
                        ClockCase::Always | ClockCase::Otherwise => None,
                    };
                    rows.push(ClockRow { calendar: self.find_slot(calendar), when, span });
                }
                _ => {}
            }
        }
        if rows.is_empty() { ClockRule::Role } else { ClockRule::Table(rows) }
    }

    /// A clock for every item beside others.
    fn second_clock(&mut self, clauses: &[&Spanned<CommitmentClause>], for_all: Span) {
        let Some(other) = clauses.iter().find(|clause| clause.span != for_all) else { return };
        let (first, second) =
            if other.span < for_all { (other.span, for_all) } else { (for_all, other.span) };
        self.diagnostics.push(
            Diagnostic::error(DUPLICATE_CLAUSE, "`clock` stands here twice")
                .at(second, "again here")
                .also(first, "first here")
                .note("Two answers to one question leave the reader to guess which one holds.")
                .help("Keep one of them, or give each its case: `clock .. when ..`, the last one `clock .. otherwise`."),
        );
    }

    fn after_otherwise(&mut self, rows: &[ClockRow], span: Span) {
        if let Some(catch_all) = rows.iter().find(|row| row.when.is_none()) {
            self.diagnostics.push(
                Diagnostic::error(INVALID, "this clock is never used")
                    .at(span, "stands after `otherwise`")
                    .also(catch_all.span, "every other item has this clock")
                    .help("The first clock whose condition holds is used: put `otherwise` last."),
            );
        }
    }

    /// The field that names a person.
    fn user_field(&mut self, record: Option<Id<Record>>, word: &Word) -> Slot<Id<crate::model::Field>> {
        let slot = self.field_slot(record, &OrTbd::Known(word.clone()));
        let (Slot::Set(field), Some(record)) = (&slot, record) else { return slot };
        let declared = &self.records[record].fields[*field];
        if declared.ty == FieldType::User {
            return slot;
        }
        let out = Diagnostic::error(
            TYPE,
            format!("`{}` is a {}, but a person is needed here", word.node, declared.ty.words()),
        )
        .at(word.span, "whose hours?")
        .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
        .help("Name a field of type `user`, such as the owner of the record.");
        self.diagnostics.push(out);
        Slot::Broken
    }

    /// Reports a clock by people where nobody has hours of their own.
    pub(super) fn members_known(
        &mut self,
        actor: &Slot<Id<Role>>,
        clock: &ClockRule,
        entry: Entry<'_, CommitmentClause>,
    ) {
        let (Some(role), ClockRule::Member(_)) = (actor.get(), clock) else { return };
        let whole = self.blocks.roles[role.index()].state == ast::State::Complete;
        let role = &self.roles[*role];
        if !role.members.is_empty() || !whole {
            return;
        }
        let name = role.head.name.clone();
        let of = entry.block.clauses.iter().find(|c| matches!(c.node, CommitmentClause::ClockOf(_)));
        self.diagnostics.push(
            Diagnostic::error(INVALID, format!("nobody in `{name}` has hours of their own"))
                .at(of.map_or(entry.span, |clause| clause.span), "the clock would be that of the role for everybody")
                .also(name.span, "no `member` is declared")
                .help(format!(
                    "Add the people to role `{name}`, such as `member \"Ana Ruiz\" works emea_office`, or leave this clause out."
                )),
        );
    }
}
