//! Nearly a thousand pairs of moments over nine calendars, worked out elsewhere by counting minutes.

use std::collections::BTreeMap;

use clausal::model::Calendar;
use clausal::worktime::{Clock, Instant, Table};

use crate::fixtures::{calendar, closed, date, except, open, utc};

const PAIRS: &str = include_str!("../data/business-time.csv");

fn named(name: &str) -> Calendar {
    match name {
        "ny" => {
            let mut ny = calendar("America/New_York", "mon-fri 09:00-17:00");
            for year in 2024..=2026 {
                for day in ["01-01", "07-04", "12-25"] {
                    let date = format!("{year}-{day}");
                    ny = closed(ny, &date, &date);
                }
                ny = except(ny, &format!("{year}-12-24"), "09:00-13:00");
            }
            ny
        }
        "lon" => {
            let days = ["2024-12-26", "2025-08-25", "2026-04-06"];
            let london = calendar("Europe/London", "mon-fri 09:00-12:00 13:00-17:30");
            days.into_iter().fold(london, |calendar, day| closed(calendar, day, day))
        }
        "kol" => {
            let kolkata = calendar("Asia/Kolkata", "mon-sat 10:00-19:00");
            closed(closed(kolkata, "2025-08-15", "2025-08-15"), "2026-01-26", "2026-01-26")
        }
        "syd" => closed(calendar("Australia/Sydney", "mon-fri 08:30-17:00"), "2026-01-26", "2026-01-26"),
        "lhi" => closed(calendar("Australia/Lord_Howe", "mon-sun 00:00-24:00"), "2025-12-25", "2025-12-25"),
        "chi_night" => {
            calendar("America/Chicago", "sun 22:00-24:00; mon-thu 00:00-06:00 22:00-24:00; fri 00:00-06:00")
        }
        "chi_247n" => calendar("America/Chicago", "mon-sun 00:00-06:00 22:00-24:00"),
        "ktm" => calendar("Asia/Kathmandu", "sun 10:15-17:45; mon-fri 10:15-17:45"),
        "cas" => calendar("Africa/Casablanca", "mon-fri 08:30-16:30"),
        other => panic!("no calendar {other}"),
    }
}

/// One row: start, end, seconds allowed, open seconds from start to end, due moment.
struct Pair {
    start: Instant,
    end: Instant,
    allowed: i64,
    elapsed: i64,
    due: Instant,
}

/// The calendar and the rest of a line.
fn read(line: &str) -> (&str, Pair) {
    let cells: Vec<&str> = line.split(',').collect();
    let seconds = |text: &str| text.parse::<i64>().unwrap();
    let (start, end, due) = (utc(cells[1]), utc(cells[2]), utc(cells[5]));
    (cells[0], Pair { start, end, allowed: seconds(cells[3]), elapsed: seconds(cells[4]), due })
}

#[test]
fn elapsed_and_due_agree_with_the_counted_pairs() {
    let mut by_calendar: BTreeMap<&str, Vec<Pair>> = BTreeMap::new();
    for (calendar, pair) in PAIRS.lines().skip(1).map(read) {
        by_calendar.entry(calendar).or_default().push(pair);
    }
    assert_eq!(by_calendar.values().map(Vec::len).sum::<usize>(), 997);
    for (name, pairs) in by_calendar {
        let hours = open(&named(name));
        let table = Table::new(Clock::Business(&hours), date("2023-12-15"), date("2027-02-15")).unwrap();
        for Pair { start, end, allowed, elapsed, due } in pairs {
            assert_eq!(hours.open_seconds(start, end), elapsed, "{name} from {start} to {end}");
            assert_eq!(table.open_seconds(start, end), Ok(elapsed), "{name} from {start} to {end}");
            assert_eq!(hours.after(start, allowed), Ok(due), "{name} from {start}");
            assert_eq!(table.after(start, allowed), Ok(due), "{name} from {start}");
        }
    }
}
