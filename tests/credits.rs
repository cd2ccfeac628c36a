//! Levels of time and service credits: what is refused, what scenarios say of them, and what the outputs make of them.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use common::{check_text, compile_text, findings_beside, section};

const BASE: &str = "\
agreement service {
  parties    vendor, client
  effective  2026-01-01 to 2026-12-31
  zone       America/New_York
  review     every quarter
}
party vendor {}
party client {}
role provider \"Provider\" { party vendor }
role subscriber \"Subscriber\" { party client }
channel tickets \"Support request\" { by ticket  reaches provider }
record service_month \"Month of service\" {
  id        key
  ends_on   date
  sent_at   datetime
  downtime  \"Downtime minutes\" integer 0..
  uptime    percent
  region    choice of us, eu
}
record outage \"Outage\" {
  id          key
  started_at  datetime
  ended_at    datetime  optional
  planned     boolean
}
record subscription \"Subscription\" {
  id            key
  purchased_on  date
}
definition covered \"Covered subscription\" {
  means subscription where purchased_on >= 2026-01-01
}
";

const LEVEL: &str = "\
commitment uptime \"Uptime\" {
  provider must keep \"the <b>service</b> available\" at least 99.9% of each month
  down for downtime minutes of each service_month dated ends_on where region = us
}
commitment planned_time \"Planned work\" {
  provider should keep \"planned work\" at most 4 hours per week
  counted from started_at to ended_at of each outage where planned
}
";

const CREDIT: &str = "\
credit refund \"Service credits\" for uptime {
  only for covered
  below 99.9% pays 5% of \"the monthly fee\"
  below 99.5% pays 10% of \"the monthly fee\"
  at most 30% of \"the monthly fee\" per quarter
  claimed by subscriber within 30 calendar days of the end of the month via tickets stating \"what failed\", \"when\"
  settled \"Taken off the next invoice, never paid out.\"
  sole remedy
}
";

fn findings(text: &str) -> Vec<String> {
    findings_beside(text, &["no-contingency", "no-channel", "unused-name"])
}

/// The text is good, and with each of the changes something is said.
fn refused(text: &str, cases: &[(&str, &str, &str)]) {
    let text = format!("{BASE}{text}");
    assert_eq!(findings(&text), Vec::<String>::new());
    for (from, to, wanted) in cases {
        assert!(text.contains(from), "{from}");
        let found = findings(&text.replace(from, to));
        assert!(found.iter().any(|f| f.contains(wanted)), "{to}: {found:#?}");
    }
}

#[test]
fn what_does_not_go_together_in_a_level_is_refused() {
    refused(
        LEVEL,
        &[
            ("at least 99.9% of", "at least 0% of", "invalid-value: this is always kept"),
            ("at least 99.9% of", "at least 100.1% of", "invalid-value: `100.1%` is more than all of it"),
            ("\"the <b>service</b> available\"", "\" \"", "invalid-value: this does not say what is kept"),
            (
                "must keep \"the",
                "must not keep \"the",
                "invalid-value: `must not keep at least ..` can be read",
            ),
            ("must keep \"the", "may keep \"the", "invalid-value: a permission is about each item"),
            (
                "  down for downtime minutes of each service_month dated ends_on where region = us\n",
                "",
                "unmeasurable-commitment: nothing shows how `uptime` is measured",
            ),
            ("each service_month", "each service_moth", "undefined-name: there is no definition or record"),
            (
                "downtime minutes",
                "downtimes minutes",
                "undefined-name: `service_month` has no field `downtimes`",
            ),
            ("downtime minutes", "uptime minutes", "type-mismatch: `uptime` does not hold an amount of time"),
            ("downtime minutes", "region minutes", "type-mismatch: `region` does not hold an amount of time"),
            ("downtime minutes", "downtime percent", "type-mismatch: `downtime` does not hold a percentage"),
            ("dated ends_on", "dated region", "type-mismatch: `region` is a"),
            ("where region = us", "where region = asia", "unknown-value: `region` has no value `asia`"),
            (
                "from started_at",
                "from planned",
                "type-mismatch: `planned` is a boolean, but a moment is needed",
            ),
            ("to ended_at", "to started_at", "invalid-value: this time ends when it begins"),
            ("counted from", "down from", "invalid-value: `down` is time in which it is not so"),
            ("4 hours per", "4 business hours per", "unit-mismatch: a level is measured in all the time"),
            (
                "4 hours per",
                "1 calendar day per",
                "unit-mismatch: `1 calendar day` is not always the same length",
            ),
            ("4 hours per", "0 hours per", "invalid-value: a time must be longer than nothing"),
            (
                "from started_at to ended_at of",
                "for 1 business hour from started_at of",
                "unit-mismatch: a level is measured in all the time",
            ),
            (
                "where planned\n",
                "where planned\n  met when planned\n",
                "invalid-value: `met when` has no meaning in a level",
            ),
            (
                "where planned\n",
                "where planned\n  target 95% per month\n",
                "invalid-value: `target` has no meaning in a level",
            ),
            (
                "where planned\n",
                "where planned\n  counted from started_at to ended_at of each outage\n",
                "duplicate-clause: `the evidence` stands here twice",
            ),
        ],
    );
}

#[test]
fn what_others_cannot_say_of_a_level_is_refused() {
    let of = |more: &str| findings(&format!("{BASE}{LEVEL}{more}"));
    for (more, wanted) in [
        (
            "exception fair { excuses uptime  approved by provider  until 2026-06-30 }\n",
            "type-mismatch: `uptime` has no items that start",
        ),
        (
            "contingency late { for uptime  after deadline notify provider via tickets }\n",
            "`uptime` has no deadline for each item",
        ),
        (
            "commitment other {\n  provider must not delete any outage when planned\n  priority over planned_time\n}\n",
            "type-mismatch: `planned_time` is not about each item",
        ),
        (
            "incentive kudos { badge \"Calm\" when planned_time at least 98% }\n",
            "type-mismatch: no share of `planned_time` can be met",
        ),
        (
            "commitment other {\n  provider must delete each outage within 1 hour of started_at\n  met at ended_at\n  \
             down from started_at to ended_at of each outage\n}\n",
            "invalid-value: `down` has no meaning in a duty with a time limit",
        ),
    ] {
        let found = of(more);
        assert!(found.iter().any(|f| f.contains(wanted)), "{more}: {found:#?}");
    }
    assert_eq!(of("incentive kudos { badge \"Calm\" when uptime at least 99.95% }\n"), Vec::<String>::new());
}

#[test]
fn what_does_not_go_together_in_a_credit_is_refused() {
    let text = format!("{LEVEL}{CREDIT}");
    refused(
        &text,
        &[
            ("for uptime {", "for uptimes {", "undefined-name: there is no commitment called `uptimes`"),
            ("for uptime {", "for planned_time {", "type-mismatch: no share of `planned_time` can be missed"),
            ("only for covered", "only for uptime", "undefined-name: `uptime` is a commitment"),
            ("below 99.9%", "below 99.5%", "invalid-value: two rows have one bound"),
            ("below 99.9%", "below 99.4%", "invalid-value: the bounds do not fall"),
            ("below 99.9%", "below 100.5%", "invalid-value: `100.5%` is more than all of it"),
            ("below 99.5%", "below 0%", "invalid-value: nothing lies below 0%"),
            ("pays 5% of", "pays 10% of", "invalid-value: less time kept does not pay more here"),
            ("pays 5% of", "pays 0% of", "invalid-value: this pays nothing"),
            (
                "pays 5% of \"the monthly fee\"",
                "pays $50",
                "unit-mismatch: these payments cannot be compared",
            ),
            (
                "pays 5% of \"the monthly fee\"",
                "pays 5% of \"the fee\"",
                "unit-mismatch: these payments cannot be compared",
            ),
            (
                "at most 30% of \"the monthly fee\"",
                "at most $500",
                "unit-mismatch: these payments cannot be compared",
            ),
            ("by subscriber", "by client", "undefined-name: `client` is a party, but a role is needed here"),
            ("30 calendar days", "30 days", "bare-days: `30 days` can be read in two ways"),
            (
                "30 calendar days",
                "20 business days",
                "calendar-missing: `20 business days` runs by working hours that nobody has stated",
            ),
            ("end of the month", "end of the week", "invalid-value: `uptime` is measured by month"),
            ("via tickets", "via ticket", "undefined-name: there is no channel called `ticket`"),
            (
                "sole remedy",
                "sole remedy\n  sole remedy",
                "duplicate-clause: `sole remedy` stands here twice",
            ),
        ],
    );
    let found = findings(&format!("{BASE}{LEVEL}credit refund for uptime {{}}\n"));
    assert!(found.iter().any(|f| f.contains("missing-clause: credit `refund` pays nothing")), "{found:#?}");
    // Both places are shown.
    let text = format!("{BASE}{LEVEL}{}", CREDIT.replace("below 99.9%", "below 99.4%"));
    let (_, found) = check_text(&text);
    let fall = found.iter().find(|d| d.message.contains("do not fall")).unwrap();
    assert!(fall.primary.is_some());
    assert_eq!(fall.secondary.len(), 1);
}

/// What is said of the expectations of a scenario.
fn expected(lines: &str) -> Vec<String> {
    let scenario = format!("scenario \"one\" {{\n{lines}\n}}\n");
    findings(&format!("{BASE}{LEVEL}{CREDIT}{scenario}"))
}

#[test]
fn scenarios_say_what_a_period_comes_to() {
    let june = "given service_month { ends_on: 2026-06-30, region: us, downtime: 44 }\n";
    for good in [
        "expect uptime 99.8981%\nexpect uptime 99.9%\nexpect uptime 100%",
        "expect uptime missed\nexpect uptime missed in 2026-06",
        "expect refund pays 5% of \"the monthly fee\"",
        "when downtime: 43\nexpect uptime met\nexpect refund pays nothing in 2026-06",
        "when downtime: 217\nexpect uptime 99.4977%\nexpect refund pays 10% of \"the monthly fee\"",
        "when region: eu\nexpect not planned_work_is_unknown",
    ] {
        let found = expected(&format!("{june}{good}"));
        let unknown = |f: &String| f.contains("planned_work_is_unknown");
        assert!(found.iter().all(unknown), "{good}: {found:#?}");
    }
    for (wrong, wanted) in [
        ("expect uptime 99.8982%", "`uptime` is 99.8981% in 2026-06, not 99.8982%"),
        ("expect uptime 99.900%", "`uptime` is 99.898% in 2026-06, not 99.900%"),
        ("expect uptime met", "`uptime` is missed in 2026-06, not met"),
        (
            "expect uptime met in 2026-07",
            "`uptime` cannot be told for 2026-07: no possible amount is reported",
        ),
        ("expect uptime met in 2026-W10", "`uptime` is measured by month, and `2026-W10` is no month"),
        ("expect uptime met in 2026-13", "`uptime` is measured by month, and `2026-13` is no month"),
        ("when region: eu\nexpect uptime met", "`uptime` cannot be told for 2026-06"),
        ("when ends_on: blank\nexpect uptime met", "`uptime` needs a month: this record is of none"),
        ("expect refund pays nothing", "`refund` pays 5% of “the monthly fee” for 2026-06, not nothing"),
        (
            "expect refund pays 5% of \"the yearly fee\"",
            "`refund` pays 5% of “the monthly fee” for 2026-06, not 5% of “the yearly fee”",
        ),
        ("expect refund pays $5", "`refund` pays 5% of “the monthly fee” for 2026-06, not USD 5"),
        ("expect uptime 4 hours", "`uptime` is 43,156 minutes in 2026-06, not 4 hours"),
        ("expect uptime late", "invalid-value: a level is met or missed, not `late`"),
        ("expect uptime 99.8981000000%", "invalid-value: at most 9 decimal places can be compared"),
        ("expect uptime 101%", "invalid-value: `101%` is more than all of it"),
        (
            "expect planned_time 3 hours",
            "type-mismatch: `planned_time` is about a `outage`, but the scenario is about",
        ),
        (
            "expect covered 3 hours",
            "undefined-name: `covered` is a definition, but a commitment is needed here",
        ),
        ("expect uptime pays $5", "undefined-name: `uptime` is a commitment, but a credit is needed here"),
    ] {
        let found = expected(&format!("{june}{wrong}"));
        assert!(found.iter().any(|f| f.contains(wanted)), "{wrong}: {found:#?}");
    }
    let outage = "given outage { started_at: 2026-03-07 06:00, ended_at: 2026-03-08 06:00, planned: true }\n";
    // The night of 8 March has no hour from 2 to 3.
    let found =
        expected(&format!("{outage}expect planned_time 23 hours\nexpect planned_time 23 hours in 2026-W10"));
    assert_eq!(found, Vec::<String>::new());
    let found = expected(&format!("{outage}expect planned_time 50%"));
    assert!(found[0].contains("type-mismatch: `planned_time` does not come to a share"), "{found:#?}");
}

#[test]
fn promises_about_items_have_a_share_and_a_credit_too() {
    let touch = "\
commitment repair {
  provider must repair each outage within 4 hours of started_at
  met at ended_at
}
credit sorry for repair { below 90% pays $500 }
";
    let outage = "given outage { started_at: 2026-03-06 06:00, ended_at: 2026-03-06 12:00 }\n";
    let said = |lines: &str| findings(&format!("{BASE}{touch}scenario \"one\" {{\n{outage}{lines}\n}}\n"));
    assert_eq!(said("expect repair 0%\nexpect sorry pays $500 in 2026-03"), Vec::<String>::new());
    for (wrong, wanted) in [
        ("expect repair missed", "type-mismatch: `repair` is not about a level of time"),
        ("expect repair late in 2026-03", "invalid-value: a verdict on one record has no period"),
        ("expect repair 100%", "`repair` is 0% in 2026-03, not 100%"),
        ("expect sorry pays $500 in 2026-04", "`repair` has nothing to go by in 2026-04"),
        ("expect repair 2 hours", "type-mismatch: `repair` does not come to a length of time"),
    ] {
        let found = said(wrong);
        assert!(found.iter().any(|f| f.contains(wanted)), "{wrong}: {found:#?}");
    }
}

#[test]
fn what_is_open_is_no_failure_and_no_guess() {
    let text = format!("{BASE}{LEVEL}{CREDIT}").replace("at least 99.9% of", "at least tbd \"the share\" of");
    let scenario = "scenario \"one\" {\n  given service_month { ends_on: 2026-06-30, region: us, downtime: 44 }\n  \
                    expect refund pays nothing\n  expect uptime missed\n}\n";
    let found = findings(&format!("{text}{scenario}"));
    assert!(
        found.iter().all(|f| f.contains("placeholder-left") || f.contains("scenario-fails")),
        "{found:#?}"
    );
    assert!(!found.iter().any(|f| f.contains("not nothing")), "{found:#?}");
}

#[test]
fn the_documents_say_how_it_is_measured_and_what_is_paid() {
    let scenario = "scenario \"44 minutes\" {\n  given service_month { ends_on: 2026-06-30, region: us, downtime: 44 }\n  \
                    expect uptime 99.8981%\n  expect uptime met\n  expect refund pays 10% of \"the monthly fee\"\n}\n";
    let compiled = compile_text(&format!("{BASE}{LEVEL}{CREDIT}{scenario}"));
    let headings = ["Summary", "Commitments", "What is paid", "How this is measured", "Examples"];
    let sections = headings.map(|heading| section(&compiled, heading));
    insta::assert_snapshot!(sections.join("\n-----\n"));
}

#[test]
fn no_output_leaves_them_out_without_a_word() {
    use clausal::targets::{salesforce, sql};
    let compiled = compile_text(&format!("{BASE}{LEVEL}{CREDIT}"));
    let text = |output: clausal::targets::Output, end: &str| {
        let page = output.artifacts.into_iter().find(|a| a.path.ends_with(end)).unwrap();
        String::from_utf8(page.bytes).unwrap()
    };
    let queries = text(sql::generate(compiled.model(), &compiled.config), "README.md");
    let rules = text(salesforce::generate(compiled.model(), &compiled.config), "README.md");
    for (page, wanted) in [
        (&queries, "commitment uptime"),
        (&queries, "all the time of a period"),
        (&queries, "credit refund"),
        (&rules, "`uptime`"),
        (&rules, "`planned_time`"),
        (&rules, "`refund`"),
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
}

#[test]
fn one_record_is_traced_to_its_period() {
    let compiled = compile_text(&format!("{BASE}{LEVEL}{CREDIT}"));
    let model = compiled.model();
    let (id, _) = model.commitments.iter().find(|(_, c)| c.head.name.text == "uptime").unwrap();
    let record = common::data::record(model, "service_month");
    let now = clausal::worktime::Instant::from_epoch(1_780_000_000).unwrap();
    let evaluator = clausal::evaluate::Evaluator::new(model, now);
    let item = |region: &str| {
        let fields = [("ends_on", "2026-06-30"), ("region", region)];
        fields.iter().fold(clausal::evaluate::Item::blank(record), |item, (name, text)| {
            let field = record.field(name).unwrap();
            item.with(field, common::data::value(&record.fields[field], text).unwrap())
        })
    };
    let period = |region: &str| {
        let trace = clausal::why::trace(&evaluator, &compiled.workspace.sources, id, &item(region));
        match trace.answer {
            clausal::why::Answer::PerPeriod { period, .. } => period,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(period("us").as_deref(), Some("2026-06"));
    assert_eq!(period("eu"), None, "its region is not measured");
}
