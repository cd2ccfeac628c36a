//! The documents: what they say, that they are well formed, and that nothing an author writes acts in them.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

mod claims;
mod conditions;
mod content;
mod html;
mod laws;
mod markdown;
mod snapshots;
mod support;
