//! The grammar's rule for a whole file against the block-wise reading.

use clausal::source::FileId;
use clausal::syntax::ast::{File, ItemKind};
use clausal::syntax::parse;
use pest::Parser as _;
use proptest::prelude::*;

use crate::{EXAMPLE, generate, programs};

/// The grammar as it stands in its file, read in one piece.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/clausal.pest"]
struct Whole;

/// The blocks of a text: where each begins and ends, and what it is.
fn whole(text: &str) -> Result<Vec<(usize, usize, Rule)>, String> {
    let mut file = Whole::parse(Rule::file, text).map_err(|e| e.to_string())?;
    let blocks = file.next().into_iter().flat_map(pest::iterators::Pair::into_inner);
    let blocks = blocks.filter(|b| b.as_rule() != Rule::EOI);
    Ok(blocks.map(|b| (b.as_span().start(), b.as_span().end(), b.as_rule())).collect())
}

fn block_wise(file: &File) -> Vec<(usize, usize, Rule)> {
    let rule = |kind: &ItemKind| match kind {
        ItemKind::Use(_) => Rule::use_file,
        ItemKind::Agreement(_) => Rule::agreement,
        ItemKind::Party(_) => Rule::party,
        ItemKind::Role(_) => Rule::role,
        ItemKind::Calendar(_) => Rule::calendar,
        ItemKind::Channel(_) => Rule::channel,
        ItemKind::Record(..) => Rule::record,
        ItemKind::Score(..) => Rule::score,
        ItemKind::Definition(_) => Rule::definition,
        ItemKind::Commitment(_) => Rule::commitment,
        ItemKind::Contingency(_) => Rule::contingency,
        ItemKind::Exception(_) => Rule::exception,
        ItemKind::Lifecycle(..) => Rule::lifecycle,
        ItemKind::Scenario(..) => Rule::scenario,
        ItemKind::Goal(_) => Rule::goal,
        ItemKind::Dispute(_) => Rule::dispute,
        ItemKind::Incentive(_) => Rule::incentive,
        ItemKind::Credit(..) => Rule::credit,
        ItemKind::Routing(..) => Rule::routing,
    };
    file.items.iter().map(|i| (i.span.range().start, i.span.range().end, rule(&i.kind))).collect()
}

#[test]
fn examples_read_the_same_in_one_piece() {
    for text in [EXAMPLE, &generate::agreement(500), "", "# nothing but a comment", "use \"a.clause\""] {
        let (file, diagnostics) = parse(FileId(0), text);
        assert_eq!(diagnostics, []);
        assert_eq!(whole(text), Ok(block_wise(&file)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_programs_read_the_same_in_one_piece(program in programs::program()) {
        let text = program.text();
        let (file, _) = parse(FileId(0), &text);
        prop_assert_eq!(whole(&text), Ok(block_wise(&file)), "{}", text);
    }
}
