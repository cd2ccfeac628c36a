//! One agreement that is large where conflicts are looked for: definitions in groups of which each record is exactly one,
//! as many promises, and people with calendars over three years.
//!
//! Nothing is wrong with it, so every question has to be answered in full.

use std::fmt::Write as _;

/// People, each with a calendar.
const PEOPLE: usize = 100;
/// Definitions of a group.
const GROUP: usize = 10;
/// Countries; two sizes of each make a group.
const COUNTRIES: [&str; GROUP / 2] = ["US", "CA", "GB", "DE", "FR"];

/// An agreement of so many definitions and as many commitments.
pub fn agreement(definitions: usize) -> String {
    let mut out = HEAD.to_owned();
    for person in 0..PEOPLE {
        people(&mut out, person);
    }
    out.push_str(RECORD);
    for n in 0..definitions {
        let (group, place) = (n / GROUP, n % GROUP);
        let condition = match group % 3 {
            0 => band(group, place),
            1 => cell(group, place),
            _ => aged(group, place),
        };
        let _ = writeln!(
            out,
            "definition d{n} \"Segment {n}\" {{\n  means  lead where {condition}\n  since  created_at\n  one of g{group}\n}}\n"
        );
    }
    for n in 0..definitions {
        let (person, hours) = (n % PEOPLE, 2 + n % 7);
        let _ = writeln!(
            out,
            "commitment k{n} \"Answer {n}\" {{\n  role{person} must answer{n} each d{n} within {hours} business hours of created_at\n  met at  done_at\n}}\n"
        );
    }
    out
}

/// A tenth of the values of one number.
fn band(group: usize, place: usize) -> String {
    let (field, shift) = (group % 10, group % 5_000);
    let from = if place == 0 { 0 } else { place * 10_000 + shift };
    if place == GROUP - 1 {
        format!("n{field} >= {from}")
    } else {
        format!("n{field} >= {from} and n{field} < {}", (place + 1) * 10_000 + shift)
    }
}

/// One country and one side of a number.
fn cell(group: usize, place: usize) -> String {
    let (field, bound, country) = (group % 10, 1_000 + group, COUNTRIES[place / 2]);
    let sign = if place.is_multiple_of(2) { "<" } else { ">=" };
    format!("country = {country} and n{field} {sign} {bound}")
}

/// A country, and whether it took longer than so many hours to reach a stage; blank or not.
fn aged(group: usize, place: usize) -> String {
    let (hours, country) = (24 + group, COUNTRIES[place / 2]);
    let not = if place.is_multiple_of(2) { "" } else { "not " };
    format!("country = {country} and {not}(touched_at within {hours} hours of created_at)")
}

const HEAD: &str = r#"# Generated for measuring; the people and companies in it do not exist.
agreement large "Segments and their promises" {
  parties    marketing, sales
  effective  2026-01-01 to 2028-12-31
  zone       America/New_York
  review     every quarter led by role0
  settled by role0 within 3 business days
}

party marketing "Marketing" { signatory "CMO" }
party sales     "Sales"     { signatory "VP Sales" }

"#;

const RECORD: &str = r#"record lead "Lead" {
  id          key
  n0          integer 0..100000
  n1          integer 0..100000
  n2          integer 0..100000
  n3          integer 0..100000
  n4          integer 0..100000
  n5          integer 0..100000
  n6          integer 0..100000
  n7          integer 0..100000
  n8          integer 0..100000
  n9          integer 0..100000
  country     choice of US, CA, GB, DE, FR
  created_at  datetime
  touched_at  datetime  optional
  done_at     datetime  optional
}

"#;

const ZONES: [&str; 4] = ["America/New_York", "Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles"];

fn people(out: &mut String, n: usize) {
    let (zone, from, to) = (ZONES[n % ZONES.len()], 8 + n % 3, 16 + n % 4);
    let party = if n.is_multiple_of(2) { "marketing" } else { "sales" };
    let _ = write!(
        out,
        r#"calendar hours{n} "Hours {n}" {{
  zone    {zone}
  open    mon-fri {from:02}:{minute:02}-{to}:{minute:02}
  closed  2026-12-25  "Christmas"
  closed  2027-12-25  "Christmas"
  closed  2028-12-25  "Christmas"
  covers  2026 to 2029
}}

role role{n} "Role {n}" {{ party {party}  works hours{n} }}

"#,
        minute = n % 60
    );
}
