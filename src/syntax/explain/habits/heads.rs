//! The head of a block: `party Acme Inc {`.

use std::ops::Range;

use crate::diagnostic::Applicability;
use crate::syntax::build::snake_case;
use crate::syntax::explain::repair::{Broken, Repair};
use crate::syntax::explain::tokens::{Look, Token};
use crate::syntax::grammar::Rule;

/// Guesses at the head of a block: `party Acme Inc {`.
pub(in crate::syntax::explain) fn head(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out: Vec<Repair> = child_of(broken).into_iter().collect();
    let index = broken.index();
    let brace = broken.tokens.iter().position(|t| t.text == "{").unwrap_or(broken.tokens.len());
    let words = broken.tokens.get(1..brace).unwrap_or_default();
    let plain: Vec<&Token<'_>> = words.iter().take_while(|t| t.kind == Look::Word).collect();
    if let (Some(first), Some(last)) = (plain.first(), plain.last()) {
        let said = |range: Range<usize>| broken.text.get(range).unwrap_or("");
        // `party marketing Marketing Team {`: a title without quotes.
        if let Some(title) = plain.get(1).filter(|t| t.text.starts_with(char::is_uppercase)) {
            let place = title.range.start..last.range.end;
            let right = format!("\"{}\"", said(place.clone()));
            out.push(Repair::replace(place, "a title stands in quotes", right).label("put it in quotes"));
        }
        // `role sales dev rep {`: a name of several words.
        if plain.len() > 1 {
            let place = first.range.start..last.range.end;
            let joined = snake_case(&said(place.clone()).split_whitespace().collect::<Vec<_>>().join("_"));
            let message = format!("a name is one word: `{joined}`");
            out.push(Repair::replace(place, message, joined).label("several words").bold());
        }
    }
    // `role "Demand generation" {`: a title, but no name.
    if let Some(title) = words.first().filter(|t| matches!(t.kind, Look::Text | Look::SingleQuoted)) {
        let name = snake_case(&title.text.trim_matches(['"', '\'']).replace([' ', '-'], "_"));
        if !name.is_empty() {
            let insert = Repair::insert(
                title.range.clone(),
                "a name is missing in front of the title",
                title.range.start,
                format!("{name} "),
            );
            out.push(
                insert.help("Others refer to a block by its name, in snake_case; the title is for people."),
            );
        }
    }
    // `scenario friday {`: a title is what it has.
    if let (Some(first), Some(last)) = (plain.first(), plain.last())
        && broken.expects(&[Rule::string])
    {
        let place = first.range.start..last.range.end;
        let right = format!("\"{}\"", broken.text.get(place.clone()).unwrap_or(""));
        out.push(Repair::replace(place, "a text stands in quotes", right).label("put it in quotes"));
    }
    // `definition mql = lead where ..`
    if let Some(sign) = broken.token(2).filter(|t| matches!(t.text, "=" | ":" | "means" | "is"))
        && broken.text.starts_with("definition")
        && brace == broken.tokens.len()
    {
        let end = broken.text.trim_end().len();
        out.push(
            Repair::replace(sign.range.clone(), "a definition is a block: `{ means .. }`", "{ means")
                .and(end..end, " }")
                .title("write `{ means .. }`"),
        );
    }
    if brace == broken.tokens.len()
        && let Some(last) = broken.tokens.get(index.saturating_sub(1))
    {
        out.push(
            Repair::insert(last.range.clone(), "the `{` of this block is missing", last.range.end, " {")
                .label("it belongs behind this"),
        );
    }
    for way in out.iter_mut().flat_map(|r| &mut r.ways) {
        way.applicability = Applicability::Suggested;
    }
    out
}

/// `record activity belongs to lead {`: how a child record is declared.
fn child_of(broken: &Broken<'_>) -> Option<Repair> {
    if !broken.text.starts_with("record") {
        return None;
    }
    let brace = broken.tokens.iter().position(|t| t.text == "{")?;
    let (first, last) = (broken.token(2)?, broken.token(brace.checked_sub(2)?)?);
    let place = first.range.start..last.range.end;
    let said = broken.text.get(place.clone())?;
    let known = ["belongs to", "belonging to", "child of", "a child of", "is child of", "per", "in", "under"];
    let message = format!("`{said}` is written `of` here");
    known.contains(&said).then(|| Repair::replace(place, message, "of").label("write `of`"))
}
