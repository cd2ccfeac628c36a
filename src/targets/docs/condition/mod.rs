//! Conditions: in words for readers, and in the exact notation of the source.

mod exact;
mod phrase;

pub use exact::{constant as constant_in_source, exact};
pub use phrase::{constant, phrase};
