use super::Sandbox;

const LATE: &str = r#"{ "country": "US", "employees": 200, "score": 80, "mql_at": "2026-03-06 16:30", "touched_at": "2026-03-09 13:00" }"#;

fn why(commitment: &str, record: &str, more: &[&str]) -> (i32, String, String) {
    let sandbox = Sandbox::example("lead-handoff");
    let args = [&["why", commitment, "--record", "-", "--today", "2026-03-02"], more].concat();
    let ran = sandbox.run_with(&args, record, &[]);
    (ran.code, ran.out, ran.err)
}

#[test]
fn a_late_lead_is_explained() {
    let (code, out, err) = why("first_touch", LATE, &[]);
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!(out);
}

#[test]
fn the_deciding_condition_is_shown() {
    let record = r#"{ "lead": { "country": "FR", "score": 70 } }"#;
    let (code, out, _) = why("first_touch", record, &["--at", "2026-03-06 12:00"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(out);
}

#[test]
fn the_moment_may_be_chosen() {
    let record = r#"{ "country": "US", "employees": 200, "score": 80, "mql_at": "2026-03-06T21:30:00Z" }"#;
    for (at, verdict) in [
        ("2026-03-09 10:59", "open"),
        ("2026-03-09 11:00", "at risk"),
        ("2026-03-09 12:00", "at risk"),
        ("2026-03-09T16:00:01Z", "overdue by 1 business second"),
    ] {
        let (code, out, _) = why("first_touch", record, &["--at", at]);
        assert_eq!(
            (code, out.lines().next().unwrap()),
            (0, format!("First touch on every MQL: {verdict}").as_str())
        );
    }
    assert_eq!(why("first_touch", record, &["--at", "noon"]).0, 2);
}

#[test]
fn amounts_and_shares_are_explained_too() {
    let first = |commitment| why(commitment, LATE, &[]).1.lines().next().unwrap().to_owned();
    assert_eq!(first("mql_volume"), "MQL volume: counts in 2026-03");
    assert_eq!(first("acceptance"), "Sales acceptance: a miss so far in 2026-03");
}

#[test]
fn what_cannot_be_read_is_said_all_at_once() {
    let (code, out, err) =
        why("first_touch", r#"{ "employes": 1, "score": "x", "status": "nwe", "mql_at": "soon" }"#, &[]);
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!(err);
    for record in ["", "[]", "{ \"lead\": 3 }", "null", "{", "{ \"score\": 1.5 }", "{ \"score\": 1e400 }"] {
        assert_eq!(why("first_touch", record, &[]).0, 2, "{record}");
    }
    assert!(why("frist_touch", "{}", &[]).2.contains("did you mean `first_touch`?"));
    assert_eq!(
        Sandbox::example("lead-handoff").run(&["why", "first_touch", "--record", "none.json"]).code,
        2
    );
}

const RECURRING: &str = r#"
agreement demo "Demo" {
  parties   sales
  effective 2026-01-01 to 2026-12-31
  zone      America/New_York
}
party sales { signatory "VP Sales" }
calendar office { zone America/New_York  open mon-fri 09:00-17:00  closed 2026-05-25 "Memorial Day"  covers 2026 }
role sdr { party sales  works office }
channel mail { by email  reaches sdr }
record lead "Lead" { id key  mql_at datetime optional }
record activity "Activity" of lead { id key  kind choice of call, email, meeting  done_at datetime  happens at done_at }
definition mql "MQL" { means lead where mql_at is set  since mql_at }
commitment touches "Three touches" {
  sdr must attempt each mql at least 3 times within 5 business days of mql_at
  counting activity where kind in [call, email] at most once per day
}
commitment review "Weekly review" { sdr must hold "review" every week on monday at 10:00 via mail }
"#;

fn recurring(args: &[&str], record: &str) -> (i32, String, String) {
    let sandbox = Sandbox::with(&[("demo.clause", RECURRING)]);
    let ran = sandbox.run_with(&[&["why"], args, &["--today", "2026-03-02"]].concat(), record, &[]);
    (ran.code, ran.out, ran.err)
}

#[test]
fn attempts_are_shown_one_by_one() {
    let touch = |kind: &str, at: &str| format!(r#"{{ "kind": "{kind}", "done_at": "{at}" }}"#);
    let touches = [
        touch("call", "2026-03-04 10:00"),
        touch("call", "2026-03-01 10:00"),
        touch("email", "2026-03-02 10:00"),
        touch("email", "2026-03-02 12:00"),
        touch("meeting", "2026-03-03 10:00"),
        touch("email", "2026-03-05 10:00"),
        touch("email", "2026-03-06 10:00"),
    ];
    let record = format!(r#"{{ "mql_at": "2026-03-02 09:30", "activity": [{}] }}"#, touches.join(", "));
    let (code, out, err) = recurring(&["touches", "--record", "-", "--at", "2026-03-09 12:00"], &record);
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!(out);
}

#[test]
fn what_recurs_takes_no_record() {
    let (code, out, err) = recurring(&["review", "--at", "2026-05-20 12:00"], "");
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!(out);
    let (code, out, _) = recurring(&["review", "--at", "2026-12-29 12:00"], "");
    assert_eq!(code, 0);
    assert!(out.contains("Nothing is due in the term of the agreement from now on."), "{out}");
    let (code, _, err) = recurring(&["review", "--record", "-"], "{}");
    assert_eq!((code, err.contains("about no record")), (2, true));
    let (code, _, err) = recurring(&["touches"], "");
    assert_eq!((code, err.contains("`--record FILE`")), (2, true));
}

#[test]
fn errors_in_what_is_agreed_do_not_keep_it_from_answering() {
    let wrong = format!(
        "{RECURRING}\nscenario \"Wrong\" {{\n  given lead {{ mql_at: 2026-03-02 09:30 }}\n  expect not mql\n}}\n"
    );
    let ask = |text: &str| {
        let sandbox = Sandbox::with(&[("demo.clause", text)]);
        let args = ["why", "touches", "--record", "-", "--at", "2026-03-09 12:00", "--today", "2026-03-02"];
        sandbox.run_with(&args, r#"{ "mql_at": "2026-03-02 09:30" }"#, &[])
    };
    let (right, told) = (ask(RECURRING), ask(&wrong));
    assert_eq!((told.code, &told.out), (0, &right.out));
    assert_eq!(told.err, "`clausal check` finds an error in what is agreed.\n");
    assert!(told.out.starts_with("Three touches: open"), "{}", told.out);
    // What could not be resolved has no answer.
    let broken = ask(&RECURRING.replace("works office", "works offcie"));
    assert_eq!((broken.code, broken.out.as_str()), (1, ""));
    assert!(broken.err.contains("did you mean `office`?"), "{}", broken.err);
}

const WAITS: &str = r#"
agreement demo "Demo" { parties sales  effective 2026-01-01 to 2026-12-31 }
party sales "Sales" {}
calendar office "Office" { zone UTC  open mon-fri 09:00-17:00  covers 2026 }
calendar always "Always" { zone UTC  open all day  covers 2026 }
role desk "Desk" { party sales  works office  on call always }
record ticket "Ticket" { id key  opened_at datetime  asked_at datetime optional  answered_at datetime optional  solved_at datetime optional }
record wait "Wait" of ticket { since datetime  until datetime optional }
commitment solve "Solve" {
  desk must solve each ticket within 8 business hours of opened_at
  met at       solved_at
  paused from  asked_at to answered_at
}
commitment patient "Solve, whoever waits" {
  desk must solve each ticket within 8 hours of opened_at
  met at       solved_at
  paused from  since to until of each wait
}
"#;

#[test]
fn every_pause_is_shown_with_how_it_ends() {
    let told = |commitment: &str, record: &str| {
        let sandbox = Sandbox::with(&[("demo.clause", WAITS)]);
        let args = ["why", commitment, "--record", "-", "--today", "2026-03-02", "--at", "2026-03-20 12:00"];
        let ran = sandbox.run_with(&args, record, &[]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        ran.out
    };
    let second_lap = r#"{ "opened_at": "2026-03-02 09:00", "asked_at": "2026-03-02 13:00", "answered_at": "2026-03-02 12:00" }"#;
    let laps = r#"{ "opened_at": "2026-03-02 09:00", "wait": [
        { "since": "2026-03-02 10:00", "until": "2026-03-02 12:00" },
        { "since": "2026-03-02 11:00", "until": "2026-03-02 13:00" },
        { "since": "2026-03-02 15:00", "until": "2026-03-02 14:00" },
        { "since": "2026-03-02 18:00" } ] }"#;
    insta::assert_snapshot!([told("solve", second_lap), told("patient", laps)].join("\n"));
}
