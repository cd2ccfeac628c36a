//! What is said of a name that nothing declares, or that stands for something else.

use super::{Entry, Kind, Symbol, UNDEFINED};
use crate::diagnostic::{Applicability, Diagnostic, nearest};
use crate::resolve::Resolver;
use crate::syntax::ast::{self, OrTbd, Word};

/// From so many findings on, no more suggestions are looked for.
const MANY: usize = 500;
/// After so many comparisons of two names neither.
const MOST_COMPARED: usize = 200_000;
/// So many names are listed in full, for want of a suggestion.
const FEW: usize = 8;
/// So many roles of one party are listed.
const MOST_ROLES: usize = 20;

impl<'a> Resolver<'a> {
    /// The name that may have been meant. With hundreds of findings nobody reads suggestions, and each looks at every
    /// name there is; with very many names even a few take long.
    pub(in crate::resolve) fn suggest<'b>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'b str>,
    ) -> Option<&'b str> {
        let compared = &self.compared;
        if self.diagnostics.len() >= MANY || compared.get() >= MOST_COMPARED {
            return None;
        }
        nearest(word, candidates.into_iter().inspect(|_| compared.set(compared.get() + 1)))
    }

    pub(super) fn undefined(&self, word: &Word, wanted: &[Kind]) -> Diagnostic {
        let kinds: Vec<String> = wanted.iter().map(|k| k.block().to_owned()).collect();
        let kinds = crate::diagnostic::join(&kinds, "or");
        let names = || wanted.iter().flat_map(|kind| self.blocks.names(*kind));
        let out = Diagnostic::error(UNDEFINED, format!("there is no {kinds} called `{}`", word.node));
        if let Some(near) = self.suggest(&word.node, names()) {
            let declared = self.symbols.get(near).and_then(|all| all.first()).map(|s| s.span);
            let out = out.at(word.span, format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                Applicability::Suggested,
                word.span,
                near,
            );
            match declared {
                Some(span) => out.also(span, format!("`{near}` is declared here")),
                None => out,
            }
        } else {
            let mut known: Vec<&str> = names().take(FEW + 1).collect();
            known.sort_unstable();
            let first = wanted.first().map_or("block", |k| k.block());
            let out = out.at(word.span, "not declared anywhere");
            if known.is_empty() || known.len() > FEW {
                out.help(format!("Declare it: `{first} {} {{ .. }}`, or correct the name.", word.node))
            } else {
                out.help(format!(
                    "Known here: {}. Use one of them, or declare `{first} {} {{ .. }}`.",
                    crate::diagnostic::names(&known, "and"),
                    word.node
                ))
            }
        }
    }

    pub(super) fn wrong_kind(&self, word: &Word, symbol: Symbol, wanted: &[Kind]) -> Diagnostic {
        let kinds: Vec<String> = wanted.iter().map(|k| k.words().to_owned()).collect();
        let out = Diagnostic::error(
            UNDEFINED,
            format!(
                "`{}` is {}, but {} is needed here",
                word.node,
                symbol.kind.words(),
                crate::diagnostic::join(&kinds, "or")
            ),
        )
        .at(word.span, format!("used as {}", crate::diagnostic::join(&kinds, "or")))
        .also(symbol.span, format!("declared as {}", symbol.kind.words()));
        if wanted == [Kind::Role] && symbol.kind == Kind::Party {
            let roles = self.roles_of(&word.node);
            return if roles.is_empty() {
                out.help(format!(
                    "Duties are owed by roles: declare one with `role .. {{ party {} }}`.",
                    word.node
                ))
            } else {
                out.help(format!(
                    "Duties are owed by roles. Those of `{}` are {}.",
                    word.node,
                    crate::diagnostic::names(&roles, "and")
                ))
            };
        }
        match self.suggest(&word.node, wanted.iter().flat_map(|kind| self.blocks.names(*kind))) {
            Some(near) => out.help(format!("Did you mean `{near}`?")),
            None => out.help(format!("Name {}.", crate::diagnostic::join(&kinds, "or"))),
        }
    }

    /// The names of the roles that belong to a party, read from the tree (the roles may not be resolved yet). Not of all,
    /// if there are very many.
    fn roles_of(&self, party: &str) -> Vec<&'a str> {
        let belongs =
            |entry: &&Entry<'a, ast::RoleClause>| {
                entry.block.clauses.iter().any(
                    |c| matches!(&c.node, ast::RoleClause::Party(OrTbd::Known(word)) if word.node == party),
                )
            };
        let roles = self.blocks.roles.iter().filter(belongs);
        roles.map(|e| e.block.name.node.as_str()).take(MOST_ROLES + 1).collect()
    }
}
