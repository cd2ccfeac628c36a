//! Questions about child records in words.

use super::super::document::{Say, Text};
use super::super::words;
use super::phrase::Speaker;
use crate::model::children::{MomentTest, Window, WindowSpan};
use crate::model::{Aggregate, AggregateKind, Children, Id, Record, Subject};

impl Speaker<'_, '_> {
    /// `the number of Activities (where Kind is call)`.
    pub(super) fn aggregate(&self, aggregate: &Aggregate) -> Text {
        let record = aggregate.of.record;
        let all = self.book.subjects(Subject::Record(record));
        let field = |field| self.book.field(record, field);
        let say = match aggregate.kind {
            AggregateKind::Count => Say::new("the number of ").and(all),
            AggregateKind::Sum(of) => Say::new("the sum of ").and(field(of)).words(" over its ").and(all),
            AggregateKind::Latest(of) => Say::new("the latest ").and(field(of)).words(" of its ").and(all),
            AggregateKind::Earliest(of) => {
                Say::new("the earliest ").and(field(of)).words(" of its ").and(all)
            }
        };
        say.text(self.which(&aggregate.of)).end()
    }

    /// `there is no Activity (where Kind is call)`.
    pub(super) fn existence(&self, children: &Children, how_many: &str) -> Say {
        Say::new(format!("there is {how_many} "))
            .and(self.book.record(children.record))
            .text(self.which(children))
    }

    /// Which of them, in brackets; empty for all.
    pub fn which(&self, children: &Children) -> Text {
        let condition = children.condition.as_ref().map(|condition| {
            let inner = Speaker { book: self.book, record: children.record };
            Say::new("where ").text(inner.phrase(condition).inline())
        });
        let window = children.window.map(|window| self.window(children.record, window));
        let say = match (condition, window) {
            (None, None) => return Text::new(),
            (Some(condition), None) => condition,
            (None, Some(window)) => Say::new("with ").text(window.end()),
            (Some(condition), Some(window)) => condition.words("; with ").text(window.end()),
        };
        Say::new(" (").text(say.end()).words(")").end()
    }

    fn window(&self, child: Id<Record>, window: Window) -> Say {
        let at = Say::default().and(self.book.field(child, window.at));
        let field = |field| self.book.field(self.record, field);
        match window.span {
            WindowSpan::Last(duration) => {
                at.words(format!(" in the last {}, and not in the future", words::duration(duration)))
            }
            WindowSpan::After(of) => at.words(" after ").and(field(of)),
            WindowSpan::Before(of) => at.words(" before ").and(field(of)),
            WindowSpan::Within(duration, of) => at
                .words(" not before ")
                .and(field(of))
                .words(format!(" and at most {} after it", words::duration(duration))),
        }
    }

    /// A question about the latest or earliest moment.
    pub(super) fn moment(&self, aggregate: &Aggregate, test: MomentTest) -> Text {
        let moment = self.aggregate(aggregate);
        match test {
            MomentTest::Blank => Say::new("there is no such moment as ").text(moment).end(),
            MomentTest::Set => Say::new("there is such a moment as ").text(moment).end(),
            MomentTest::OlderThan(duration) => {
                Say::new(format!("more than {} have passed since ", words::duration(duration)))
                    .text(moment)
                    .end()
            }
            MomentTest::Within(duration, of) => Say::default()
                .text(moment)
                .words(" is not before ")
                .and(self.book.field(self.record, of))
                .words(format!(" and at most {} after it", words::duration(duration)))
                .end(),
        }
    }
}
