//! The SQL target: what it makes, held against the reference semantics.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;
#[allow(dead_code, reason = "the formatter's tests use the rest")]
#[path = "../common/programs/mod.rs"]
mod programs;

mod agreements;
mod answers;
mod cases;
mod engines;
mod laws;
mod rows;
mod snapshots;
mod support;
