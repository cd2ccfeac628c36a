//! Clausal: agreements between teams as code.
//!
//! One direction of flow: [`syntax`](crate) reads `.clause` files, `resolve` turns them into the typed [`model`], `lint`
//! finds what is ambiguous or in conflict, `targets` write documents, CRM configuration and queries. [`worktime`] and
//! `evaluate` hold the meaning of time and of conditions; everything else is tested against them.

mod allow;
pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod evaluate;
pub mod ics;
pub mod lint;
pub mod logic;
pub mod model;
pub mod project;
pub mod resolve;
pub mod scenario;
pub mod source;
pub mod syntax;
pub mod targets;
pub mod why;
pub mod worktime;
pub mod yaml;
