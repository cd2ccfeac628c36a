//! Child records, questions about them, and scores: what they mean, and what is said of faults in them.

#[path = "../common/mod.rs"]
mod common;

mod children;
mod faults;
mod support;
