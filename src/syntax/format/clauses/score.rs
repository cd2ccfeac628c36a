//! Clauses of `score`.

use super::{Kind, Row, prose, text, when};
use crate::model::Bound;
use crate::syntax::ast::{Cap, OrTbd, ScoreClause, Spanned, WordValue};
use crate::syntax::format::condition::which;
use crate::syntax::format::words::{Doc, duration_value, times, value};

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
            let bounds: Vec<String> = [(least, "at least"), (most, "at most")]
                .into_iter()
                .filter_map(|(level, words)| Some(format!("{words} {} ", value(level.as_ref()?))))
                .collect();
            let from = if bounds.is_empty() { "" } else { "from " };
            Row::new(Kind::Points).column("add").cell(text(format!("{}{from}{}", bounds.concat(), of.node)))
        }
        ScoreClause::Total(bound, level) => {
            let words = match bound {
                Bound::AtLeast => "at least",
                Bound::AtMost => "at most",
            };
            Row::new(Kind::Points).column("total").cell(text(format!("{words} {}", value(level))))
        }
        ScoreClause::Note(note) => prose(Kind::Points, "note", note),
    }
}

pub(super) fn capped<'a>(doc: Doc<'a>, caps: &[Spanned<Cap>]) -> Doc<'a> {
    caps.iter().fold(doc, |doc, cap| {
        let often = match &cap.node.times {
            OrTbd::Known(once) if once.node == "once" => once.node.clone(),
            many => times(many),
        };
        let per = cap.node.per.map(|per| format!(" per {}", per.node)).unwrap_or_default();
        doc.append(Doc::line()).append(format!("at most {often}{per}"))
    })
}
