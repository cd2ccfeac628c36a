//! Time in English.

use clausal::model::{Unit, Weekday};
use clausal::worktime::words::{self, Seconds};

use crate::fixtures::{at, calendar, date, hours, local, zone};

#[test]
fn dates_and_times() {
    assert_eq!(words::date(date("2026-03-06")), "6 March 2026");
    assert_eq!(words::day(date("2026-03-06")), "Friday 6 March 2026");
    assert_eq!(words::time(59_400), "16:30");
    assert_eq!(words::time(59_405), "16:30:05");
    assert_eq!(words::time(86_400), "24:00");
    assert_eq!(words::local(local("2026-03-06 00:00")), "Friday 6 March 2026 00:00");
    let dates = |first, last| words::dates(date(first), date(last));
    assert_eq!(dates("2026-12-24", "2026-12-24"), "24 December 2026");
    assert_eq!(dates("2026-12-24", "2026-12-26"), "24 to 26 December 2026");
    assert_eq!(dates("2026-11-30", "2026-12-02"), "30 November to 2 December 2026");
    assert_eq!(dates("2026-12-24", "2027-01-02"), "24 December 2026 to 2 January 2027");
    assert_eq!((1..=12).map(words::month).filter(|name| name.contains("ber")).count(), 4);
}

#[test]
fn moments_and_deadlines() {
    let ny = zone("America/New_York");
    let at_ny = |text| at("America/New_York", text);
    assert_eq!(words::moment(at_ny("2026-03-06 16:30"), &ny), "Friday 6 March 2026 16:30");
    assert_eq!(words::deadline(at_ny("2026-03-06 16:30:01"), &ny), "Friday 6 March 2026 16:30:01");
    // The same moment: the end of one day for a deadline, the start of the next for anything else.
    assert_eq!(words::deadline(at_ny("2026-03-31 24:00"), &ny), "Tuesday 31 March 2026 24:00");
    assert_eq!(words::moment(at_ny("2026-03-31 24:00"), &ny), "Wednesday 1 April 2026 00:00");
    assert_eq!(words::deadline_local(at_ny("2026-03-31 24:00"), &ny), local("2026-03-31 24:00"));
    // A day that begins at 01:00, and one that follows a day that was left out.
    let paulo = at("America/Sao_Paulo", "2018-11-04 01:00");
    assert_eq!(words::deadline(paulo, &zone("America/Sao_Paulo")), "Saturday 3 November 2018 24:00");
    let apia = at("Pacific/Apia", "2011-12-31 00:00");
    assert_eq!(words::deadline(apia, &zone("Pacific/Apia")), "Thursday 29 December 2011 24:00");
    assert_eq!(words::zone(at_ny("2026-03-06 16:30"), &ny), "EST");
    assert_eq!(words::zone(at_ny("2026-03-09 16:30"), &ny), "EDT");
    assert_eq!(words::zone(paulo, &zone("America/Sao_Paulo")), "UTC-02:00");
    assert_eq!(words::zone(apia, &zone("Asia/Kathmandu")), "UTC+05:45");
}

#[test]
fn lengths_of_time() {
    let plain = |seconds| words::length(seconds, Seconds::Plain);
    let open = |seconds| words::length(seconds, Seconds::Open);
    assert_eq!(plain(5400), "1 hour 30 minutes");
    assert_eq!(plain(60), "1 minute");
    assert_eq!(plain(3661), "1 hour 1 minute 1 second");
    assert_eq!(plain(7205), "2 hours 5 seconds");
    assert_eq!(plain(76 * 3600), "76 hours");
    assert_eq!(plain(0), "0 minutes");
    assert_eq!(plain(-90), "minus 1 minute 30 seconds");
    assert_eq!(open(3600), "1 business hour");
    assert_eq!(open(5400), "1 business hour 30 minutes");
    assert_eq!(open(45 * 60), "45 business minutes");
    assert_eq!(open(45), "45 business seconds");
    assert_eq!(open(0), "0 business minutes");
    assert_eq!(open(-3660), "minus 1 business hour 1 minute");
    assert_eq!(plain(i64::MIN).split(' ').next(), Some("minus"));
    assert_eq!(Seconds::of(Unit::BusinessDays), Seconds::Open);
    assert_eq!(Seconds::of(Unit::CalendarDays), Seconds::Plain);
}

#[test]
fn hours_of_a_week() {
    let weekly = |text| words::weekly(&calendar("UTC", text).weekly);
    assert_eq!(
        weekly("mon-fri 09:00-17:30; sat 10:00-12:00 13:00-15:00"),
        "Monday to Friday 09:00-17:30; Saturday 10:00-12:00, 13:00-15:00"
    );
    assert_eq!(weekly("mon-sun 09:00-17:00"), "every day 09:00-17:00");
    assert_eq!(weekly("mon-sun 00:00-24:00"), "every day all day");
    assert_eq!(weekly("sat-sun 10:00-12:00"), "Saturday and Sunday 10:00-12:00");
    assert_eq!(
        weekly("mon-wed 09:00-17:00; thu 09:00-20:00; fri 09:00-17:00"),
        "Monday to Wednesday and Friday 09:00-17:00; Thursday 09:00-20:00"
    );
    assert_eq!(
        weekly("mon-tue 08:00-24:00; thu-fri 08:00-24:00"),
        "Monday, Tuesday, Thursday and Friday 08:00-24:00"
    );
    assert_eq!(weekly(""), "never");
    assert_eq!(words::windows(&hours("")), "closed");
    assert_eq!(
        words::weekdays(&[Weekday::Monday, Weekday::Wednesday, Weekday::Sunday]),
        "Monday, Wednesday and Sunday"
    );
    assert_eq!(words::weekdays(&[]), "");
}
