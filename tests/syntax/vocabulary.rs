//! The tables of words against the grammar file.

use std::collections::{BTreeMap, BTreeSet};

use clausal::source::FileId;
use clausal::syntax::keywords::{BlockWord, CLAUSES, clause_words};
use clausal::syntax::parse;

/// The rules of the grammar file: names and bodies.
fn rules() -> BTreeMap<&'static str, String> {
    let grammar = include_str!("../../grammar/clausal.pest");
    let lines = grammar.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut rules: BTreeMap<&str, String> = BTreeMap::new();
    let mut current = None;
    for line in lines {
        let head = line.split_once('=').map(|(name, body)| (name.trim(), body));
        let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        match head.filter(|(name, _)| is_name(name) && !line.starts_with(' ')) {
            Some((name, body)) => {
                rules.insert(name, body.to_owned());
                current = Some(name);
            }
            None => {
                if let Some(body) = current.and_then(|name| rules.get_mut(name)) {
                    body.push_str(line);
                }
            }
        }
    }
    rules
}

/// The body of a rule between its braces.
fn body(rule: &str) -> &str {
    let body = rule.trim().trim_start_matches(['_', '@', '$', '!']).trim();
    body.strip_prefix('{').and_then(|b| b.strip_suffix('}')).unwrap_or(body).trim()
}

/// The parts of a body that a sign divides, outside of brackets and quotes.
fn parts(body: &str, sign: char) -> Vec<&str> {
    let (mut depth, mut quoted, mut start, mut out) = (0_usize, false, 0, Vec::new());
    for (i, c) in body.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            c if c == sign && depth == 0 && !quoted => {
                out.push(body[start..i].trim());
                start = i + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(body[start..].trim());
    out
}

/// The words that what a body describes may begin with; empty for a word of the author's.
fn openings(rules: &BTreeMap<&str, String>, described: &str, found: &mut BTreeSet<String>) {
    for way in parts(described, '|') {
        let first = parts(way, '~')[0].trim_end_matches(['?', '*', '+']);
        if let Some(inner) = first.strip_prefix('(').and_then(|f| f.strip_suffix(')')) {
            openings(rules, inner, found);
        } else if let Some(word) = first.strip_prefix("kw_") {
            found.insert(word.to_owned());
        } else if matches!(first, "name" | "value" | "string" | "word") {
            found.insert(String::new());
        } else {
            let rule = rules.get(first).unwrap_or_else(|| panic!("no rule `{first}`"));
            openings(rules, body(rule), found);
        }
    }
}

#[test]
fn every_clause_of_the_grammar_has_an_example_and_the_other_way_round() {
    let rules = rules();
    for block in BlockWord::ALL {
        let rule = format!("{}_clause", block.word());
        let mut of_grammar = BTreeSet::new();
        openings(&rules, body(&rules[rule.as_str()]), &mut of_grammar);
        let of_table: BTreeSet<String> =
            CLAUSES.iter().filter(|c| c.block == block).map(|c| c.word.to_owned()).collect();
        assert_eq!(of_grammar, of_table, "{}", block.word());
        assert!(clause_words(block).iter().all(|word| of_grammar.contains(*word)));
    }
}

#[test]
fn every_way_to_write_a_clause_has_an_example() {
    // As many examples as there are rules that a block's clauses can be, at the least.
    let rules = rules();
    for block in BlockWord::ALL {
        let ways = parts(body(&rules[format!("{}_clause", block.word()).as_str()]), '|').len();
        let examples = CLAUSES.iter().filter(|c| c.block == block).count();
        assert!(examples >= ways, "{}: {examples} examples of {ways} clauses", block.word());
    }
}

#[test]
fn every_keyword_of_the_grammar_reads_as_its_rule_is_called() {
    for (name, rule) in rules() {
        let Some(word) = name.strip_prefix("kw_") else { continue };
        assert!(rule.contains(&format!("\"{word}\"")), "{name} = {rule}");
        assert!(rule.contains("!word_char"), "{name} may end inside a word");
    }
}

/// A missing brace is seen before every kind of block, whatever its word.
#[test]
fn every_block_is_found_behind_one_that_is_not_closed() {
    for block in BlockWord::ALL {
        let text = format!("party first {{\n\n{} second {{\n}}\n", block.word());
        let (_, said) = parse(FileId(0), &text);
        let messages: Vec<&str> = said.iter().map(|d| d.message.as_str()).collect();
        assert!(messages.contains(&"this block is never closed"), "{}: {messages:?}", block.word());
    }
}
