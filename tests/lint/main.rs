//! The rules: their pages, what they say of bad agreements and that they are silent about good ones, and what must hold for
//! every finding whatsoever.

#![allow(missing_docs, clippy::unwrap_used, clippy::missing_panics_doc, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../../benches/generate/mod.rs"]
mod generate;
#[path = "../common/programs/mod.rs"]
mod programs;

mod cases;
mod damage;
mod dates;
mod findings;
mod fixes;
mod json;
mod many;
mod outputs;
mod pages;
mod projects;
mod prose;
mod registry;
mod support;
