//! The time zone database, reduced to what this room needs of it: the offset at a moment.
//!
//! The one file that calls `chrono-tz`. Another database can replace it by offering the same few functions.

use std::str::FromStr;

use chrono::{DateTime, Offset, TimeZone as _};
use chrono_tz::{OffsetName, Tz};

/// A zone of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ZoneData(Tz);

/// Seconds within which no zone changes its offset twice.
///
/// Whoever compares the offsets at two moments this far apart, or closer, sees every change between them: equal means
/// none, different means exactly one. The shortest time between two changes of any zone since 1900 is 6 days 23 hours
/// (America/Noronha in October 2000, Asia/Gaza in years to come); a test looks at all zones again.
pub(super) const CALM_SECONDS: i64 = 6 * 86_400;

/// The edition of the IANA database, such as `2025b`.
pub(super) const EDITION: &str = chrono_tz::IANA_TZDB_VERSION;

impl ZoneData {
    pub(super) const UTC: ZoneData = ZoneData(Tz::UTC);

    /// The zone with exactly this IANA name.
    pub(super) fn find(name: &str) -> Option<ZoneData> {
        Tz::from_str(name).ok().map(ZoneData)
    }

    /// All names, in the order of the database.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|tz| tz.name())
    }

    pub(super) fn name(&self) -> &str {
        self.0.name()
    }

    /// Seconds by which the wall clock is ahead of UTC at a moment (seconds since 1970-01-01 00:00 UTC).
    /// After 2099, where the database ends, the last offset holds.
    pub(super) fn offset_at(&self, epoch: i64) -> i64 {
        let utc = DateTime::from_timestamp(epoch, 0).unwrap_or_default().naive_utc();
        i64::from(self.0.offset_from_utc_datetime(&utc).fix().local_minus_utc())
    }

    /// The abbreviation in use at a moment, such as `EST`; `None` where people use no letters.
    pub(super) fn abbreviation_at(&self, epoch: i64) -> Option<String> {
        let utc = DateTime::from_timestamp(epoch, 0).unwrap_or_default().naive_utc();
        let offset = self.0.offset_from_utc_datetime(&utc);
        offset.abbreviation().filter(|name| name.starts_with(char::is_alphabetic)).map(str::to_owned)
    }
}
