//! Tests of the room `worktime`: examples by hand, laws on random input, and comparison with slower, independent ways
//! to the same answers.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod compare;
mod examples;
mod fixtures;
mod hostile;
mod laws;
mod occurrences;
mod oracle;
mod pairs;
mod pauses;
mod periods;
mod table;
mod words;
mod zones;
