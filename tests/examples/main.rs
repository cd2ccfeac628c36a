//! The shipped examples: what they say about their data, what is built of them, and that they still say everything the
//! documents they were restated from do.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod availability;
#[path = "../common/mod.rs"]
mod common;
mod expected;
mod leads;
mod marketing;
mod restated;
