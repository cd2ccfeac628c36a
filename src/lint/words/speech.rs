//! What a sentence speaks of: what is owed, or what was, what may happen, and what others do.

use std::collections::BTreeSet;
use std::ops::Range;

use super::text::Folded;
use crate::model::{Commitment, Head, Model, Subject};

/// Words of what has been.
const PAST: [&str; 12] = [
    "ago",
    "did",
    "formerly",
    "had",
    "historically",
    "led",
    "previously",
    "used to",
    "was",
    "were",
    "last year",
    "last quarter",
];

/// Words before a year that has been.
const UNTIL: [&str; 7] = ["before", "during", "in", "of", "since", "till", "until"];

/// What was done with the agreement itself, where somebody follows who did it.
const HISTORY: [&str; 9] = [
    "agreed",
    "approved",
    "discussed",
    "drafted",
    "negotiated",
    "presented",
    "proposed",
    "reviewed",
    "signed",
];

/// Words that make a duty.
const DUTIES: [&str; 7] = ["must", "shall", "will", "has to", "have to", "needs to", "need to"];

/// Words of what may happen, or does for the most part.
const CHANCES: [&str; 15] = [
    "average",
    "can",
    "could",
    "estimate",
    "estimated",
    "forecast",
    "likely",
    "may",
    "might",
    "mostly",
    "no promise",
    "not a promise",
    "often",
    "typically",
    "usually",
];

/// Words of something beside the duty.
const OTHERS: [&str; 9] =
    ["another", "else", "next", "nobody", "otherwise", "retries", "retry", "second", "third"];

/// Acts that are one to whoever writes of them.
const ACTS: [&[&str]; 9] = [
    &["answer", "call", "contact", "phone", "reach", "reply", "respond", "ring", "touch", "greet", "email"],
    &["attempt", "try", "tries", "tried", "call", "contact", "touch"],
    &["fix", "recover", "repair", "resolve", "restore", "solve"],
    &["accept", "acknowledge", "claim", "confirm", "pick", "take", "taken"],
    &["assess", "check", "decide", "judge", "qualify", "review", "verify"],
    &[
        "create", "deliver", "generate", "give", "given", "hand", "make", "made", "produce", "provide",
        "send", "sent",
    ],
    &["inform", "notify", "report", "tell", "told", "update", "warn"],
    &["meet", "met", "present", "visit"],
    &["complete", "close", "do", "done", "finish", "handle", "process"],
];

/// What is done to something that is dealt with at all.
const NEUTRAL: [&str; 13] = [
    "begun",
    "completed",
    "done",
    "due",
    "finished",
    "given",
    "handled",
    "made",
    "met",
    "owed",
    "promised",
    "required",
    "started",
];

/// What is done to something else, where the form of the word does not tell.
const FOREIGN: [&str; 12] =
    ["bought", "held", "kept", "left", "lost", "paid", "put", "sent", "shown", "sold", "told", "written"];

/// Words after which what is done follows.
const PASSIVE: [&str; 5] = ["are", "be", "being", "gets", "is"];

/// Words between them.
const BETWEEN: [&str; 6] = ["all", "also", "always", "both", "each", "then"];

/// Words by which somebody has a time, without an act.
const HAVE: [&str; 7] = ["get", "gets", "has", "have", "receives", "wait", "waits"];

/// Words that say nothing of who does what.
const SMALL: [&str; 37] = [
    "a", "an", "and", "at", "but", "by", "each", "every", "for", "from", "in", "inside", "least", "less",
    "maximum", "more", "most", "no", "not", "of", "on", "or", "so", "than", "that", "the", "then", "to",
    "under", "within", "late", "later", "target", "limit", "always", "i.e", "e.g",
];

/// Whether a sentence tells of what has been.
pub fn is_past(sentence: &str) -> bool {
    let lower = sentence.to_ascii_lowercase();
    let said = words(&lower);
    let years = said.windows(2).any(|pair| is_year(pair[1]) && UNTIL.contains(&pair[0]));
    let history =
        matches!(&said[..], [first, by, ..] if HISTORY.contains(first) && matches!(*by, "by" | "with"));
    history || (years || any_of(&said, &PAST)) && !any_of(&said, &DUTIES)
}

/// What a promise is about, in the words of prose.
#[derive(Debug)]
pub struct Duty {
    /// What is done.
    acts: BTreeSet<String>,
    /// Who does it, and to what.
    names: BTreeSet<String>,
}

impl Duty {
    /// The words of a commitment.
    pub fn new(model: &Model, commitment: &Commitment) -> Self {
        let verb = commitment.verb.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        let alike = ACTS.iter().filter(|group| group.contains(&verb.as_str()));
        let acts = alike.flat_map(|group| group.iter().map(|act| (*act).to_owned())).chain([verb.clone()]);
        let mut heads: Vec<&Head> = Vec::new();
        if let Some(subject) = commitment.subject() {
            heads.push(model.subject_head(subject));
            if let Subject::Definition(_) = subject {
                heads.extend(model.record_of(subject).map(|record| &model.records[record].head));
            }
        }
        if let Some(role) = commitment.actor.get().map(|role| &model.roles[*role]) {
            heads.push(&role.head);
            let party = role.party.as_ref().and_then(|party| party.get());
            heads.extend(party.map(|party| &model.parties[*party].head));
        }
        let titles = heads.iter().filter_map(|head| head.title.as_deref()).filter(|t| !t.contains(' '));
        let names = heads.iter().map(|head| head.name.text.as_str()).chain(titles).chain(["we", "rep"]);
        Duty { acts: acts.collect(), names: names.map(str::to_ascii_lowercase).collect() }
    }

    /// Whether a time in a text is that of the duty.
    pub fn has_time(&self, text: &str, part: &Range<usize>) -> bool {
        let Some((before, after)) = self.around(text, part) else { return false };
        let near = before.rsplit(',').next().unwrap_or_default();
        if has_content(&words(near)) { self.is_done(&words(near)) } else { self.is_said(&before, &after) }
    }

    /// Whether a number in a text is that of the duty.
    pub fn has_number(&self, text: &str, part: &Range<usize>) -> bool {
        let around = self.around(text, part);
        around.is_some_and(|(before, after)| {
            !any_of(&words(&after), &["expected to"]) && self.is_said(&before, &after)
        })
    }

    /// What a clause says around a part, unless the sentence is about something else.
    fn around(&self, text: &str, part: &Range<usize>) -> Option<(String, String)> {
        let text = &text.to_ascii_lowercase();
        let sentence = sentence(text, part.start);
        let said = words(&text[sentence.clone()]);
        let own = |word: &&str| !self.is_act(word);
        let chances = CHANCES.iter().copied().filter(own).collect::<Vec<_>>();
        if is_past(&text[sentence.clone()])
            || any_of(&said, &chances)
            || said.iter().any(|word| is_year(word))
        {
            return None;
        }
        let before = text[sentence.start..part.start].rsplit(';').next().unwrap_or_default();
        let after = text.get(part.end..sentence.end)?.split(';').next().unwrap_or_default();
        let others = any_of(&words(before), &OTHERS) || any_of(&words(after), &OTHERS);
        (!others).then(|| (before.to_owned(), after.to_owned()))
    }

    /// Whether a whole clause is about the duty: it says so, or says nothing of who does what.
    fn is_said(&self, before: &str, after: &str) -> bool {
        let all: Vec<&str> = [words(before), words(after)].concat();
        let no_verb = !any_of(&all, &PASSIVE) && !any_of(&all, &DUTIES) && !any_of(&all, &HAVE);
        // `In summer, at least 40%` says nothing either.
        let near = before.rsplit(',').next().unwrap_or_default();
        self.is_done(&all) || no_verb && !has_content(&words(near))
    }

    /// Whether some words say that what is owed is done.
    fn is_done(&self, said: &[&str]) -> bool {
        let (mut done, mut act, mut foreign, mut neutral) = (false, false, false, any_of(said, &HAVE));
        for (at, word) in said.iter().enumerate() {
            let before = said[..at].iter().rev().find(|word| !BETWEEN.contains(word)).copied();
            let passive = before.is_some_and(|before| PASSIVE.contains(&before));
            if self.is_act(word) {
                let also = word.ends_with("ed") && matches!(before, Some("and" | "or"));
                done |= passive || also;
                act |= !is_attached(&said[..at]);
            } else if passive && NEUTRAL.contains(word) {
                neutral = true;
            } else if passive && (word.ends_with("ed") || FOREIGN.contains(word)) {
                foreign = true;
            }
        }
        let named = said.iter().any(|word| {
            self.names.contains(word.strip_suffix('s').unwrap_or(word)) || self.names.contains(*word)
        });
        done || !foreign && (act || named && neutral)
    }

    fn is_act(&self, word: &str) -> bool {
        self.acts.iter().any(|act| is_form_of(word, act))
    }
}

/// The words of a text in small letters, without the signs around them.
fn words(text: &str) -> Vec<&str> {
    let bare = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    bare.filter(|word| !word.is_empty()).collect()
}

/// Whether a word belongs to the one before it, as `the recording of a call`.
fn is_attached(before: &[&str]) -> bool {
    let before = match before {
        [rest @ .., "a" | "an" | "the" | "each" | "every" | "all" | "our"] => rest,
        all => all,
    };
    matches!(before.last(), Some(&("of" | "about" | "after" | "before" | "for" | "from" | "with")))
}

/// Whether some words are more than small ones and numbers.
fn has_content(said: &[&str]) -> bool {
    said.iter().any(|word| !SMALL.contains(word) && !word.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_form_of(word: &str, act: &str) -> bool {
    let stem = act.strip_suffix(['e', 'y']).unwrap_or(act);
    let doubled = act.chars().next_back();
    let Some(end) = word.strip_prefix(stem) else { return false };
    let end = doubled.and_then(|last| end.strip_prefix(last)).filter(|rest| rest.len() > 1).unwrap_or(end);
    word == act || ["s", "es", "ed", "ing", "ies", "ied", "ying"].contains(&end)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: u16| (1990..2100).contains(&year))
}

/// Whether one of some phrases stands among words.
fn any_of(said: &[&str], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        said.windows(phrase.len()).any(|words| words == phrase)
    })
}

/// The sentence of a text in which a place stands.
fn sentence(text: &str, at: usize) -> Range<usize> {
    let folded = Folded::new(text);
    let ends: Vec<usize> = folded.sentence_ends().into_iter().map(|end| folded.at(end)).collect();
    let number = ends.partition_point(|end| *end <= at);
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    start..ends.get(number).copied().unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duty() -> Duty {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Duty { acts: set(&["call", "contact", "reach"]), names: set(&["mql", "sdr", "we"]) }
    }

    fn has_time(text: &str) -> bool {
        let start = text.find("9 days").unwrap();
        duty().has_time(text, &(start..start + 6))
    }

    #[test]
    fn what_has_been_binds_nobody() {
        for text in ["It led to this.", "In 2024 all try.", "Signed by both.", "Calls were due at noon."] {
            assert!(is_past(text), "{text}");
        }
        for text in ["All that were lost must be called.", "From 2026 on all try.", "Called by both.", "Try."]
        {
            assert!(!is_past(text), "{text}");
        }
    }

    #[test]
    fn a_time_is_that_of_the_duty() {
        for text in [
            "Every MQL is called within 9 days.",
            "Every MQL is qualified and called within 9 days.",
            "Each gets a call within 9 days.",
            "We finish; calls are made within 9 days.",
            "Every MQL, when new, is contacted within 9 days.",
            "Within 9 days of the form.",
            "In the summer, within 9 days.",
            "Called at once, or within 9 days.",
            "A MQL is handled within 9 days.",
            "Within 9 days, every MQL is called.",
        ] {
            assert!(has_time(text), "{text}");
        }
    }

    #[test]
    fn a_time_is_that_of_something_else() {
        for text in [
            "The recording of a call is erased within 9 days.",
            "A recorded call is kept and erased within 9 days.",
            "Every MQL is deleted within 9 days.",
            "In 2023 all were called within 9 days.",
            "Calls may be repeated within 9 days.",
            "The next call follows within 9 days.",
            "SDRs report their numbers within 9 days.",
            "Within 9 days, the recording is deleted.",
            "The dialler starts within 9 days.",
        ] {
            assert!(!has_time(text), "{text}");
        }
    }
}
