//! Sentences whose words are all there, but in another form: who is bound, how strongly, to what.

use crate::syntax::explain::repair::{Broken, Repair};
use crate::syntax::explain::tokens::{Look, Token, is_word};
use crate::syntax::grammar::Rule;
use crate::syntax::keywords::{BlockWord, clause_words};

/// Guesses at a promise: who is bound, how strongly, to do what.
pub(in crate::syntax::explain) fn promise(broken: &Broken<'_>) -> Vec<Repair> {
    let mut out = Vec::new();
    out.extend(beyond(broken));
    out.extend(weak_modal(broken));
    out.extend(no_modal(broken));
    out.extend(level_without_quotes(broken));
    out.extend(level_per_period(broken));
    out.extend(verb_of_several_words(broken));
    out.extend(no_bound(broken));
    out.extend(article_of_field(broken));
    out.extend(no_article(broken));
    out.extend(share_without_sign(broken));
    out.extend(share_with_limit(broken));
    out.extend(average(broken));
    out
}

/// `target average under 1 hour`.
fn average(broken: &Broken<'_>) -> Option<Repair> {
    let (_, token) = broken.near().find(|(_, t)| matches!(t.text, "average" | "mean" | "avg"))?;
    Some(
        Repair::replace(token.range.clone(), format!("`{}` is not measured", token.text), "median")
            .label("write `median`, or a percentile such as `p90`")
            .help("One extreme case moves an average far from what most people see."),
    )
}

/// `more than 60%`, `fewer than 20 mql`: bounds belong to what they allow.
fn beyond(broken: &Broken<'_>) -> Option<Repair> {
    let modal = broken.tokens.iter().position(|t| matches!(t.text, "must" | "should"))?;
    let than = broken.tokens.iter().skip(modal).position(|t| t.text == "than")? + modal;
    let (word, than, amount) =
        (broken.token(than.checked_sub(1)?)?, broken.token(than)?, broken.token(than + 1)?);
    let (bound, next): (_, fn(u64) -> Option<u64>) = match word.text {
        "more" | "greater" | "higher" => ("at least", |n| n.checked_add(1)),
        "less" | "fewer" | "lower" => ("at most", |n| n.checked_sub(1)),
        _ => return None,
    };
    let said = format!("{} than {}", word.text, amount.text);
    let message = format!("a promise says `at least` or `at most`, not `{said}`");
    if let Some(exact) = amount.text.parse().ok().and_then(next) {
        let right = format!("{bound} {exact}");
        return Some(Repair::replace(word.range.start..amount.range.end, message, right));
    }
    let help = format!(
        "`{bound} {0}` is kept by {0} itself. Where that is not enough, move the number.",
        amount.text
    );
    Some(Repair::replace(word.range.start..than.range.end, message, bound).help(help))
}

/// `reason no_need of reject_reason -> end`: a line about reasons begins with the name of their field.
pub(in crate::syntax::explain) fn reason_of_field(broken: &Broken<'_>) -> Option<Repair> {
    let first = broken.token(0).filter(|t| t.text == "reason")?;
    let of = broken.tokens.iter().position(|t| t.text == "of")?;
    let (start, end) = (broken.token(1)?, broken.token(of.checked_sub(1)?)?);
    let field = broken.token(of + 1)?;
    let values = broken.text.get(start.range.start..end.range.end).filter(|_| of > 1)?;
    let message = "what follows from a reason begins with the name of its field";
    let right = format!("{} {values}", field.text);
    Some(Repair::replace(first.range.start..field.range.end, message, right))
}

/// `badge "Club" when q met for 3 consecutive months`.
pub(in crate::syntax::explain) fn met_in_a_row(broken: &Broken<'_>) -> Option<Repair> {
    let met = broken.tokens.windows(2).position(|pair| (pair[0].text, pair[1].text) == ("met", "for"))?;
    let (from, last) = (broken.token(met + 1)?, broken.tokens.last()?);
    let message = "`met` is asked of one period, not of several in a row";
    let help = "Several in a row go with a share, of a promise about single items: `at least 98% for 3 consecutive months`.";
    Some(
        Repair::delete(from.range.start..last.range.end, message)
            .widened(broken.removal(met + 1, broken.tokens.len() - 1))
            .help(help),
    )
}

/// `sdr shall contact`: how strongly?
fn weak_modal(broken: &Broken<'_>) -> Option<Repair> {
    let (actor, modal) = (broken.token(0)?, broken.token(1)?);
    if !matches!(modal.text.to_lowercase().as_str(), "shall" | "will" | "would") {
        return None;
    }
    let message =
        format!("`{} {}` does not say how strongly `{}` is bound", actor.text, modal.text, actor.text);
    let help = "`must` is owed and reported as a breach; `should` is aimed at and reported as a target.";
    Some(
        Repair::replace(modal.range.clone(), message, "must")
            .or("write `should`", modal.range.clone(), "should")
            .label("write `must` or `should`")
            .help(help),
    )
}

/// `sdr contacts each mql`.
fn no_modal(broken: &Broken<'_>) -> Option<Repair> {
    let (actor, verb) = (broken.token(0)?, broken.token(1)?);
    let plain = |t: &Token<'_>| t.kind == Look::Word && t.text.chars().all(is_word);
    if clause_words(BlockWord::Commitment).contains(&actor.text) {
        return None;
    }
    if !plain(actor)
        || !plain(verb)
        || broken.tokens.iter().any(|t| matches!(t.text, "must" | "should" | "may"))
    {
        return None;
    }
    let stem = verb.text.strip_suffix("es").filter(|s| s.ends_with("ch")).or(verb.text.strip_suffix('s'));
    let right = format!("must {}", stem.unwrap_or(verb.text));
    Some(
        Repair::replace(verb.range.clone(), "a promise says `must` or `should`", right)
            .label("how strongly?")
            .help("`must` is owed and reported as a breach; `should` is aimed at and reported as a target."),
    )
}

/// `follow up with each mql`.
fn verb_of_several_words(broken: &Broken<'_>) -> Option<Repair> {
    let modal = broken.tokens.iter().position(|t| matches!(t.text, "must" | "should" | "may"))?;
    let behind = broken.tokens.iter().skip(modal + 1).skip_while(|t| t.text == "not");
    let stops =
        ["each", "every", "a", "an", "any", "all", "at", "within", "sooner", "by", "via", "the", "to"];
    let verb: Vec<&Token<'_>> =
        behind.take_while(|t| t.kind == Look::Word && !stops.contains(&t.text)).collect();
    let (first, last) = (verb.first()?, verb.last()?);
    let plain =
        verb.iter().all(|t| t.text != "worth" && t.text.chars().all(|c| c.is_alphabetic() || c == '-'));
    if verb.len() < 2 || verb.len() > 5 || !plain {
        return None;
    }
    let place = first.range.start..last.range.end;
    let phrase = broken.text.get(place.clone())?;
    let right = format!("\"{phrase}\"");
    Some(Repair::replace(place, "a verb of several words stands in quotes", right).label("put it in quotes"))
}

/// `provider must keep the service available at least 99.9% of each month`: what is kept so stands in quotes.
fn level_without_quotes(broken: &Broken<'_>) -> Option<Repair> {
    let modal = broken.tokens.iter().position(|t| matches!(t.text, "must" | "should"))?;
    let bound = broken.tokens.iter().position(|t| t.text == "at")?;
    let behind: Vec<&str> = broken.tokens.iter().skip(bound + 2).map(|t| t.text).collect();
    let is_level = match behind.as_slice() {
        [share, "of", "each" | "the" | "every", period, ..] if share.ends_with('%') => is_period(period),
        [_, unit, "per", period, ..] => UNITS.contains(&unit.trim_end_matches('s')) && is_period(period),
        _ => false,
    };
    let (first, last) = (broken.token(modal + 2)?, broken.token(bound.checked_sub(1)?)?);
    if !is_level || bound < modal + 3 || first.text.starts_with('"') {
        return None;
    }
    let place = first.range.start..last.range.end;
    let right = format!("\"{}\"", broken.text.get(place.clone())?);
    Some(Repair::replace(place, "what is kept so stands in quotes", right).label("put it in quotes").bold())
}

/// `at least 99.9% per month`, `at least 99.9% of the month`.
fn level_per_period(broken: &Broken<'_>) -> Option<Repair> {
    let share = broken.tokens.iter().position(|t| t.text.ends_with('%'))?;
    let what = broken.tokens.iter().take(share).any(|t| t.text.starts_with('"'));
    let period = match (broken.token(share + 1)?.text, broken.token(share + 2)?.text) {
        ("per" | "of", period) if is_period(period) => share + 2,
        ("of", "the" | "every" | "any" | "a") => share + 3,
        _ => return None,
    };
    let word = broken.token(period).filter(|t| what && is_period(t.text))?;
    let place = broken.token(share + 1)?.range.start..word.range.end;
    let said = broken.text.get(place.clone())?;
    let right = format!("of each {}", word.text.trim_end_matches('s'));
    Some(Repair::replace(place, format!("`{said}` is written `{right}` here"), right).bold())
}

fn is_period(word: &str) -> bool {
    matches!(word.trim_end_matches('s'), "day" | "week" | "month" | "quarter" | "year")
}

const UNITS: [&str; 5] = ["minute", "hour", "day", "week", "month"];

/// `with a reason`.
fn article_of_field(broken: &Broken<'_>) -> Option<Repair> {
    let index = broken.index();
    let (with, article) = (broken.token(index.checked_sub(2)?)?, broken.token(index - 1)?);
    if !matches!(with.text, "with" | "without") || !matches!(article.text, "a" | "an" | "the") {
        return None;
    }
    Some(
        Repair::delete(article.range.clone(), format!("`{}` is not needed here", article.text))
            .widened(broken.removal(index - 1, index - 1))
            .help("Fields are called by their names alone."),
    )
}

/// `must deliver 200 mql per month`.
fn no_bound(broken: &Broken<'_>) -> Option<Repair> {
    let amount = broken.token(broken.index())?;
    if !amount.text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '€' | '£')) {
        return None;
    }
    let at = amount.range.start;
    let unit = broken.token(broken.index() + 1).map_or("", |t| t.text);
    if matches!(unit, "business" | "calendar") || UNITS.contains(&unit.trim_end_matches('s')) {
        let message = "a lead time says `at least`";
        return Some(Repair::insert(amount.range.clone(), message, at, "at least "));
    }
    if unit.trim_end_matches('s') == "time" {
        let message = "a number of attempts says `at least`";
        return Some(Repair::insert(amount.range.clone(), message, at, "at least "));
    }
    Some(
        Repair::insert(
            amount.range.clone(),
            format!("at least or at most {}?", amount.text),
            at,
            "at least ",
        )
        .or("write `at most`", at..at, "at most ")
        .label("a floor or a ceiling"),
    )
}

/// `must contact mql within ..`.
fn no_article(broken: &Broken<'_>) -> Option<Repair> {
    let items = broken.previous().filter(|t| t.kind == Look::Word)?;
    let message = format!("`each` is missing in front of `{}`", items.text);
    Some(Repair::insert(items.range.clone(), message, items.range.start, "each ").label("each one of them?"))
}

/// `accept at least 60 of mql`.
fn share_without_sign(broken: &Broken<'_>) -> Option<Repair> {
    let of = broken.tokens.windows(2).find_map(|pair| match pair {
        [number, of] if of.text == "of" && number.text.chars().all(|c| c.is_ascii_digit()) => Some(number),
        _ => None,
    })?;
    let message = format!("`{}` is not a percentage", of.text);
    Some(Repair::replace(of.range.clone(), message, format!("{}%", of.text)))
}

/// `must contact 95% of mql within 4 hours`: two clauses in one.
fn share_with_limit(broken: &Broken<'_>) -> Option<Repair> {
    let at = broken.tokens.iter().position(|t| t.text.ends_with('%'))?;
    let (share, of) = (broken.token(at)?, broken.token(at + 1).filter(|t| t.text == "of")?);
    let mut from = share;
    if let Some([bound, limit]) = at.checked_sub(2).and_then(|i| broken.tokens.get(i..at))
        && (bound.text, limit.text) == ("at", "least")
    {
        from = bound;
    }
    let place = from.range.start..of.range.end;
    let help =
        format!("Say how many must make it in a clause of its own: `target {} per month`.", share.text);
    Some(
        Repair::replace(place, "a promise with a time limit is about each item", "each")
            .label("write `each`")
            .help(help),
    )
}

/// `then manager present "a plan"`.
pub(in crate::syntax::explain) fn no_strength(broken: &Broken<'_>) -> Option<Repair> {
    if !broken.expects(&[Rule::duty, Rule::kw_must]) || broken.token(0).is_none_or(|t| t.text != "then") {
        return None;
    }
    let verb = broken.token(broken.index())?;
    let at = verb.range.start;
    Some(
        Repair::insert(verb.range.clone(), "a promise says `must` or `should`", at, "must ")
            .or("write `should`", at..at, "should ")
            .label("how strongly?"),
    )
}

/// `1 hour before deadline remind sdr`: the other way round.
pub(in crate::syntax::explain) fn anchor_behind_duration(broken: &Broken<'_>) -> Option<Repair> {
    let first = broken.token(0).filter(|t| t.text.starts_with(|c: char| c.is_ascii_digit()))?;
    let turn = broken.tokens.iter().position(|t| matches!(t.text, "before" | "after"))?;
    let (word, event) = (broken.token(turn)?, broken.token(turn + 1)?);
    let last = broken.token(turn.checked_sub(1)?)?;
    let duration = broken.text.get(first.range.start..last.range.end)?;
    let right = format!("{} {} by {duration}", word.text, event.text);
    let place = first.range.start..event.range.end;
    Some(Repair::replace(place, "the moment comes before the time from it", right))
}

/// `expect mql = true`, `expect mql is false`.
pub(in crate::syntax::explain) fn expected_truth(broken: &Broken<'_>) -> Option<Repair> {
    let [expect, name, sign, truth] = broken.tokens.as_slice() else { return None };
    if expect.text != "expect" || !matches!(sign.text, "=" | "is" | "==" | ":") {
        return None;
    }
    let right = match truth.text {
        "true" | "yes" => name.text.to_owned(),
        "false" | "no" => format!("not {}", name.text),
        _ => return None,
    };
    let place = name.range.start..truth.range.end;
    let message = format!("this is written `expect {right}`");
    Some(Repair::replace(place, message, right).label("this says no more than the name alone"))
}

/// `count(activity)`, `sum(activity.minutes)`.
pub(in crate::syntax::explain) fn called(broken: &Broken<'_>) -> Option<Repair> {
    let (open, _) = broken.near().find(|(_, t)| t.text == "(")?;
    let word = broken.token(open.checked_sub(1)?).filter(|t| matches!(t.text, "count" | "sum"))?;
    let close = (open..).map_while(|i| broken.token(i)).find(|t| t.text == ")")?;
    let inside = broken.text.get(broken.token(open)?.range.end..close.range.start)?.trim();
    let place = word.range.start..close.range.end;
    let right = format!("{} of {inside}", word.text);
    let said = broken.text.get(place.clone())?;
    Some(Repair::replace(place, format!("`{said}` is written `{right}`"), right))
}

/// `has email`, `exists(email)`.
pub(in crate::syntax::explain) fn presence(broken: &Broken<'_>) -> Option<Repair> {
    let index = broken.index();
    let near = [Some(index), index.checked_sub(1)].into_iter().flatten();
    let is_there = |t: &Token<'_>| matches!(t.text.to_lowercase().as_str(), "has" | "exists" | "isset");
    let start = near.into_iter().find(|i| broken.token(*i).is_some_and(is_there))?;
    let first = broken.token(start)?;
    let mut field = broken.token(start + 1)?;
    let mut last = field;
    if field.text == "(" {
        (field, last) = (broken.token(start + 2)?, broken.token(start + 3)?);
    }
    let place = first.range.start..last.range.end;
    let (said, right) = (broken.text.get(place.clone())?, format!("{} is set", field.text));
    Some(Repair::replace(place, format!("`{said}` is written `{right}`"), right))
}
