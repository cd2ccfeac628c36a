//! Child records, questions about them, and scores: what they mean, and what is said of faults in them.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

mod children;
mod faults;
mod points;
mod support;
