//! The single meaning of time: moments, zones, opening hours, deadlines, periods.
//!
//! Everything that says when something is due, how late it was or in which month it counts asks this room, or is tested
//! against it. It is total: no input makes it panic, and what lies outside the years 1900 to 2200 is a [`TimeError`].
//! It is exact to the second and reads no clock: the present moment is an argument of whoever needs it.
//!
//! | file | holds |
//! |---|---|
//! | `instant` | moments and stretches of time |
//! | `civil` | dates: which exist, days and months between them, ISO weeks |
//! | `zone`, `tzdb` | from moments to wall clocks and back; the time zone database |
//! | `hours` | opening hours: what is open, how long, walks forward and backward |
//! | `due` | deadlines, lateness, the moments around a deadline |
//! | `pause` | deadlines of items whose clock stands still for a time |
//! | `occurrence` | what is due again and again |
//! | `period` | days, weeks, months, quarters, years |
//! | `read` | moments as data and people write them |
//! | `compare` | deadlines as functions of the start, over whole terms: which is later, from which start on |
//! | `table` | all of it for a span of days as plain integer rows, for SQL and for many questions at once |
//! | `words` | dates, moments, lengths of time and hours in English |

pub mod civil;
pub mod compare;
pub mod due;
mod error;
mod hours;
mod instant;
mod occurrence;
mod pause;
mod period;
mod read;
pub mod table;
mod tzdb;
pub mod words;
mod zone;

pub use civil::Day;
pub use due::{Clock, Measure, ahead, before, due};
pub use error::TimeError;
pub use hours::{OpenDay, OpenHours};
pub use instant::{Instant, Interval};
pub use occurrence::{Occurrence, Occurrences};
pub use pause::{NO_PAUSES, Pauses};
pub use period::{PeriodSpan, Periods};
pub use read::parse_moment;
pub use table::Table;
pub use zone::{OffsetPiece, TimeZone};
