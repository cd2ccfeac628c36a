//! Whatever authors write, the tree is well formed and within the limits.

use proptest::prelude::*;

use crate::common::{Memory, compile};
use crate::programs::program;
use crate::support::{faults, generate, tree};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn random_programs_make_trees(program in program()) {
        let text = format!("agreement fuzz {{}}\n{}", program.text().replace("agreement ", "party "));
        let compiled = compile(&Memory::new([("test.clause", text.as_str())]));
        if compiled.model.is_some() {
            prop_assert_eq!(faults(&tree(&generate(&compiled))), Vec::<String>::new());
        }
    }

    #[test]
    fn every_text_is_data(texts in prop::collection::vec("\\PC{0,60}", 6), name in "[a-z_]{1,50}") {
        let quoted: Vec<String> =
            texts.iter().map(|t| t.replace('\\', "\\\\").replace('"', "\\\"")).collect();
        let [a, b, c, d, e, f] = quoted.as_slice() else { unreachable!() };
        let text = format!(
            "agreement fuzz \"{a}\" {{ parties p  effective 2026-01-01  zone UTC }}\nparty p {{}}\nrole r \"{b}\" {{}}\n\
             record rec \"{c}\" {{ x_{name} \"{d}\" text optional  y{name} choice of one, \"{e} x\" optional }}\n\
             commitment ban \"{f}\" {{ r must not \"{a} do\" a rec without x_{name} when y{name} = \"{e} x\" or x_{name} = \"{f}\" }}\n\
             lifecycle life \"{f}\" of rec.y{name} {{ start one  one -> \"{e} x\" when x_{name} starts with \"{d}y\" }}\n"
        );
        let compiled = compile(&Memory::new([("test.clause", text.as_str())]));
        if compiled.model.is_some() {
            prop_assert_eq!(faults(&tree(&generate(&compiled))), Vec::<String>::new());
        }
    }
}

/// Parts of the torture agreement left out: whatever is missing, nothing breaks.
#[test]
fn broken_agreements_make_trees() {
    let whole = include_str!("torture.clause");
    let lines: Vec<&str> = whole.lines().collect();
    for skip in 0..lines.len() {
        let text: Vec<&str> =
            lines.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, line)| *line).collect();
        let compiled = crate::common::compile_text(&(text.join("\n") + "\n"));
        if compiled.model.is_some() {
            assert_eq!(
                faults(&tree(&generate(&compiled))),
                Vec::<String>::new(),
                "without line {}",
                skip + 1
            );
        }
    }
}
