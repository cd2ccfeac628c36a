//! `clausal why`.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use super::Exit;
use super::args::WhyArgs;
use super::check::{errors_in_what_is_agreed, exit, extent, is_judgement};
use super::files::Disk;
use super::term::Term;
use crate::check::{self, Checked};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::evaluate::{Evaluator, Wait, WaitEnd};
use crate::model::{Commitment, Form, Id, Model};
use crate::project::{self, Files as _, Workspace};
use crate::why::{self, Answer, Condition, Stretch, Timed, Trace};
use crate::worktime::{Day, Instant, TimeZone, parse_moment, words};

/// More stretches of time than this are not read one by one.
const MOST_STRETCHES: usize = 24;

pub(super) fn run(args: &WhyArgs, term: &Term) -> Exit {
    let workspace = project::load(&Disk, &args.paths);
    let (checked, found) = check::check(&workspace, args.today.get());
    // What an agreement says may be wrong in itself: its records can be judged by it all the same.
    let (judged, errors): (Vec<Diagnostic>, Vec<Diagnostic>) =
        found.into_iter().filter(|d| d.severity == Severity::Error).partition(|d| is_judgement(d.rule));
    if !errors.is_empty() {
        term.complain(&term.findings(&errors, &workspace.sources));
        term.complain(&Term::summary(&errors, &extent(&workspace, &checked)));
        return exit(&errors, Severity::Error);
    }
    match answer(args, &workspace, &checked) {
        Ok(text) => {
            if !judged.is_empty() {
                term.complain(&errors_in_what_is_agreed(judged.len()));
            }
            term.print(&text);
            Exit::Fine
        }
        Err(complaints) => {
            for complaint in complaints {
                term.complain(&format!("{complaint}\n"));
            }
            Exit::Trouble
        }
    }
}

fn answer(args: &WhyArgs, workspace: &Workspace, checked: &[Checked<'_>]) -> Result<String, Vec<String>> {
    let (model, id) = find(&args.commitment, checked).map_err(|e| vec![e])?;
    let name = &model.commitments[id].head.name;
    let agreement_zone = model.agreement.zone.as_ref().and_then(|z| TimeZone::of(z).ok());
    let now = match &args.at {
        Some(text) => parse_moment(text, agreement_zone.as_ref()).ok_or_else(|| {
            vec![format!(
                "`{text}` is not a moment: write 2026-03-09 13:00, or with an offset 2026-03-09T17:00:00Z"
            )]
        })?,
        None => super::args::system_now(),
    };
    let evaluator = Evaluator::new(model, now);
    if let Form::Recurring(_) = model.commitments[id].form {
        return match &args.record {
            Some(_) => Err(vec![format!(
                "`{name}` recurs, and is about no record: ask without `--record` when it is due"
            )]),
            None => Ok(schedule(&evaluator, id)),
        };
    }
    let record = why::record_of(model, id).ok_or_else(|| vec![format!("`{name}` is not about a record")])?;
    let of = &model.records[record].head.name;
    let path = args
        .record
        .as_deref()
        .ok_or_else(|| vec![format!("`{name}` is about a `{of}`: name a file with one, `--record FILE`")])?;
    let text = read(path).map_err(|e| vec![e])?;
    let json =
        serde_json::from_str(&text).map_err(|e| vec![format!("{} is not JSON: {e}", path.display())])?;
    let item = why::read(model, record, agreement_zone.as_ref(), &json)?;
    Ok(print(&why::trace(&evaluator, &workspace.sources, id, &item)))
}

/// So many of the next dates are printed.
const NEXT_DATES: usize = 8;

/// When a duty that recurs is due next. It takes no record.
fn schedule(evaluator: &Evaluator<'_>, id: Id<Commitment>) -> String {
    let commitment = &evaluator.model().commitments[id];
    let label = commitment.head.label();
    let schedule = match evaluator.schedule(id) {
        Ok(schedule) => schedule,
        Err(gap) => return format!("{label}: it cannot be told when it is due, because {gap}\n"),
    };
    let zone = schedule.clock().zone();
    let now = evaluator.now();
    let rule = schedule.rule();
    let mut out = format!("{label}: {rule}\n\nIt is about no record.");
    let from = zone.date(now);
    let due = evaluator.due_from(id, from).into_iter().flatten();
    let next: Vec<_> = due.filter(|occurrence| occurrence.due >= now).take(NEXT_DATES + 1).collect();
    if next.is_empty() {
        let _ = writeln!(out, " Nothing is due in the term of the agreement from now on.");
        return out;
    }
    let _ = writeln!(out, " The next dates from {} on ({})", words::moment(now, zone), zone.name());
    let is_closed = |day| schedule.clock().hours().is_ok_and(|h| h.open_day(Day::of(day)).is_none());
    let rows: Vec<(String, String)> = next
        .iter()
        .take(NEXT_DATES)
        .map(|occurrence| {
            let closed = if is_closed(occurrence.day) { "  (closed that day)" } else { "" };
            let due = words::deadline(occurrence.due, zone);
            (occurrence.period.label.clone(), format!("{due}{closed}"))
        })
        .collect();
    table(&mut out, &rows);
    if next.len() > NEXT_DATES {
        let _ = writeln!(out, "  ... and so on");
    }
    out
}

/// The commitment of that name, in the one agreement that has it.
fn find<'c>(name: &str, checked: &'c [Checked<'_>]) -> Result<(&'c Model, Id<Commitment>), String> {
    let models = || checked.iter().flat_map(|c| &c.agreements).map(|(_, model)| model);
    let all = || models().flat_map(|m| m.commitments.iter().map(move |(id, c)| (m, id, c)));
    let found: Vec<_> = all().filter(|(_, _, c)| c.head.name.text == name).collect();
    match found.as_slice() {
        [(model, id, _)] => Ok((model, *id)),
        [] => {
            let names: Vec<String> = all().map(|(_, _, c)| c.head.name.text.clone()).collect();
            let hint = match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", crate::diagnostic::join(&names, "and")),
            };
            Err(format!("there is no commitment `{name}`: {hint}"))
        }
        several => {
            let of: Vec<String> =
                several.iter().map(|(m, _, _)| format!("`{}`", m.agreement.head.name)).collect();
            let of = crate::diagnostic::join(&of, "and");
            Err(format!("{of} have a commitment `{name}`: name the file of one of them behind it"))
        }
    }
}

fn read(path: &Path) -> Result<String, String> {
    let said = |error: &dyn std::fmt::Display| format!("{} cannot be read: {error}", path.display());
    if path == Path::new("-") {
        let mut text = String::new();
        return std::io::stdin().read_to_string(&mut text).map(|_| text).map_err(|e| said(&e));
    }
    let bytes = Disk.read(path).map_err(|e| said(&e))?;
    String::from_utf8(bytes).map_err(|_| said(&"it is not UTF-8 text"))
}

fn print(trace: &Trace<'_>) -> String {
    let mut out = String::new();
    let head = &trace.commitment.head;
    let verdict = match &trace.answer {
        Answer::NotAbout => "it is not about this record".to_owned(),
        Answer::Open(gap) => format!("it cannot be judged, because {gap}"),
        Answer::Verdict(timed) => match &timed.missed_by {
            Some(by) => format!("{} by {by}", timed.outcome.verdict.word()),
            None => timed.outcome.verdict.word().to_owned(),
        },
        Answer::Prohibition(Some(true), _) => "broken".to_owned(),
        Answer::Prohibition(Some(false), _) => "kept".to_owned(),
        Answer::Prohibition(None, _) => "this record is not concerned".to_owned(),
        Answer::PerPeriod { period: Some(period), counts: None } => format!("counts in {period}"),
        Answer::PerPeriod { period: Some(period), counts: Some(condition) } => {
            format!("{} in {period}", if condition.holds { "a hit" } else { "a miss so far" })
        }
        Answer::PerPeriod { period: None, .. } => "counts in no period".to_owned(),
    };
    let _ = writeln!(out, "{}: {verdict}", head.label());
    if let Some(about) = &trace.about {
        let _ = writeln!(out, "\nIs it about this record?");
        condition(&mut out, about, 1);
    }
    match &trace.answer {
        Answer::Verdict(timed) => self::timed(&mut out, trace, timed),
        Answer::Prohibition(_, conditions) => {
            let _ = writeln!(out, "\nWhat is forbidden");
            for forbidden in conditions {
                condition(&mut out, forbidden, 1);
            }
        }
        Answer::PerPeriod { counts: Some(counts), .. } => {
            let _ = writeln!(out, "\nMet when");
            condition(&mut out, counts, 1);
        }
        Answer::NotAbout | Answer::Open(_) | Answer::PerPeriod { .. } => {}
    }
    out
}

fn timed(out: &mut String, trace: &Trace<'_>, timed: &Timed) {
    let zone = trace.zone.clone().unwrap_or(TimeZone::UTC);
    let zone = &zone;
    if timed.limits.len() > 1 || timed.limits.iter().any(|(_, when)| when.is_some()) {
        let _ = writeln!(out, "\nWhich limit?");
        for (i, (limit, when)) in timed.limits.iter().enumerate() {
            let chosen = if timed.outcome.tier == Some(i) { "this one: " } else { "" };
            let otherwise = if when.is_some() { "" } else { " otherwise" };
            let _ = writeln!(out, "  {chosen}{limit}{otherwise}");
            if let Some(when) = when {
                condition(out, when, 2);
            }
        }
    }
    for (words, met) in &timed.conditions {
        let _ = writeln!(out, "\n{}", capital(words));
        condition(out, met, 1);
    }
    if !timed.attempts.is_empty() {
        let _ = writeln!(out, "\nWhat was tried");
        for attempt in timed.attempts.iter().take(MOST_STRETCHES) {
            condition(out, attempt, 1);
        }
        let more = timed.attempts.len().saturating_sub(MOST_STRETCHES);
        if more > 0 {
            let _ = writeln!(out, "  ... and {more} more");
        }
    }
    if let Some(other) = &timed.gives_way_to {
        let _ = writeln!(out, "\nGives way to {other}, which has priority and applies as well");
    }
    if let Some(exception) = &timed.waived_by {
        let _ = writeln!(out, "\nExcused by the exception {exception}");
    }
    if !timed.empty.is_empty() {
        let _ = writeln!(out, "\nMust be filled, but blank: {}", timed.empty.join(", "));
    }
    let moment = |at: Option<Instant>| at.map(|at| words::moment(at, zone));
    let now = moment(Some(trace.now)).unwrap_or_default();
    let _ = writeln!(out, "\nThe clock ({})", zone.name());
    let mut rows: Vec<(String, String)> = Vec::new();
    let is_lead = matches!(trace.commitment.form, Form::LeadTime(_));
    let from = if is_lead { "leads up to" } else { "start" };
    if trace.commitment.counts_from().is_some() {
        let at = moment(timed.outcome.start.or(timed.outcome.anchor));
        rows.push((from.into(), at.unwrap_or_else(|| "blank".into())));
    }
    for stretch in timed.clock.iter().take(MOST_STRETCHES) {
        rows.push(row(stretch, zone));
    }
    if timed.clock.len() > MOST_STRETCHES {
        rows.push((String::new(), format!("... and {} more", timed.clock.len() - MOST_STRETCHES)));
    }
    rows.extend(timed.waits.iter().take(MOST_STRETCHES).map(|wait| ("paused".into(), paused(wait, zone))));
    if timed.waits.len() > MOST_STRETCHES {
        rows.push((String::new(), format!("... and {} more", timed.waits.len() - MOST_STRETCHES)));
    }
    if let Some(deadline) = timed.outcome.deadline {
        let due = match trace.commitment.form {
            Form::NotBefore(_) => "not before",
            Form::Permission(_) => "allowed until",
            _ => "due",
        };
        rows.push((due.into(), words::deadline(deadline, zone)));
    }
    rows.push(("done".into(), moment(timed.outcome.done).unwrap_or_else(|| format!("not by {now}"))));
    if let Some(period) = &timed.period {
        rows.push(("counts in".into(), period.clone()));
    }
    table(out, &rows);
    if !timed.steps.is_empty() {
        let _ = writeln!(out, "\nThe steps around the deadline, while it is not done");
        let rows: Vec<(String, String)> = timed
            .steps
            .iter()
            .map(|(at, words)| (moment(*at).unwrap_or_else(|| "never".into()), words.clone()))
            .collect();
        table(out, &rows);
    }
}

fn row(stretch: &Stretch, zone: &TimeZone) -> (String, String) {
    let said = stretch.counted.as_deref().map_or("closed".to_owned(), ToOwned::to_owned);
    let until = words::deadline(stretch.to, zone);
    (String::new(), format!("{} to {until}: {said}", words::moment(stretch.from, zone)))
}

/// When the clock stood still, and what is to be said of the end of it.
fn paused(wait: &Wait, zone: &TimeZone) -> String {
    let moment = |at| words::moment(at, zone);
    let (from, to) = (moment(wait.from), moment(wait.to));
    if wait.to <= wait.from {
        return format!("{from} to {to}: no pause, it ends before it begins");
    }
    match wait.end {
        WaitEnd::Recorded => format!("{from} to {to}"),
        WaitEnd::Blank => format!("{from} to {to}, as it has no end"),
        WaitEnd::OfEarlier(end) => {
            format!("{from} to {to}, as it has no end: {} is that of an earlier pause", moment(end))
        }
    }
}

fn table(out: &mut String, rows: &[(String, String)]) {
    let widest = rows.iter().map(|(left, _)| left.chars().count()).max().unwrap_or(0);
    for (left, right) in rows {
        let gap = " ".repeat(widest - left.chars().count());
        let _ = writeln!(out, "  {left}{gap}  {right}");
    }
}

fn condition(out: &mut String, condition: &Condition, depth: usize) {
    let indent = "  ".repeat(depth);
    let mark = if condition.holds { "yes" } else { "no " };
    let found = condition.found.as_ref().map(|f| format!("  ({f})")).unwrap_or_default();
    let _ = writeln!(out, "{indent}{mark}  {}{found}", condition.text);
    for part in &condition.parts {
        self::condition(out, part, depth + 1);
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
