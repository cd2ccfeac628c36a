//! From text to tree and back.
//!
//! [`parse`] never fails: it returns the tree it could build and what is wrong. A block with a hole is marked incomplete;
//! a block that could not be read at all leaves its name behind, so that one mistake is reported once. Nothing here knows
//! what the words mean.

pub mod ast;
mod build;
mod explain;
mod faults;
pub mod format;
mod grammar;
pub mod keywords;
mod parse;
mod remark;
mod scan;

pub use format::{FormatError, format, format_checked};
pub use parse::parse;
pub use remark::allow;
pub use scan::scan;
