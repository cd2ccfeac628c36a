//! Deadlines compared over whole terms, exactly.
//!
//! A deadline is a function of the moment at which its clock starts, and so are a reminder, a step after it, or the open
//! time up to a moment. All of them are made of pieces on which they either stand still or run with the clock on the wall:
//! a [`Line`]. Lines are put one after another ([`Line::then`]), the later or earlier of two is one again, and two of them
//! are subtracted piece by piece ([`Difference`]). So "which starts are due too late" is a question about some thousand
//! pieces of a term of years, every closure and every change of the clocks included, and the answer is exact to the second:
//! a list of [`Moments`], which [`Pattern`] puts in words.
//!
//! | file | holds |
//! |---|---|
//! | `line` | functions of the moment, what follows one, the later and the earlier of two |
//! | `make` | the lines of a clock, from its [`Table`] |
//! | `difference` | one line less another: where it is too small, where it changes sign, where it is largest |
//! | `moments` | sets of moments |
//! | `pattern` | which moments come back every week, and words for them |
//!
//! [`Table`]: super::Table

mod difference;
mod line;
mod make;
mod moments;
mod pattern;

pub use difference::Difference;
pub use line::Line;
pub use moments::Moments;
pub use pattern::{Pattern, Weekly};
