//! Any text is read: with places inside the text, and nothing lost in silence.

#![no_main]

#[path = "../../tests/syntax/checks.rs"]
#[allow(dead_code)]
mod checks;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    checks::read(text);
});
