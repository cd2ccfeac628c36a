//! What can go wrong when a moment is computed.

/// Why there is no answer. Every function of this room that can fail fails with one of these, and none panics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeError {
    /// The moment, the day or the answer lies outside the years 1900 to 2200.
    OutOfRange,
    /// The calendar has no weekly hours, and its exceptions do not hold as much open time as was asked for.
    NeverOpen,
    /// A business unit was asked of a clock that has a zone but no opening hours.
    NoCalendar,
    /// The calendar has no zone, or one that the time zone database does not know.
    NoZone,
    /// The moment or the answer lies outside the span of a [`Table`](super::Table).
    OutsideTable,
}

impl std::fmt::Display for TimeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            TimeError::OutOfRange => "the moment lies outside the years 1900 to 2200",
            TimeError::NeverOpen => "the calendar is not open for long enough",
            TimeError::NoCalendar => "business time needs a calendar with opening hours",
            TimeError::NoZone => "the calendar has no known time zone",
            TimeError::OutsideTable => "the moment lies outside the days that were tabulated",
        })
    }
}

impl std::error::Error for TimeError {}
