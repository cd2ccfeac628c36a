//! What is said of faults, one after another.

use std::fmt::Write as _;

use crate::support::compile;

/// Findings as a page: the source, and what is said of it.
fn page(cases: &[&str]) -> String {
    let mut out = String::new();
    for source in cases {
        let compiled = compile(source);
        let _ = writeln!(out, "{source}");
        let text = compiled.workspace.sources.file(clausal::source::FileId(0)).text().to_owned();
        for found in &compiled.diagnostics {
            let label = found.primary.as_ref().expect("a place");
            let _ = writeln!(out, "    {}: {}", found.rule, found.message);
            let _ = writeln!(out, "      at `{}`: {}", &text[label.span.range()], label.text);
            for other in &found.secondary {
                let _ = writeln!(out, "      and `{}`: {}", &text[other.span.range()], other.text);
            }
            for note in &found.notes {
                let _ = writeln!(out, "      note: {note}");
            }
            if let Some(help) = &found.help {
                let _ = writeln!(out, "      help: {help}");
            }
            for fix in &found.fixes {
                let mut edits: Vec<_> = fix.edits.iter().collect();
                edits.sort_by_key(|e| std::cmp::Reverse(e.span));
                let fixed = edits.iter().fold(text.clone(), |mut text, edit| {
                    text.replace_range(edit.span.range(), &edit.text);
                    text
                });
                let start = text.len() - source.len();
                let _ = writeln!(out, "      {}: {}", fix.title, &fixed[start..]);
            }
        }
        if compiled.diagnostics.is_empty() {
            let _ = writeln!(out, "    nothing");
        }
        out.push('\n');
    }
    out
}

#[test]
fn of_child_records() {
    insta::assert_snapshot!(page(&[
        "record a of a { }",
        "record a of b { }\nrecord b of c { }\nrecord c of a { }",
        "record a of nobody { }",
        "record a of lead { minutes number  happens at minutes }",
        "record a of lead { done_at datetime  happens at done }",
        "record a of lead { x datetime  happens at x  happens at x }",
        "record a of lead { any boolean  no text }",
        "scenario \"s\" { given lead { } with lead { } with visit { page: x, dya: 2026-03-01 } with reply { } }",
    ]));
}

#[test]
fn of_questions_about_children() {
    let conditions = [
        "count of lead >= 3",
        "count of reply >= 3",
        "count of activty >= 3",
        "any activity where kind = fax",
        "any activity where kind = call and minutes > 5",
        "any activity where kind = call in the last 3 days and minutes > 5",
        "any activity where kind = call and long_one",
        "count of activity where answered >= 3",
        "count of activity where long_one >= 3",
        "count of activity where not answered = 3",
        "count of activity where answered in [1, 2]",
        "count of activity where kind = call",
        "latest activity.done_at where answered is set",
        "sum of activity.kind > 3",
        "sum of activity.cost > 3",
        "sum of activity.minuts > 3",
        "latest activity.minutes > 3",
        "latest activity.done_at > 2026-03-01",
        "latest activity.done_at = today",
        "employees > any activity",
        "count of activity is blank",
        "any activity after signed_on",
        "any visit after mql_at",
        "any visit in the last 3 hours",
        "any activity in the last 3 business days",
        "any activity within 3 days of employees",
        "any quiet in the last 3 days",
        "any activity where done_at within 3 days of mql_at",
        "latest activity.done_at within 3 days of signed_on",
    ];
    let more = "record quiet of lead { text text  at datetime }\ndefinition long_one { means activity where minutes > 60 }";
    let sources: Vec<String> =
        conditions.iter().map(|c| format!("{more}\ndefinition it {{ means lead where {c} }}")).collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let page = page(&sources).replace(&format!("{more}\n"), "");
    insta::assert_snapshot!(page);
}

#[test]
fn of_scores() {
    insta::assert_snapshot!(page(&[
        "score it of lead { }",
        "score it of nobody { +5 when employees > 5 }",
        "score base of lead { +5 when employees > 5 }",
        "score it of lead { +0 when employees > 5 }",
        "score it of lead { +0 for each 30 calendar days since active_at }",
        "score it of lead { +0.0000001 when employees > 5 }",
        "score it of lead { +5 when employes > 5 }",
        "score it of lead { +5 when competitor  total at least 10  total at most 5 }",
        "score it of lead { +5 when competitor  total at least 10  total at least 5 }",
        "score it of lead { add at least 10 at most 5 from base }",
        "score it of lead { add base  add at most 3 from base }",
        "score it of lead { add fit }\nscore fit of activity { +5 when answered }",
        "score it of lead { add fitt }\nscore fit of lead { +5 when competitor }",
        "score it of lead { add mql_at }",
        "score it of lead { +5 for each lead }",
        "score it of lead { +5 for each quiet at most once per day }\nrecord quiet of lead { text text }",
        "score it of lead { +5 for each activity at most 0 times }",
        "score it of lead { +5 for each activity at most once at most 3 times }",
        "score it of lead { -5 for each 30 days since employees }",
        "score it of lead { -5 for each 3 hours since signed_on }",
        "score it of lead { -5 for each 3 business days since mql_at }",
        "score it of lead { -5 for each 30 days since mql_at at most once per day }",
        "score it of lead { add it }",
        "score it of lead { +5 when hot }\ndefinition hot { means lead where it > 65 }",
        "score it of lead { add b }\nscore b of lead { add c }\nscore c of lead { +1 when it > 5  add it }",
        "score it of lead { +5 when competitor }\ndefinition hot { means lead where it }",
        "score it of lead { +5 when competitor }\ndefinition hot { means lead where it is blank }",
        "score it of lead { +5 when competitor }\ndefinition hot { means lead where it > 50% }",
        "score it of lead { +5 when competitor }\ndefinition hot { means activity where it > 50 }",
        "score it of lead { +5 when competitor }\nscenario \"s\" { given activity { } expect it = 5 }",
        "scenario \"s\" { given lead { } expect it = 5 }",
    ]));
}

#[test]
fn of_towers() {
    let of = |count: usize, row: fn(usize) -> String| {
        let scores = (1..count).map(|i| format!("score s{i} of lead {{ {} }}\n", row(i - 1)));
        format!("score s0 of lead {{ add base }}\n{}", scores.collect::<String>())
    };
    let tower = of(70, |below| format!("add s{below}"));
    // Every one names the one before it twice: a name for each, and 2 to the power of 20 of them.
    let wide = of(20, |below| format!("+1 when s{below} > 5  -1 when s{below} > 7"));
    let said =
        |source: &str| compile(source).diagnostics.iter().map(|d| d.message.clone()).collect::<Vec<_>>();
    assert_eq!(said(&tower), ["`s65` stands on more than 64 other scores"]);
    let said = said(&wide);
    assert_eq!(said, ["`s11` comes to more than 4000 conditions, with those of everything in it"]);
}
