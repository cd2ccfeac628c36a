//! Findings that the authors live with: `# clausal: allow(rule) because "reason" until DATE`.
//!
//! A remark on a line of its own is about the clause or the block below it; one behind a clause is about that clause, and
//! one behind the first line of a block about the whole block. It hides the findings of the rules it names whose place is
//! there. The reason is required. A remark that hides nothing any more, or whose time is over, is a finding itself, so
//! that none outlives its reason.

use crate::diagnostic::{Applicability, Diagnostic, nearest};
use crate::lint::{self, Stage};
use crate::model::Date;
use crate::source::{SourceFile, Span};
use crate::syntax::{self, ast};
use crate::worktime::{civil, words};

/// Rule: a remark that cannot be followed.
const INVALID: &str = "invalid-allow";
/// Rule: a remark whose time is over.
const EXPIRED: &str = "expired-allow";
/// Rule: a remark that hides nothing.
const UNUSED: &str = "unused-allow";

/// A remark that holds.
#[derive(Debug)]
struct Allowed {
    rules: Vec<ast::Word>,
    /// Where findings are hidden.
    target: Span,
    /// The comment.
    place: Span,
    /// By rule: whether it hid something.
    used: Vec<bool>,
}

/// The remarks of a project's files.
#[derive(Debug, Default)]
pub struct Allows {
    allowed: Vec<Allowed>,
    /// What is wrong with the remarks themselves.
    found: Vec<Diagnostic>,
}

impl Allows {
    /// Reads the remarks of a file.
    pub fn read(&mut self, tree: &ast::File, source: &SourceFile, today: Date) {
        for comment in &tree.comments {
            match syntax::allow(comment) {
                None => {}
                Some(Err(diagnostic)) => self.found.push(*diagnostic),
                Some(Ok(allow)) => self.take(&allow, tree, source, today),
            }
        }
    }

    fn take(&mut self, allow: &ast::Allow, tree: &ast::File, source: &SourceFile, today: Date) {
        let place = allow.span.0;
        if allow.because.as_ref().is_none_or(|why| why.node.is_empty()) {
            self.found.push(
                Diagnostic::error(INVALID, "this finding is allowed without a reason")
                    .at(place, "why?")
                    .note("Whoever reads the agreement later must know why both sides live with it.")
                    .help("Add `because \"the reason\"`."),
            );
        }
        let known = allow.rules.iter().filter(|rule| self.is_known(rule)).cloned().collect::<Vec<_>>();
        if let Some(until) = &allow.until {
            match civil::parse_date(&until.node) {
                Some(last) if last < today => {
                    self.found.push(expired(place, until, last));
                    return;
                }
                Some(_) => {}
                None => {
                    let text = format!("there is no day {}", until.node);
                    let out = Diagnostic::error(INVALID, text).at(until.span, "not in the calendar");
                    self.found.push(out.help("Write a day such as `2026-06-30`."));
                }
            }
        }
        match target(tree, source, place) {
            Some(target) => {
                let used = vec![false; known.len()];
                self.allowed.push(Allowed { rules: known, target, place, used });
            }
            None => self.found.push(
                Diagnostic::warning(UNUSED, "this remark is about nothing")
                    .at(place, "no clause follows")
                    .help("Put it on the line above the clause, or above the block, that it is about."),
            ),
        }
    }

    fn is_known(&mut self, name: &ast::Word) -> bool {
        let Some(rule) = lint::rule(&name.node) else {
            let out = Diagnostic::error(INVALID, format!("there is no rule `{}`", name.node));
            self.found.push(match nearest(&name.node, lint::ALL.iter().map(|r| r.name)) {
                Some(near) => out.at(name.span, format!("did you mean `{near}`?")).fix(
                    format!("write `{near}`"),
                    Applicability::Suggested,
                    name.span,
                    near,
                ),
                None => out.at(name.span, "not known").help("`clausal explain` lists every rule."),
            });
            return false;
        };
        if matches!(rule.stage, Stage::Reading) {
            self.found.push(
                Diagnostic::error(INVALID, format!("`{}` cannot be allowed", rule.name))
                    .at(name.span, "what cannot be read means nothing")
                    .help("Correct the text, and delete this remark."),
            );
            return false;
        }
        true
    }

    /// The findings that are not allowed.
    pub fn filter(&mut self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.into_iter().filter(|diagnostic| !self.hides(diagnostic)).collect()
    }

    fn hides(&mut self, diagnostic: &Diagnostic) -> bool {
        let Some(label) = &diagnostic.primary else { return false };
        let mut hidden = false;
        for allowed in &mut self.allowed {
            let inside = allowed.target.file == label.span.file
                && allowed.target.start <= label.span.start
                && label.span.start <= allowed.target.end;
            for (rule, used) in allowed.rules.iter().zip(&mut allowed.used) {
                if inside && rule.node == diagnostic.rule {
                    *used = true;
                    hidden = true;
                }
            }
        }
        hidden
    }

    /// What is wrong with the remarks themselves, once every finding has been shown to [`Allows::filter`]. Rules that only
    /// `build` looks at may still be needed, and those that compare agreements if there was but one to check.
    pub fn remarks(self, agreements: usize) -> Vec<Diagnostic> {
        let mut out = self.found;
        for allowed in self.allowed {
            for (rule, used) in allowed.rules.iter().zip(allowed.used) {
                let later = lint::rule(&rule.node).is_some_and(|r| match r.stage {
                    Stage::Building => true,
                    Stage::Comparing(_) => agreements < 2,
                    _ => false,
                });
                if !used && !later {
                    out.push(unused(rule, &allowed.rules, allowed.place));
                }
            }
        }
        out
    }
}

fn expired(place: Span, until: &ast::Word, last: Date) -> Diagnostic {
    Diagnostic::warning(EXPIRED, format!("this was allowed until {} only", words::date(last)))
        .at(until.span, "this day has passed")
        .also(place, "what it hid is shown again")
        .help("Mend what it hides and delete this remark, or agree on a new date.")
}

fn unused(rule: &ast::Word, all: &[ast::Word], place: Span) -> Diagnostic {
    let out = Diagnostic::warning(UNUSED, format!("there is no `{}` to allow here any more", rule.node))
        .at(rule.span, "hides nothing");
    if all.len() == 1 {
        out.help("Delete this remark.").fix("delete it", Applicability::Suggested, place, "")
    } else {
        out.help("Take this rule out of the list.")
    }
}

/// The clause or block that a comment is about.
fn target(tree: &ast::File, source: &SourceFile, comment: Span) -> Option<Span> {
    let line = source.position(comment.start).line;
    let line_start = source.line_start(line);
    let before = source.text().get(line_start..comment.start as usize)?;
    if before.trim().is_empty() { below(tree, source, comment) } else { on_line(tree, source, line) }
}

/// What begins below a comment, with nothing but comments in between.
fn below(tree: &ast::File, source: &SourceFile, comment: Span) -> Option<Span> {
    let places = tree.items.iter().flat_map(|item| std::iter::once(item.span).chain(item.kind.clauses()));
    let next = places.filter(|span| span.start >= comment.end).min_by_key(|span| span.start)?;
    let between = source.text().get(comment.end as usize..next.start as usize)?;
    let only_comments = between.lines().map(str::trim).all(|l| l.is_empty() || l.starts_with('#'));
    only_comments.then_some(next)
}

/// The last clause that touches a line; else the block whose first line it is.
fn on_line(tree: &ast::File, source: &SourceFile, line: usize) -> Option<Span> {
    let touches =
        |span: &Span| source.position(span.start).line <= line && line <= source.position(span.end).line;
    let items = tree.items.iter().filter(|item| touches(&item.span));
    items
        .filter_map(|item| {
            let clause = item.kind.clauses().into_iter().rfind(touches);
            let head = (source.position(item.span.start).line == line).then_some(item.span);
            clause.or(head)
        })
        .next_back()
}
