//! The pages in `docs/` against the program: what they say is right, and of the language nothing is left out.
//!
//! How an example is marked on a page:
//!
//! | behind the fence | the example is |
//! |---|---|
//! | `clausal` | whole blocks; they are completed with what they mention, and checked |
//! | `clausal commitment` | clauses of such a block, in any number and combination |
//! | `clausal condition` | conditions over a `lead`, one on each line |
//! | `parse` | only read: it names files that are not there |
//! | `error=bare-days` | wrong, and this is said of it |

#![allow(missing_docs, clippy::unwrap_used, clippy::missing_panics_doc, reason = "tests")]
#![expect(clippy::disallowed_methods, reason = "tests read the pages")]

#[path = "../common/mod.rs"]
mod common;

mod computed;
mod coverage;
mod example;
mod examples;
mod pages;
