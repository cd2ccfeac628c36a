//! The Salesforce tree: that it is well formed and within the limits, and that its rules refuse what the agreement forbids.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;
#[allow(dead_code, reason = "the spelling of the formatter is for its own tests")]
#[path = "../common/programs/mod.rs"]
mod programs;

mod conditions;
mod content;
mod engine;
mod laws;
mod outcomes;
mod show;
mod snapshots;
mod support;
