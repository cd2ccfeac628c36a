//! Clauses of `score`.

use super::{Kind, Row, prose, text, when};
use crate::syntax::ast::{Cap, ScoreClause, Spanned, WordValue};
use crate::syntax::format::condition::which;
use crate::syntax::format::words::{Doc, duration_value, how_often, value};

pub(super) fn score(clause: &ScoreClause) -> Row<'_> {
    let row = |points: &WordValue, doc| Row::new(Kind::Points).column(value(points)).cell(doc);
    match clause {
        ScoreClause::When(points, condition) => row(points, when(condition)),
        ScoreClause::EachChild(points, children, caps) => {
            let each = text(format!("for each {}", children.record.node));
            row(points, capped(which(each, children), caps))
        }
        ScoreClause::EachTime(points, every, since, caps) => {
            let each = format!("for each {} since {}", duration_value(every), value(since));
            row(points, capped(text(each), caps))
        }
        ScoreClause::Add { least, most, of } => {
            let bounds = bounds(least.as_ref(), most.as_ref());
            let from = if bounds.is_empty() { String::new() } else { format!("{bounds} from ") };
            Row::new(Kind::Points).column("add").cell(text(format!("{from}{}", of.node)))
        }
        ScoreClause::Total { least, most } => {
            Row::new(Kind::Points).column("total").cell(text(bounds(least.as_ref(), most.as_ref())))
        }
        ScoreClause::Note(note) => prose(Kind::Points, "note", note),
    }
}

/// `at least 0 at most 70`.
fn bounds(least: Option<&WordValue>, most: Option<&WordValue>) -> String {
    let bound = |(level, words): (Option<&WordValue>, &str)| Some(format!("{words} {}", value(level?)));
    let bounds: Vec<String> =
        [(least, "at least"), (most, "at most")].into_iter().filter_map(bound).collect();
    bounds.join(" ")
}

pub(super) fn capped<'a>(doc: Doc<'a>, caps: &[Spanned<Cap>]) -> Doc<'a> {
    caps.iter().fold(doc, |doc, cap| {
        let often = how_often(&cap.node.times);
        let per = cap.node.per.map(|per| format!(" per {}", per.node)).unwrap_or_default();
        doc.append(Doc::line()).append(format!("at most {often}{per}"))
    })
}
