//! Whether something can be: satisfiability of conditions over the items of one record.
//!
//! A [`Space`] reads conditions into formulas, each definition once, and answers whether some of them can hold of one
//! item. There are three answers: possible, with an example as short as it can be; impossible; or not analysed, with the
//! reason in the reader's words. What is not calculated (a product of two fields) is a
//! guess that may go either way, so "impossible" stays true; a "possible" that stands on a guess says so, and must be
//! tried with `evaluate` before anybody is told.
//!
//! The meaning is that of `evaluate`. Assumed is what the records promise: fields that are not `optional` are filled,
//! numbers lie in their ranges, choices without `...` hold what is listed, and numbers have at most six decimal places.
//!
//! Child records are told by a few that stand for any number: see [`family`].
//!
//! Two engines look for an answer: [`tableau`] is fast on few conditions, [`clauses`] learns its way through many. All
//! of it counts steps and not seconds, so that it answers alike on every machine.

mod alike;
mod answer;
mod around;
mod bounds;
mod children;
mod clauses;
mod comparison;
mod conditions;
mod domains;
mod example;
mod family;
mod formula;
mod hull;
mod moments;
mod parts;
mod pick;
mod query;
mod reasons;
mod scores;
mod space;
mod tableau;
mod texts;
mod values;
mod variables;

pub use alike::Alike;
pub use answer::Answer;
pub use around::{Between, End};
pub use example::{Content, Example};
pub use formula::Formula;
pub use parts::Conjunct;
pub use space::Space;
