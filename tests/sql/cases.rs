//! Ugly cases, by hand.

use clausal::config::Dialect;
use clausal::diagnostic::Severity;
use clausal::targets::sql;
use clausal::worktime::{Instant, TimeZone, civil};
use sqlparser::dialect::{DuckDbDialect, PostgreSqlDialect};
use sqlparser::parser::Parser;

use crate::common::{Compiled, Memory, compile};
use crate::support::{Database, literal, quoted, script, stop_clock};

pub const TORTURE: &str = r#"
party order { }
party group { }
agreement select "It's -- a \"trap\"; DROP TABLE x; $$ \\" { parties order, group  effective 2026-03-01 to 2026-03-31  zone Europe/Berlin }
calendar table { zone Europe/Berlin  open mon-fri 09:00-17:00  covers 2026 }
role from { works table }
record where "Where" {
  key      key
  order    user optional
  group    text optional
  is_limit text optional
  having   choice of all, "it's", "a;b", "100%" optional
  union    choices of left, "ri'ght" optional
  values   number optional
  from     datetime optional
  to       datetime optional
}
definition limit "--" { means where where having != "it's" or group = "'; --" or group contains "\\" or union contains "ri'ght"  since from }
commitment as "*/ ' \" ` $1" { from must "drop; --" each limit within 1 business hour of from  met at to  target 50% per day }
commitment by { from must deliver at least 1 limit per year }
"#;

pub const TORTURE_YAML: &str = r#"
records:
  where:
    sql:
      table: "my schema.ta\"ble; --"
      columns: { key: "select", from: "fr'om\"", to: "tö \\ $$", group: "/* */" }
      values: { having: { all: "al'l; --" }, union: { left: "l\"eft" } }
"#;

fn of(clause: &str, yaml: &str) -> Compiled {
    compile(&Memory::new([("clausal.yaml", yaml), ("a.clause", clause)]))
}

fn moment(zone: &str, text: &str) -> Instant {
    TimeZone::find(zone).unwrap().instant(civil::parse_local(text).unwrap()).unwrap()
}

/// A database with rows of text, as a CSV file is loaded.
fn loaded(compiled: &Compiled, table: &str, columns: &[&str], rows: &[&[&str]], now: Instant) -> Database {
    let database = Database::new();
    let names: Vec<String> = columns.iter().map(|c| quoted(c)).collect();
    database.run(&format!("CREATE TABLE {} ({});", quoted(table), names.join(", ")));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|c| literal(c)).collect();
        database.run(&format!("INSERT INTO {} VALUES ({});", quoted(table), cells.join(", ")));
    }
    let model = compiled.model();
    database.run(&script(model, &compiled.config, Dialect::Sqlite));
    database.run(&stop_clock(model, Dialect::Sqlite, now));
    database
}

#[test]
fn every_file_can_be_read_by_another_reader() {
    let small = of(include_str!("small.clause"), "");
    let torture = of(TORTURE, TORTURE_YAML);
    let example = compile(&Memory::folder("examples/lead-handoff"));
    let template = compile(&Memory::folder("examples/marketing-sales"));
    for compiled in [small, torture, example, template] {
        let model = compiled.model.as_ref().unwrap();
        for dialect in Dialect::ALL {
            // What the reader does not know: comments on views; for DuckDB also `MATERIALIZED` and whole division.
            let text = script(model, &compiled.config, dialect);
            let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("COMMENT ON VIEW")).collect();
            let lines = lines.join("\n");
            let parsed = match dialect {
                Dialect::Postgres => Parser::parse_sql(&PostgreSqlDialect {}, &lines),
                Dialect::Duckdb => {
                    let plain = lines.replace(" AS MATERIALIZED (", " AS (").replace(" // ", " / ");
                    Parser::parse_sql(&DuckDbDialect {}, &plain)
                }
                // SQLite is at hand, and reads views before it knows their tables.
                Dialect::Sqlite => {
                    Database::new().run(&text);
                    continue;
                }
            };
            assert!(parsed.is_ok(), "{dialect:?} {}: {:?}", model.agreement.head.name, parsed.err());
        }
    }
}

#[test]
fn names_and_texts_that_mean_something_to_databases_mean_nothing() {
    let compiled = of(TORTURE, TORTURE_YAML);
    let columns =
        ["select", "order", "/* */", "is_limit", "having", "union", "values", "fr'om\"", "tö \\ $$"];
    let rows: [&[&str]; 5] = [
        &["1", "ann", "", "", "al'l; --", "", "", "2026-03-06 09:00:00", "2026-03-06 09:30:00"],
        &["2", "ann", "'; --", "", "", "", "", "2026-03-06 09:00:00", ""],
        &["3", "ann", "a\\b", "", "it's", "", "", "2026-03-06 09:00:00", ""],
        &["4", "bob", "", "", "it's", "l\"eft;ri'ght", "", "", ""],
        &["5", "bob", "", "", "it's", "l\"eft", "", "2026-03-06 09:00:00", ""],
    ];
    let now = moment("Europe/Berlin", "2026-03-06 10:30");
    let database = loaded(&compiled, "ta\"ble; --", &columns, &rows, now);
    let mut items = database.lines("SELECT item, owner, verdict FROM \"select__items\"");
    items.sort();
    assert_eq!(items, ["1|ann|met", "2|ann|open", "3|ann|open", "4|bob|not started"]);
    assert_eq!(database.lines("SELECT amount_millionths, outlook FROM \"select__quotas\""), ["3000000|met"]);
}

const PLAIN: &str = "party us { }\nparty them { }\n\
    agreement a { parties us, them  effective 2026-03-01 to 2026-03-31  zone America/New_York }\n\
    calendar office { zone America/New_York  open mon-fri 09:00-17:00  covers 2026 }\n\
    role sdr { works office }\n\
    record lead {\n  id key\n  stage choice of new, won optional\n  vip boolean optional\n  amount number optional\n  day date optional\n  at datetime optional\n  done datetime optional\n}\n\
    commitment touch { sdr must call each lead within 4 business hours of at  met at done }\n\
    commitment ban { sdr must not drop a lead when vip and amount > 1.5 }\n";
const PLAIN_COLUMNS: [&str; 7] = ["id", "stage", "vip", "amount", "day", "at", "done"];

#[test]
fn moments_of_sqlite_may_be_written_in_many_ways() {
    let rows: [&[&str]; 8] = [
        &["blank", "", "", "", "", "2026-03-06 14:00:00", ""],
        &["t", "", "", "", "", "2026-03-06T14:00:00", ""],
        &["z", "", "", "", "", "2026-03-06T14:00:00Z", ""],
        &["cut", "", "", "", "", "2026-03-06 14:00:00.999999", ""],
        &["cut_z", "", "", "", "", "2026-03-06T14:00:00.9999Z", ""],
        &["minutes", "", "", "", "", "2026-03-06 14:00", ""],
        &["nonsense", "", "", "", "", "yesterday", ""],
        &["offset", "", "", "", "", "2026-03-06T14:00:00+02:00", ""],
    ];
    let now = moment("UTC", "2026-03-06 15:00");
    let database = loaded(&of(PLAIN, ""), "lead", &PLAIN_COLUMNS, &rows, now);
    let expected = moment("UTC", "2026-03-06 14:00").epoch().to_string();
    for id in ["blank", "t", "z", "cut", "cut_z", "minutes"] {
        assert_eq!(
            database.lines(&format!("SELECT start_s FROM a__items WHERE item = '{id}'")),
            [expected.as_str()],
            "{id}"
        );
    }
    let mut problems = database.lines("SELECT item, problem, detail FROM a__data_quality");
    problems.sort();
    assert_eq!(
        problems,
        ["nonsense|no datetime|at: yesterday", "offset|no datetime|at: 2026-03-06T14:00:00+02:00"]
    );

    let rows: [&[&str]; 6] = [
        &["z", "", "", "", "", "2026-03-06T14:00:00Z", ""],
        &["colon", "", "", "", "", "2026-03-06T16:00:00+02:00", ""],
        &["plain", "", "", "", "", "2026-03-06 09:00:00.5-0500", ""],
        &["hours", "", "", "", "", "2026-03-06 14:00:00+00", ""],
        &["half", "", "", "", "", "2026-03-06 19:45:00.123456+05:45", ""],
        &["none", "", "", "", "", "2026-03-06 14:00:00", ""],
    ];
    let instant = of(PLAIN, "records: { lead: { sql: { times: instant } } }");
    let database = loaded(&instant, "lead", &PLAIN_COLUMNS, &rows, now);
    let found = database.lines("SELECT item, start_s FROM a__items");
    for line in &found {
        assert!(line.ends_with(&expected), "{line}");
    }
    assert_eq!(found.len(), rows.len());
}

#[test]
fn yes_no_and_numbers_of_sqlite_may_be_text() {
    let rows: [&[&str]; 7] = [
        &["1", "won", "true", "1.500001", "", "", ""],
        &["2", "won", "1", "2", "", "", ""],
        &["3", "won", "TRUE", "1.5", "", "", ""],
        &["4", "won", "0", "9", "", "", ""],
        &["5", "won", "", "9", "", "", ""],
        &["6", "won", "perhaps", "9", "", "", ""],
        &["7", "lost", "yes", "many", "31.3.2026", "", ""],
    ];
    let database = loaded(&of(PLAIN, ""), "lead", &PLAIN_COLUMNS, &rows, moment("UTC", "2026-03-06 15:00"));
    let mut broken = database.lines("SELECT item FROM a__prohibitions WHERE is_broken = 1");
    broken.sort();
    assert_eq!(broken, ["1", "2"]);
    let mut problems = database.lines("SELECT item, problem, detail FROM a__data_quality");
    problems.sort();
    assert_eq!(
        problems,
        [
            "6|no boolean|vip: perhaps",
            "7|no date|day: 31.3.2026",
            "7|no number|amount: many",
            "7|value that the agreement does not know|stage: lost",
        ]
    );
}

#[test]
fn nothing_drops_out_beyond_the_tables() {
    let rows: [&[&str]; 4] = [
        &["open", "", "", "", "", "2026-03-06 15:00:00", ""],
        &["done", "", "", "", "", "2026-03-06 15:00:00", "2026-03-06 16:00:00"],
        &["far", "", "", "", "", "2026-03-06 15:00:00", "2035-01-01 00:00:00"],
        &["early", "", "", "", "", "2026-03-06 15:00:00", "1900-01-01 00:00:00"],
    ];
    let now = moment("UTC", "2031-06-01 12:00");
    let database = loaded(&of(PLAIN, ""), "lead", &PLAIN_COLUMNS, &rows, now);
    let mut items = database.lines("SELECT item, verdict FROM a__items");
    items.sort();
    assert_eq!(items, ["done|met", "early|data error", "far|outside calendar", "open|outside calendar"]);
    assert_eq!(
        database.lines("SELECT met, decided, outside_calendar, data_error FROM a__attainment"),
        ["1|1|2|1"]
    );
    let mut problems = database.lines("SELECT about, item, problem FROM a__data_quality");
    problems.sort();
    let rebuild = "build the queries again";
    assert_eq!(
        problems,
        [
            format!("now||the opening hours that are laid out do not reach to the present moment: {rebuild}"),
            format!("now||the periods that are laid out do not reach to the present day: {rebuild}"),
            "touch|early|done before the clock started".to_owned(),
            format!("touch|far|a moment lies outside the opening hours that are laid out: {rebuild}"),
            format!("touch|open|a moment lies outside the opening hours that are laid out: {rebuild}"),
        ]
    );
}

#[test]
fn keys_that_occur_twice_and_blank_keys_are_shown() {
    let rows: [&[&str]; 3] = [
        &["1", "", "", "", "", "2026-03-06 15:00:00", ""],
        &["1", "", "", "", "", "2026-03-06 15:00:00", ""],
        &["", "", "", "", "", "", ""],
    ];
    let database = loaded(&of(PLAIN, ""), "lead", &PLAIN_COLUMNS, &rows, moment("UTC", "2026-03-06 15:00"));
    let mut problems = database.lines("SELECT problem, \"rows\", for_example FROM a__data_quality_summary");
    problems.sort();
    assert_eq!(problems, ["key occurs more than once|1|1", "required field is blank|1|"]);
}

fn remarks(clause: &str, yaml: &str) -> Vec<(Severity, String)> {
    let compiled = of(clause, yaml);
    let output = sql::generate(compiled.model.as_ref().unwrap(), &compiled.config);
    output.diagnostics.into_iter().map(|d| (d.severity, d.message)).collect()
}

#[test]
fn what_is_left_out_is_said() {
    let clause = PLAIN.replace("within 4 business hours", "within tbd \"how long?\"");
    let expected = "the queries do not measure `touch`: the time limit is still to be decided (how long?)";
    assert_eq!(remarks(&clause, ""), [(Severity::Info, expected.to_owned())]);
    let compiled = of(&clause, "");
    let output = sql::generate(compiled.model.as_ref().unwrap(), &compiled.config);
    let page = output.artifacts.iter().find(|a| a.path == "sqlite/a/README.md").unwrap();
    let page = String::from_utf8(page.bytes.clone()).unwrap();
    assert!(
        page.contains("## Not enforced here\n\n- commitment touch: the time limit is still to be decided"),
        "{page}"
    );
    let product = PLAIN.replace("amount > 1.5", "amount * amount * amount * amount > 1.5");
    let expected =
        "the queries do not measure `ban`: a condition multiplies more than three numbers with decimals";
    assert_eq!(remarks(&product, ""), [(Severity::Info, expected.to_owned())]);
}

#[test]
fn settings_that_cannot_be_used_are_errors() {
    let bad = |yaml: &str| remarks(PLAIN, yaml).into_iter().map(|(_, m)| m).collect::<Vec<_>>();
    assert_eq!(
        bad("records: { lead: { sql: { times: Europe/Berln } } }"),
        ["there is no time zone `Europe/Berln`"]
    );
    assert_eq!(
        bad("records: { lead: { sql: { values: { stage: { new: \"won\" } } } } }"),
        ["`new` and `won` of `stage` are both stored as `won`"]
    );
    assert_eq!(
        bad("records: { lead: { sql: { table: \"A__Items\" } } }"),
        ["two tables or views would be called `a__items`"]
    );
    assert_eq!(
        bad("records: { lead: { sql: { table: \"a\\0b\" } } }"),
        ["no database can hold this name or value"]
    );
    assert_eq!(bad("records: { lead: { sql: { table: \"crm.\" } } }"), ["`crm.` is not the name of a table"]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let compiled = of(TORTURE, TORTURE_YAML);
    let make = || sql::generate(compiled.model(), &compiled.config).artifacts;
    assert_eq!(make(), make());
    let paths: Vec<String> = make().into_iter().map(|a| a.path).collect();
    assert!(paths.is_sorted());
    assert_eq!(paths[0], "duckdb/select/1_time.sql");
}
