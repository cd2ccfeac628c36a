//! Tests of the room `evaluate`, the meaning that every target is held against: examples computed by hand, line by line,
//! and laws on random input.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;
mod conditions;
mod gaps;
mod laws;
mod levels;
mod lifecycles;
mod patterns;
mod periods;
mod prohibitions;
mod support;
mod verdicts;
