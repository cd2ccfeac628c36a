//! Moments on the one time line that everybody shares.

use super::TimeError;

/// A moment: whole seconds since 1970-01-01 00:00 UTC, leap seconds not counted.
///
/// Between [`Instant::MIN`] and [`Instant::MAX`], so that its local day in any zone is a supported [`Date`] and sums of
/// a few of them cannot overflow.
///
/// [`Date`]: crate::model::Date
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// 1900-01-02 00:00 UTC: one day into the supported years.
    pub const MIN: Instant = Instant(-2_208_902_400);
    /// 2200-12-31 00:00 UTC: one day before the supported years end.
    pub const MAX: Instant = Instant(7_289_568_000);

    /// The moment so many seconds after 1970-01-01 00:00 UTC; [`TimeError::OutOfRange`] outside `MIN..=MAX`.
    pub fn from_epoch(seconds: i64) -> Result<Instant, TimeError> {
        let instant = Instant(seconds);
        if (Instant::MIN..=Instant::MAX).contains(&instant) {
            Ok(instant)
        } else {
            Err(TimeError::OutOfRange)
        }
    }

    /// The supported moment nearest to so many seconds after 1970-01-01 00:00 UTC.
    pub(super) fn clamped(seconds: i64) -> Instant {
        Instant(seconds).clamp(Instant::MIN, Instant::MAX)
    }

    /// Seconds since 1970-01-01 00:00 UTC.
    pub fn epoch(self) -> i64 {
        self.0
    }

    /// The moment so many seconds later, or earlier if negative.
    pub fn plus(self, seconds: i64) -> Result<Instant, TimeError> {
        Instant::from_epoch(self.0.saturating_add(seconds))
    }

    /// The moment so many seconds earlier, or later if negative.
    pub fn minus(self, seconds: i64) -> Result<Instant, TimeError> {
        Instant::from_epoch(self.0.saturating_sub(seconds))
    }

    /// The last moment before this one: what "until here" still includes.
    #[must_use]
    pub fn just_before(self) -> Instant {
        Instant::clamped(self.0 - 1)
    }

    /// Plain seconds from `earlier` to this moment; negative if it is later.
    pub fn since(self, earlier: Instant) -> i64 {
        self.0 - earlier.0
    }
}

/// As RFC 3339 in UTC: `2026-03-06T21:30:00Z`.
impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (day, second) = super::civil::split(self.0);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}Z", day.date())
    }
}

/// A stretch of time, half-open: `from` is in, `to` is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First moment.
    pub from: Instant,
    /// First moment after it; later than `from`.
    pub to: Instant,
}

impl Interval {
    /// How long it is, in seconds.
    pub fn seconds(self) -> i64 {
        self.to.since(self.from)
    }

    /// True if the moment lies in it.
    pub fn contains(self, instant: Instant) -> bool {
        self.from <= instant && instant < self.to
    }
}
