//! Disputes and incentives: what is refused, and what the documents say.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use common::{compile_text, findings_beside, section};

const BASE: &str = "\
agreement handoff {
  parties    marketing, sales
  effective  2026-01-01 to 2026-12-31
  zone       America/New_York
  review     every quarter
}
party marketing {}
party sales {}
calendar office {
  zone    America/New_York
  open    mon-fri 09:00-17:00
  covers  2026
}
role sdr        { party sales  works office }
role demand_gen { party marketing }
role revops     { works office }
channel exec_mail { by email \"execs@example.com\"  reaches revops }
record lead {
  id          key
  mql_at      datetime  optional
  touched_at  datetime  optional
}
commitment first_touch {
  sdr must contact each lead within 4 business hours of mql_at
  met at touched_at
}
commitment volume {
  demand_gen must deliver at least 20 mql per month
}
definition mql {
  means lead
  since mql_at
}
";

const DISPUTE: &str = "\
dispute about_touch \"Was it late?\" {
  about       first_touch, volume
  raised by   sdr within 5 business days
  decided by  revops within 3 business days via exec_mail
  note \"Until it is decided, the verdict stands.\"
}
";

const INCENTIVE: &str = "\
incentive kudos \"Fast hands\" {
  earns 10 points for first_touch met
  badge \"Fast <b>responder</b>\" when first_touch at least 98% for 3 consecutive months
  pays $500 per quarter when volume met
  leaderboard every month
}
";

fn findings(text: &str) -> Vec<String> {
    findings_beside(text, &["no-contingency", "no-channel", "unused-name", "unmeasurable-commitment"])
}

fn refused(block: &str, cases: &[(&str, &str, &str)]) {
    assert!(
        !findings(&format!("{BASE}{block}")).iter().any(|f| f.contains("about_touch") || f.contains("kudos"))
    );
    for (from, to, wanted) in cases {
        let found = findings(&format!("{BASE}{}", block.replace(from, to)));
        assert!(found.iter().any(|f| f.contains(wanted)), "{to}: {found:#?}");
    }
}

#[test]
fn what_does_not_go_together_in_a_dispute_is_refused() {
    refused(
        DISPUTE,
        &[
            ("first_touch,", "first_tuch,", "undefined-name: there is no commitment called `first_tuch`"),
            (
                "about       first_touch, volume",
                "",
                "missing-clause: dispute `about_touch` does not say what it is about",
            ),
            (
                "decided by  revops within 3 business days via exec_mail",
                "",
                "missing-clause: dispute `about_touch` does not say who decides",
            ),
            (
                "raised by   sdr",
                "raised by   marketing",
                "undefined-name: `marketing` is a party, but a role is needed here",
            ),
            ("5 business days", "5 days", "bare-days: `5 days` can be read in two ways"),
            (
                "raised by   sdr",
                "raised by   demand_gen",
                "calendar-missing: `5 business days` runs by working hours that nobody has stated",
            ),
            ("via exec_mail", "via mail", "undefined-name: there is no channel called `mail`"),
            ("about   ", "about first_touch\n  about ", "duplicate-clause: `about` stands here twice"),
        ],
    );
}

#[test]
fn what_does_not_go_together_in_an_incentive_is_refused() {
    refused(
        INCENTIVE,
        &[
            ("10 points", "0 points", "invalid-value: this must be at least 1"),
            ("10 points", "1.5 points", "invalid-value: `1.5` is not a whole number"),
            ("98%", "101%", "invalid-value: `101%` is more than all of it"),
            ("$500", "$0", "invalid-value: this must be more than nothing"),
            (
                "for first_touch met",
                "for first_tuch met",
                "undefined-name: there is no commitment called `first_tuch`",
            ),
            ("volume met", "volume at least 90%", "type-mismatch: no share of `volume` can be met"),
            (
                "leaderboard every",
                "leaderboard every month\n  leaderboard every",
                "duplicate-clause: `leaderboard` stands here twice",
            ),
        ],
    );
    let found = findings(&format!("{BASE}incentive kudos {{}}\n"));
    assert!(
        found.iter().any(|f| f.contains("missing-clause: incentive `kudos` rewards nothing")),
        "{found:#?}"
    );
}

#[test]
fn the_documents_say_who_decides_and_what_is_earned() {
    let compiled = compile_text(&format!("{BASE}{DISPUTE}{INCENTIVE}"));
    let (disputes, rewards) = (section(&compiled, "Review and disputes"), section(&compiled, "Rewards"));
    insta::assert_snapshot!(format!("{rewards}\n-----\n{disputes}"));
}
