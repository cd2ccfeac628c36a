//! Reading and writing the language: random programs, hostile input, the examples, the layout, the messages.

#[path = "../../benches/generate/mod.rs"]
mod generate;
#[path = "../common/programs/mod.rs"]
mod programs;

mod checks;
mod hostile;
mod layout;
mod messages;
mod soup;
mod vocabulary;
mod whole;

/// The example that ships with the program.
const EXAMPLE: &str = include_str!("../../examples/lead-handoff/lead-handoff.clause");
