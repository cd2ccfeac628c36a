//! Whether conditions can hold: the engines against the evaluator, against each other, and on what people write.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod asked;
mod children;
#[path = "../common/mod.rs"]
mod common;
mod large;
mod random;
mod support;
mod written;
