//! Moments as data and people write them.

use super::civil::{self, Day};
use super::{Instant, TimeZone};

/// Reads `2026-03-06 16:30`, with a `T` or a blank in the middle and with or without seconds; parts of a second are cut.
///
/// With `Z`, `+01:00` or `+0100` at the end it is that moment; without, what the wall clock of `zone` shows. `None`: it
/// cannot be read, or has no offset and there is no zone.
pub fn parse_moment(text: &str, zone: Option<&TimeZone>) -> Option<Instant> {
    let text = text.trim();
    let (wall, offset) = split_offset(text)?;
    let wall = wall.split_once('.').map_or(wall, |(whole, _)| whole);
    let local = civil::parse_local(wall)?;
    match offset {
        Some(offset) => {
            let midnight = Day::of(local.date).number() * civil::DAY_SECONDS;
            Instant::from_epoch(midnight + i64::from(local.seconds) - offset).ok()
        }
        None => zone?.instant(local).ok(),
    }
}

/// The offset at the end of a time, in seconds. `None`: there is one, and it cannot be read.
fn split_offset(text: &str) -> Option<(&str, Option<i64>)> {
    if let Some(wall) = text.strip_suffix(['Z', 'z']) {
        return Some((wall, Some(0)));
    }
    // A sign behind the time of day; those between year, month and day come before any colon.
    let clock = text.find(':')?;
    let Some(at) = text.get(clock..)?.find(['+', '-']).map(|at| clock + at) else {
        return Some((text, None));
    };
    let (wall, offset) = text.split_at_checked(at)?;
    let digits: String = offset.get(1..)?.chars().filter(|c| *c != ':').collect();
    let plain = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let (hours, minutes): (i64, i64) = (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    (plain && hours < 24 && minutes < 60).then_some((wall, Some(sign * (hours * 3600 + minutes * 60))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_with_and_without_an_offset() {
        let berlin = TimeZone::find("Europe/Berlin");
        let read = |text: &str| parse_moment(text, berlin.as_ref()).map(Instant::epoch);
        let noon = Some(1_772_794_800);
        for text in [
            "2026-03-06 12:00",
            "2026-03-06T12:00:00",
            "2026-03-06 12:00:00.999",
            "2026-03-06T11:00:00Z",
            "2026-03-06T11:00:00.5Z",
            "2026-03-06T06:00:00-05:00",
            " 2026-03-06 16:30:00+0530 ",
        ] {
            assert_eq!(read(text), noon, "{text}");
        }
        for text in [
            "",
            "2026-03-06",
            "2026-02-30 12:00",
            "2026-03-06 12:00+1",
            "2026-03-06 12:00+99:00",
            "12:00",
            "é:é+",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(parse_moment("2026-03-06 12:00", None), None);
        assert!(parse_moment("2026-03-06 12:00Z", None).is_some());
    }
}
