//! Of the language nothing is left out: every rule of the grammar is reached by an example of the reference, and every
//! word that begins a clause stands in the section of its block.

use std::collections::BTreeSet;

use clausal::lint;
use clausal::source::FileId;
use clausal::syntax;
use clausal::syntax::keywords::{BlockWord, clause_openings};
use pest::Parser as _;

use crate::common::fences::fences;
use crate::example::{examples, pages};

const GRAMMAR: &str = include_str!("../../grammar/clausal.pest");

/// The grammar as it stands in its file.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/clausal.pest"]
struct Whole;

/// Rules that no example can or should reach, each with the reason.
const EXCEPTIONS: [(Rule, &str); 3] = [
    (Rule::bad_clause, "a clause that cannot be read"),
    (Rule::trailing, "what stands behind the brace of a block"),
    (Rule::double_equal, "a habit from other languages; read so that the right sign can be offered"),
];

/// Rules that leave no trace in what is parsed: they only group others, or name characters.
fn is_silent(rule: Rule) -> bool {
    let name = format!("{rule:?}");
    let declared = GRAMMAR.lines().find(|line| line.split('=').next().unwrap().trim() == name);
    declared.is_some_and(|line| line.split('=').nth(1).unwrap().trim_start().starts_with('_'))
}

/// Every rule that a text reaches.
fn reached(rule: Rule, text: &str, out: &mut BTreeSet<Rule>) -> Result<(), String> {
    let pairs = Whole::parse(rule, text).map_err(|e| e.to_string())?;
    out.extend(pairs.flatten().map(|pair| pair.as_rule()));
    Ok(())
}

#[test]
fn every_rule_of_the_grammar_is_reached_by_an_example_of_the_reference() {
    let pages = pages();
    let mut seen = BTreeSet::new();
    for example in examples(&pages).iter().filter(|e| e.page == "language.md" && e.error != Some("syntax")) {
        let text = example.in_file();
        reached(Rule::file, &text, &mut seen).unwrap_or_else(|e| panic!("{example}: {e}"));
        let (tree, _) = syntax::parse(FileId(0), &text);
        for remark in tree.comments.iter().filter_map(|c| c.node.split_once("clausal:")) {
            reached(Rule::allow, remark.1, &mut seen).unwrap_or_else(|e| panic!("{example}: {e}"));
        }
    }
    let is_exception = |rule: &Rule| EXCEPTIONS.iter().any(|(exception, _)| exception == rule);
    let missing: Vec<&Rule> = Rule::all_rules()
        .iter()
        .filter(|rule| !seen.contains(rule) && !is_silent(**rule) && !is_exception(rule))
        .collect();
    assert!(missing.is_empty(), "docs/language.md has no example of {missing:?}");
    let useless: Vec<_> = EXCEPTIONS.iter().filter(|(rule, _)| seen.contains(rule)).collect();
    assert!(useless.is_empty(), "reached after all: {useless:?}");
}

/// The code of a text: what stands in fences and between backticks.
fn code(text: &str) -> String {
    let mut out: String = fences(text).iter().map(|fence| fence.text).collect();
    for line in text.lines().filter(|l| !l.starts_with("```")) {
        out.extend(line.split('`').skip(1).step_by(2).map(|span| format!("{span}\n")));
    }
    out
}

#[test]
fn every_clause_of_every_block_is_in_the_section_of_the_block() {
    let pages = pages();
    let (_, reference) = pages.iter().find(|(name, _)| name == "language.md").unwrap();
    for block in BlockWord::ALL {
        let heading = |line: &str| line.to_lowercase() == format!("## {}", block.word());
        let section: Vec<&str> = reference
            .lines()
            .skip_while(|line| !heading(line))
            .skip(1)
            .take_while(|line| !line.starts_with("## "))
            .collect();
        assert!(!section.is_empty(), "docs/language.md has no section for `{}`", block.word());
        let code = code(&section.join("\n"));
        // The formatter may widen the blank between two words of a clause.
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in clause_openings(block) {
            // Notes and contacts are the same everywhere.
            let anywhere = ["note", "contact"].contains(&words);
            assert!(
                anywhere || code.contains(words),
                "`{words}` is not in the section of `{}`",
                block.word()
            );
        }
    }
}

/// The cheat sheet has a row for each block, with the words that begin its clauses.
#[test]
fn every_clause_is_on_the_cheat_sheet() {
    let pages = pages();
    let (_, sheet) = pages.iter().find(|(name, _)| name == "cheatsheet.md").unwrap();
    let code = code(sheet);
    for block in BlockWord::ALL {
        let row = sheet.lines().find(|line| line.starts_with(&format!("| `{}` |", block.word())));
        let row = row.unwrap_or_else(|| panic!("no row for `{}`", block.word()));
        // What promises and steps are made of is shown further below, in examples.
        let shown = [BlockWord::Commitment, BlockWord::Contingency].contains(&block);
        for words in clause_openings(block).into_iter().filter(|words| *words != "note") {
            let there = if shown { code.contains(words) } else { row.contains(words) };
            assert!(there, "`{words}` is not in the row of `{}`", block.word());
        }
    }
}

/// Words joined by hyphens in code are names of rules.
#[test]
fn findings_that_pages_name_exist() {
    let is_rule_like = |span: &&str| {
        let plain = span.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        plain && span.contains('-') && !span.starts_with('-') && !span.contains("--")
    };
    // Ranges of days.
    let others = ["mon-fri", "sat-mon"];
    for (name, text) in pages() {
        let prose: String = text.split("```").step_by(2).collect();
        for span in prose.split('`').skip(1).step_by(2).filter(is_rule_like) {
            assert!(others.contains(&span) || lint::rule(span).is_some(), "docs/{name}: no rule `{span}`");
        }
    }
}
