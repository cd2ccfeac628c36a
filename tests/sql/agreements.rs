//! Random agreements that use everything the queries must express, and settings to go with them.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// An agreement with its settings.
#[derive(Clone)]
pub struct Source {
    pub clause: String,
    pub yaml: String,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n---\n{}", self.clause, self.yaml)
    }
}

const RECORD: &str = r#"record deal "Deal" {
  id       key
  owner    user optional
  name     text optional
  nick     text optional ignoring case
  stage    choice of new, won, lost, "it's on"
  source   choice of web, event, ... optional
  tags     choices of red, green, blue optional
  score    integer 0..200 optional
  num      number optional
  ratio    percent optional
  amount   money(USD) optional
  vip      boolean optional
  due_on   date optional
  made_at  datetime optional
  s_at     datetime optional
  a_at     datetime optional
  b_at     datetime optional
}
"#;

/// Conditions that hold for some rows and not for others.
const LEAVES: [&str; 51] = [
    "score >= 65",
    "score != 10",
    "not score >= 65",
    "score + 5 > num",
    "score * 2 <= 130",
    "num * num = 0",
    "num * num <= 0.000001",
    "num * 2.5 > 3.75",
    "num - 0.5 between -1 and 1.25",
    "ratio >= 12.5%",
    "amount > $100.50",
    "amount + amount >= $201",
    "name = \"Ärger\"",
    "name != \"it's\"",
    "name starts with \"A\"",
    "name starts with \"Ä\"",
    "name contains \"%\"",
    "name contains \"'\"",
    "nick = \"aBc\"",
    "nick = name",
    "nick in [\"ABC\", \"äb\"]",
    "nick starts with \"AB\"",
    "nick contains \"C\"",
    "stage = won",
    "stage != won",
    "stage not in [won, \"it's on\"]",
    "source = web",
    "source != web",
    "tags contains red",
    "not tags contains blue",
    "tags is blank",
    "vip",
    "not vip",
    "vip = false",
    "due_on < today",
    "due_on >= 2026-03-29",
    "due_on older than 10 calendar days",
    "due_on older than 1 month",
    "due_on older than 2 weeks",
    "made_at < now",
    "made_at >= 2026-03-29 02:30",
    "made_at older than 36 hours",
    "made_at older than 2 calendar days",
    "made_at older than 1 month",
    "made_at older than 1 week",
    "a_at within 2 calendar days of s_at",
    "a_at within 1 month of s_at",
    "a_at within 90 minutes of s_at",
    "due_on is set",
    "name is blank",
    "owner is set",
];

fn condition() -> impl Strategy<Value = String> {
    let leaf = select(LEAVES.to_vec()).prop_map(str::to_owned);
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            inner.clone().prop_map(|a| format!("not ({a})")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| format!("at least 2 of ({a}, {b}, {c})")),
        ]
    })
}

fn maybe(word: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![2 => Just(String::new()), 1 => condition().prop_map(move |c| format!("  {word} {c}\n"))]
}

fn limit() -> impl Strategy<Value = &'static str> {
    select(vec![
        "4 business hours",
        "90 business minutes",
        "25 business hours",
        "1 business day",
        "2 business days",
        "36 hours",
        "15 minutes",
        "1 calendar day",
        "3 calendar days",
        "1 week",
        "1 month",
    ])
}

fn turnaround(name: &'static str) -> impl Strategy<Value = String> {
    let tiers = prop_oneof![
        limit().prop_map(|l| format!("within {l} of s_at")),
        (limit(), condition(), limit(), condition(), limit(), any::<bool>()).prop_map(
            |(a, p, b, q, c, rest)| {
                let rest = if rest { format!("\n  within {c} of s_at otherwise") } else { String::new() };
                format!("within {a} of s_at when {p}\n  within {b} of s_at when {q}{rest}")
            }
        ),
    ];
    let done = select(vec!["a_at", "a_at or b_at", "a_at or b_at or made_at"]);
    let clock = select(vec!["", "  clock shop\n", "  clock always\n"]);
    let target = select(vec![
        "",
        "  target 95% per month\n",
        "  target 33.333333% per week\n",
        "  target median under 2 business hours per month\n",
        "  target p90 under 5 hours per quarter\n",
        "  target 50% per day\n",
    ]);
    let counted = select(vec!["", "  counted by start date\n", "  counted by due date\n"]);
    (
        select(vec!["each deal", "each good", "each better"]),
        tiers,
        done,
        clock,
        target,
        counted,
        maybe("met when"),
        maybe("excused when"),
        contingency(name),
    )
        .prop_map(move |(subject, tiers, done, clock, target, counted, met, excused, contingency)| {
            let deal = if tiers.contains('\n') {
                // Each limit on a line of its own.
                let lines: Vec<&str> = tiers.lines().map(str::trim).collect();
                format!("team must answer {subject}\n  {}", lines.join("\n  "))
            } else {
                format!("team must answer {subject} {tiers}")
            };
            format!(
                "commitment {name} {{\n  {deal}\n  met at {done}\n{clock}{target}{counted}{met}{excused}}}\n{contingency}"
            )
        })
}

fn contingency(name: &'static str) -> impl Strategy<Value = String> {
    let step = select(vec![
        "before deadline by 1 business hour remind team",
        "before deadline by 30 minutes remind team",
        "before deadline by 1 business day remind team",
        "before deadline by 2 calendar days remind team",
        "before deadline by 1 week remind team",
        "before deadline by 1 month remind team",
        "after start by 1 business hour remind team",
        "after start by 1 calendar day remind team",
        "after start by 1 business day remind team",
        "after start by 1 hour notify team",
        "when 75% elapsed remind team",
        "when 33.3% elapsed notify team",
        "after deadline escalate to team",
    ]);
    let pattern = select(vec![
        "",
        "  when NAME below 85% for 2 consecutive months\n",
        "  when NAME below 50% for 1 week\n",
        "  when NAME missed 3 times in a week by the same owner\n",
        "  when NAME missed 2 times in a month\n",
    ]);
    (vec(step, 0..3), pattern).prop_map(move |(steps, pattern)| {
        let steps: String = steps.into_iter().fold(String::new(), |mut out, step| {
            let _ = writeln!(out, "  {step}");
            out
        });
        if steps.is_empty() && pattern.is_empty() {
            return String::new();
        }
        let pattern = pattern.replace("NAME", name);
        let then =
            if pattern.is_empty() { "" } else { "  then team must explain \"it\" within 2 business days\n" };
        format!("contingency about_{name} {{\n  for {name}\n{steps}{pattern}{then}}}\n")
    })
}

fn promises() -> impl Strategy<Value = String> {
    let per = || select(vec!["day", "week", "month", "quarter", "year"]);
    let quota = (
        select(vec![
            "at least 3 good",
            "at most 2 good",
            "good worth at least $500.50 in amount",
            "better worth at most $1_000",
        ]),
        per(),
        maybe("met when"),
        maybe("excused when"),
        select(vec![0, 1, 2]),
    )
        .prop_map(|(what, per, met, excused, rows)| {
            let other = |n: &str, days: &str| {
                let money = if what.contains("worth") { "$" } else { "" };
                format!("  instead {money}{n} from {days}\n")
            };
            // Whole periods of each kind; years begin in January or in April.
            let days = match per {
                "week" => ["2026-03-02 to 2026-03-15", "2026-03-16"],
                _ => ["2026-01-01 to 2026-03-31", "2026-04-01"],
            };
            let rows: String = days
                .iter()
                .zip(["1", "4"])
                .take(if per == "year" { 0 } else { rows })
                .map(|(days, n)| other(n, days))
                .collect();
            format!("commitment volume {{\n  team must deliver {what} per {per}\n{met}{excused}{rows}}}\n")
        });
    let share = (select(vec!["at least 60%", "at most 33.333333%"]), per(), condition(), maybe("excused when"))
        .prop_map(|(bound, per, met, excused)| {
            format!("commitment part {{\n  team must accept {bound} of better per {per}\n  met when {met}\n{excused}}}\n")
        });
    let ban =
        (condition(), select(vec!["", " without name, source", " without owner"]), maybe("excused when"))
            .prop_map(|(when, without, excused)| {
                format!("commitment ban {{\n  team must not drop a deal{without} when {when}\n{excused}}}\n")
            });
    (quota, share, ban).prop_map(|(a, b, c)| a + &b + &c)
}

/// A random agreement.
pub fn source() -> impl Strategy<Value = Source> {
    let zones =
        || select(vec!["America/New_York", "Europe/Berlin", "Asia/Kolkata", "UTC", "Australia/Lord_Howe"]);
    let hours = select(vec![
        "mon-fri 09:00-17:30",
        "mon-fri 09:00-12:00, 13:00-17:00",
        "mon-sat 00:00-24:00",
        "sun-mon 22:00-24:00\n  open sat 00:00-04:00",
    ]);
    let cutoff = select(vec!["", "  cutoff 15:00\n"]);
    let term = select(vec![
        "effective 2026-02-10 to 2026-04-20",
        "effective 2026-02-10",
        "",
        "effective 2026-03-01 to 2026-03-31",
    ]);
    let year = select(vec!["", "  fiscal year starts april\n"]);
    let settings = (select(vec!["utc", "instant", "America/New_York"]), any::<bool>(), any::<bool>());
    (
        (zones(), zones(), hours, cutoff, term, year),
        (condition(), condition(), turnaround("first"), turnaround("second"), promises()),
        settings,
    )
        .prop_map(|((zone, other, hours, cutoff, term, year), (good, better, first, second, promises), settings)| {
            let clause = format!(
                "party us {{ }}\nparty them {{ }}\nagreement deals {{\n  parties us, them\n  {term}\n  zone {zone}\n{year}}}\n\
                 calendar shop {{\n  zone {other}\n  open {hours}\n  closed 2026-03-06 to 2026-03-07\n  except 2026-03-30 10:00-11:00\n{cutoff}  covers 2026\n}}\n\
                 calendar always {{ zone {zone}  open all day }}\n\
                 role team {{ works shop }}\n{RECORD}\
                 definition good {{ means deal where {good}  since s_at }}\n\
                 definition better {{ means deal where good or ({better})  since a_at }}\n\
                 {first}{second}{promises}"
            );
            Source { clause, yaml: yaml(settings) }
        })
}

fn yaml((times, columns, values): (&str, bool, bool)) -> String {
    let mut out =
        format!("records:\n  deal:\n    sql:\n      table: \"Deals; DROP\"\n      times: {times}\n");
    if columns {
        out.push_str(
            "      columns:\n        name: select\n        s_at: \"Start at\"\n        num: \"a\\\"b'c\"\n",
        );
    }
    if values {
        out.push_str(
            "      values:\n        stage:\n          won: \"Closed Won\"\n          lost: \"won\"\n        tags:\n          red: \"R'd\"\n",
        );
    }
    out
}
