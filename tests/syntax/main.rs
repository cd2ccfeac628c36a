//! Reading and writing the language: random programs, hostile input, the examples, the layout, the messages.

#[path = "../common/programs/mod.rs"]
mod programs;

mod layout;
