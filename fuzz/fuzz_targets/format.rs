//! Random programs of every production, as a seed chooses them: formatted, they say the same in as few signs as the
//! program itself knows; formatting again changes nothing.

#![no_main]

#[path = "../../tests/syntax/checks.rs"]
#[allow(dead_code)]
mod checks;
#[path = "../../tests/common/programs/mod.rs"]
#[allow(dead_code, missing_docs)]
mod programs;

use clausal::syntax::format_checked;
use libfuzzer_sys::fuzz_target;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

fuzz_target!(|seed: [u8; 32]| {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let Ok(program) = programs::program().new_tree(&mut runner) else { return };
    let program = program.current();
    let text = program.text();
    let once = match format_checked(checks::FILE, &text) {
        Ok(once) => once,
        Err(fault) => panic!("{fault}\n{text}"),
    };
    assert_eq!(checks::bare(&once), program.canonical(), "{text}");
    assert_eq!(format_checked(checks::FILE, &once).as_ref(), Ok(&once), "{text}");
});
