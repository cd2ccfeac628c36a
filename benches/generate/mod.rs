//! Large agreements, for measuring: as many lines as asked for, every name declared, the same text for the same size.
//!
//! The text reads like what teams write: one desk (a calendar, its people, their channels, a record, what its words mean,
//! what is owed, what happens when it is late) after the other. Names end in the number of their desk.

#![allow(dead_code, reason = "each program uses a part of it")]

pub mod scale;

use std::fmt::Write as _;

/// An agreement of at least `lines` lines; it ends with the desk that reaches that many.
pub fn agreement(lines: usize) -> String {
    let mut out = String::with_capacity(lines * 48);
    out.push_str(AGREEMENT);
    out.push_str(SHARED);
    let rest = lines.saturating_sub(out.lines().count());
    out.extend(desks(rest));
    out
}

/// The same in many files, by name: one for the agreement, one for what all desks share, and one for each desk.
pub fn files(lines: usize) -> Vec<(String, String)> {
    let shared = "shared.clause".to_owned();
    let mut uses = format!("use \"{shared}\"\n");
    let mut out = vec![(shared.clone(), SHARED.to_owned())];
    for (i, desk) in desks(lines).enumerate() {
        let name = format!("desk_{}.clause", i + 1);
        let _ = writeln!(uses, "use \"{name}\"");
        out.push((name, format!("use \"{shared}\"\n{desk}")));
    }
    out.push(("agreement.clause".to_owned(), uses + "\n" + AGREEMENT));
    out
}

/// Desks, as many as make so many lines.
fn desks(lines: usize) -> impl Iterator<Item = String> {
    let mut count = 0;
    (1..).map(desk).take_while(move |desk| {
        let is_wanted = count < lines;
        count += desk.lines().count();
        is_wanted
    })
}

const AGREEMENT: &str = r#"# Generated for measuring; the people and companies in it do not exist.
agreement large_handoff "Handoff between Marketing and Sales, all desks" {
  parties    marketing, sales
  effective  2026-01-01 to 2026-12-31
  purpose    "Turn qualified demand into revenue, together."
  review     every quarter led by revops
  settled by revops within 3 business days
  zone       America/New_York
}
"#;

const SHARED: &str = r#"
party marketing "Marketing" { signatory "CMO" }
party sales     "Sales"     { signatory "VP Sales" }

calendar head_office "Head office" {
  zone    America/New_York
  open    mon-fri 09:00-17:30
  covers  2026 to 2027
}

role revops   "Revenue operations" { works head_office }
role vp_sales "VP Sales"           { party sales  works head_office }

channel exec_mail "E-mail" { by email  reaches vp_sales  answered within 1 business day }
"#;

const CITIES: [(&str, &str); 6] = [
    ("Boston", "America/New_York"),
    ("Chicago", "America/Chicago"),
    ("Denver", "America/Denver"),
    ("London", "Europe/London"),
    ("Berlin", "Europe/Berlin"),
    ("Singapore", "Asia/Singapore"),
];

/// One desk, about ninety lines.
fn desk(n: usize) -> String {
    let (city, zone) = CITIES[n % CITIES.len()];
    let (heads, hours, score, share) = (3 + n % 9, 1 + n % 8, 50 + n % 40, 85 + n % 14);
    let mut out = String::new();
    people(&mut out, n, city, zone, heads);
    words(&mut out, n, city, score);
    duties(&mut out, n, hours, share);
    stages(&mut out, n);
    out
}

fn people(out: &mut String, n: usize, city: &str, zone: &str, heads: usize) {
    let _ = write!(
        out,
        r##"
# ------------------------------------------------------------------ desk {n}, {city}
calendar office_{n} "{city} office {n}" {{
  zone    {zone}
  open    mon-thu 09:00-12:30, 13:30-18:00
  open    fri 09:00-12:30, 13:30-16:30
  closed  2026-01-01                "New Year's Day"
  closed  2026-12-24 to 2026-12-26  "Christmas"
  except  2026-12-23 09:00-12:00    "Half day"
  cutoff  16:00
  covers  2026 to 2027
}}

role manager_{n} "Desk manager, {city} {n}" {{ party sales  works office_{n}  reports to vp_sales }}

role rep_{n} "Sales development rep, {city} {n}" {{
  party      sales
  works      office_{n}
  reports to manager_{n}
  headcount  {heads}
  handles    40 qualified_{n} per week  # each
}}

role demand_{n} "Demand generation, {city} {n}" {{ party marketing  works office_{n} }}

channel alerts_{n} "Slack #leads-{n}" {{
  by        slack "#leads-{n}"
  reaches   rep_{n}, manager_{n}
  answered  within 2 business hours
}}

channel task_{n} "CRM task {n}" {{ by task  reaches rep_{n} }}
"##
    );
}

fn words(out: &mut String, n: usize, city: &str, score: usize) {
    let _ = write!(
        out,
        r#"
record inquiry_{n} "Inquiry, desk {n}" {{
  id            key
  email         text         ignoring case
  country       text
  employees     integer 1..  optional
  score         integer 0..200
  budget        money(USD)   optional
  source        choice of web, event, partner, outbound
  status        choice of new, qualified, working, accepted, recycled, rejected
  reason        choice of no_budget, no_need, bad_data, competitor, timing  optional
  owner         user         optional
  created_at    datetime
  qualified_at  datetime     optional
  touched_at    datetime     optional
}}

definition fits_{n} "Fits the {city} profile" {{
  means  inquiry_{n} where country in [US, CA, GB, DE] and employees >= {size}
}}

definition qualified_{n} "Qualified inquiry, desk {n}" {{
  means  inquiry_{n} where fits_{n} and score >= {score} and not (source = partner or budget < $10k)
  since  qualified_at
}}

definition stale_{n} "Gone quiet, desk {n}" {{
  means  inquiry_{n} where touched_at older than 30 calendar days
      and status not in [accepted, rejected]
  note   "Stale inquiries are called once more before they are closed."
}}
"#,
        size = 20 + 10 * (n % 20)
    );
}

fn duties(out: &mut String, n: usize, hours: usize, share: usize) {
    let unit = if hours == 1 { "hour" } else { "hours" };
    // As wide as the other tier.
    let tier = format!("{hours} business {unit} of qualified_at");
    let _ = write!(
        out,
        r#"
commitment first_touch_{n} "First touch, desk {n}" {{
  rep_{n} must contact each qualified_{n}
  within 30 business minutes of qualified_at when source = web
  within {tier:35} otherwise
  met at    touched_at
  target    {share}% per month
  excused   when reason = bad_data
  rationale
    | Inquiries answered within the hour convert far more often,
    | so the first hour belongs to the web forms.
}}

commitment volume_{n} "Volume, desk {n}" {{
  demand_{n} must deliver at least {volume} qualified_{n} per month
}}

commitment acceptance_{n} "Acceptance, desk {n}" {{
  rep_{n} must accept at least 60% of qualified_{n} per month
  met when  status in [working, accepted]
}}

commitment reasons_{n} "No rejection without a reason, desk {n}" {{
  rep_{n} must not reject a qualified_{n} without reason when status = rejected
}}

contingency late_touch_{n} "An inquiry waits too long, desk {n}" {{
  for first_touch_{n}
  before deadline by 15 business minutes  remind rep_{n} via task_{n}
  after  deadline                         notify manager_{n} via alerts_{n}
  after  deadline by 1 business day       escalate to vp_sales via exec_mail
}}

contingency slump_{n} "Attainment keeps falling, desk {n}" {{
  when first_touch_{n} below 85% for 2 consecutive months
  then manager_{n} must present "a recovery plan" within 5 business days via exec_mail
}}
"#,
        volume = 20 + n % 50
    );
}

fn stages(out: &mut String, n: usize) {
    let _ = write!(
        out,
        r#"
lifecycle status_{n} of inquiry_{n}.status {{
  start  new
  new       -> qualified when qualified_{n}
  qualified -> working   by rep_{n}
  qualified -> recycled  when stale_{n}
  working   -> accepted  by rep_{n}
  working   -> rejected  by rep_{n}  requires reason
  working   -> recycled  by rep_{n}  requires reason  at most 2 times
  recycled  -> qualified when qualified_{n}
  end    accepted, rejected
}}

scenario "An inquiry that arrives on a Friday evening, desk {n}" {{
  given  inquiry_{n} {{ country: US, employees: 900, score: 120, qualified_at: 2026-03-06 16:30 }}
  expect qualified_{n}
  when   touched_at: 2026-03-06 16:45
  expect first_touch_{n} met
}}
"#
    );
}
