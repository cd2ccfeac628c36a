//! One zone over many years in few rows: cut where it changes its offset, not at every day.
//!
//! With `t` a moment, `w` a wall time, and rows found by range joins that may start with the equality
//! `bucket = (t + BUCKET_ORIGIN) / ZONE_BUCKET_SECONDS`:
//!
//! - the local day of `t`: `(t + day_offset_s) / 86400`, rounded down, by the day piece with `from_s <= t < to_s`.
//! - `w` as UTC: by the wall piece, as in [`Table`](super::Table). A local day starts at the moment of its `w = day * 86400`.

use super::{WallPiece, offsets_around, wall_pieces};
use crate::model::Date;
use crate::worktime::civil::{DAY_SECONDS, Day};
use crate::worktime::{OffsetPiece, TimeError, TimeZone};

/// Seconds after which pieces are cut: 400 days.
pub const ZONE_BUCKET_SECONDS: i64 = 400 * DAY_SECONDS;

/// Added before dividing, so that every supported moment is positive: 30,000 days.
pub const BUCKET_ORIGIN: i64 = 30_000 * DAY_SECONDS;

/// A zone from the start of one local day to the end of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneTable {
    days: Vec<DayPiece>,
    wall: Vec<WallPiece>,
}

/// A time in which local days follow from moments by adding one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPiece {
    /// First moment.
    pub from_s: i64,
    /// First moment after it.
    pub to_s: i64,
    /// Seconds to be added. Mostly the offset of the zone; more where clocks go back across midnight, for a day that has
    /// begun goes on.
    pub day_offset_s: i64,
}

impl ZoneTable {
    /// Lays out the days from `from` to `to`, both included.
    ///
    /// [`TimeError::OutOfRange`] if the days touch the end of the supported years.
    pub fn new(zone: &TimeZone, from: Date, to: Date) -> Result<ZoneTable, TimeError> {
        let (first, last) = (Day::of(from), Day::of(to));
        let (start, end) = (zone.start_of(first)?, zone.end_of(last)?);
        let offsets = offsets_around(zone, first, last);
        let mut days = Vec::new();
        for piece in &offsets {
            let (from, to) = (piece.from.max(start), piece.to.min(end));
            if from < to {
                day_pieces(zone, OffsetPiece { from, to, offset: piece.offset }, &mut days);
            }
        }
        let cut_days = days.into_iter().flat_map(|piece| {
            let at = cuts(piece.from_s, piece.to_s);
            at.into_iter().map(move |(from_s, to_s)| DayPiece { from_s, to_s, ..piece })
        });
        let wall = wall_pieces(&offsets, first, last).into_iter().flat_map(|piece| {
            let at = cuts(piece.wall_from_s, piece.wall_to_s);
            at.into_iter().map(move |(wall_from_s, wall_to_s)| WallPiece {
                wall_from_s,
                wall_to_s,
                utc_s: piece.utc_s + piece.runs * (wall_from_s - piece.wall_from_s),
                runs: piece.runs,
            })
        });
        Ok(ZoneTable { days: cut_days.collect(), wall: wall.collect() })
    }

    /// The pieces for local days, in order.
    pub fn days(&self) -> &[DayPiece] {
        &self.days
    }

    /// The pieces of the wall clock, in order.
    pub fn wall(&self) -> &[WallPiece] {
        &self.wall
    }
}

/// One piece, or two where a day that has begun goes on although the clock went back across its midnight.
fn day_pieces(zone: &TimeZone, piece: OffsetPiece, out: &mut Vec<DayPiece>) {
    let (from_s, to_s) = (piece.from.epoch(), piece.to.epoch());
    let shown = (from_s + piece.offset).div_euclid(DAY_SECONDS);
    let mut at = from_s;
    if zone.day(piece.from).number() != shown {
        // Until the clock reaches that midnight again.
        let midnight = ((shown + 1) * DAY_SECONDS - piece.offset).min(to_s);
        let day_offset_s = piece.offset + (midnight - from_s);
        out.push(DayPiece { from_s, to_s: midnight, day_offset_s });
        at = midnight;
    }
    if at < to_s {
        out.push(DayPiece { from_s: at, to_s, day_offset_s: piece.offset });
    }
}

/// The parts of a stretch between the edges of buckets.
fn cuts(from: i64, to: i64) -> Vec<(i64, i64)> {
    let mut out = Vec::new();
    let mut at = from;
    while at < to {
        let next =
            ((at + BUCKET_ORIGIN).div_euclid(ZONE_BUCKET_SECONDS) + 1) * ZONE_BUCKET_SECONDS - BUCKET_ORIGIN;
        out.push((at, next.min(to)));
        at = next;
    }
    out
}
