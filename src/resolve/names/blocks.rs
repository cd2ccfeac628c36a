//! The blocks of an agreement by kind, and the declaring of their names.

use super::{Count, DUPLICATE, Kind, Symbol};
use crate::diagnostic::Diagnostic;
use crate::model::{Head, Name};
use crate::resolve::Resolver;
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, Block, ItemKind, Word};

/// A block with where it stands and whether all of it could be read.
pub(in crate::resolve) struct Entry<'a, C> {
    pub block: &'a Block<C>,
    pub span: Span,
    pub state: ast::State,
}

impl<C> Clone for Entry<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<C> Copy for Entry<'_, C> {}

type Entries<'a, C> = Vec<Entry<'a, C>>;

/// The blocks of each kind, in order of ids: by file, then by place.
#[derive(Default)]
pub(in crate::resolve) struct Blocks<'a> {
    pub agreements: Entries<'a, ast::AgreementClause>,
    pub parties: Entries<'a, ast::PartyClause>,
    pub roles: Entries<'a, ast::RoleClause>,
    pub calendars: Entries<'a, ast::CalendarClause>,
    pub channels: Entries<'a, ast::ChannelClause>,
    pub records: Entries<'a, ast::RecordClause>,
    /// By record: the name of its parent, if it has one.
    pub parents: Vec<Option<&'a Word>>,
    pub scores: Vec<(&'a Word, Entry<'a, ast::ScoreClause>)>,
    pub definitions: Entries<'a, ast::DefinitionClause>,
    pub commitments: Entries<'a, ast::CommitmentClause>,
    pub contingencies: Entries<'a, ast::ContingencyClause>,
    pub exceptions: Entries<'a, ast::ExceptionClause>,
    pub lifecycles: Vec<(&'a ast::FieldPath, Entry<'a, ast::LifecycleClause>)>,
    pub goals: Entries<'a, ast::GoalClause>,
    pub disputes: Entries<'a, ast::DisputeClause>,
    pub incentives: Entries<'a, ast::IncentiveClause>,
    pub credits: Vec<(&'a Word, Entry<'a, ast::CreditClause>)>,
    pub routings: Vec<(&'a Word, Entry<'a, ast::RoutingClause>)>,
    pub scenarios: Vec<(&'a Word, &'a [ast::Spanned<ast::ScenarioClause>], Span)>,
}

impl<'a> Blocks<'a> {
    /// The names of one kind.
    pub(super) fn names(&self, kind: Kind) -> Box<dyn Iterator<Item = &'a str> + '_> {
        fn of<'b, 'a, C>(entries: &'b [Entry<'a, C>]) -> Box<dyn Iterator<Item = &'a str> + 'b> {
            Box::new(entries.iter().map(|e| e.block.name.node.as_str()))
        }
        match kind {
            Kind::Agreement => of(&self.agreements),
            Kind::Party => of(&self.parties),
            Kind::Role => of(&self.roles),
            Kind::Calendar => of(&self.calendars),
            Kind::Channel => of(&self.channels),
            Kind::Record => of(&self.records),
            Kind::Score => Box::new(self.scores.iter().map(|(_, e)| e.block.name.node.as_str())),
            Kind::Definition => of(&self.definitions),
            Kind::Commitment => of(&self.commitments),
            Kind::Contingency => of(&self.contingencies),
            Kind::Exception => of(&self.exceptions),
            Kind::Lifecycle => Box::new(self.lifecycles.iter().map(|(_, e)| e.block.name.node.as_str())),
            Kind::Goal => of(&self.goals),
            Kind::Routing => Box::new(self.routings.iter().map(|(_, e)| e.block.name.node.as_str())),
            Kind::Credit => Box::new(self.credits.iter().map(|(_, e)| e.block.name.node.as_str())),
            Kind::Dispute => of(&self.disputes),
            Kind::Incentive => of(&self.incentives),
            Kind::Lost => Box::new(std::iter::empty()),
        }
    }
}

impl<'a> Resolver<'a> {
    /// Gives every block its id, and every name its meaning.
    pub(in crate::resolve) fn declare(&mut self) {
        for unit in self.units {
            for item in &unit.tree.items {
                self.declare_item(item);
            }
            for name in &unit.tree.lost_names {
                let span = Span { file: unit.file, ..Span::default() };
                if self.taken(name, unit.file).is_none() {
                    let lost = Symbol { kind: Kind::Lost, span, index: 0, count: Count::Once };
                    self.symbols.entry(name.clone()).or_default().push(lost);
                }
            }
        }
    }

    fn declare_item(&mut self, item: &'a ast::Item) {
        macro_rules! declare {
            ($block:expr, $kind:ident, $list:ident) => {{
                let index = self.blocks.$list.len();
                if self.declare_name(&$block.name, Kind::$kind, index) {
                    self.blocks.$list.push(Entry { block: $block, span: item.span, state: item.state });
                }
            }};
        }
        match &item.kind {
            ItemKind::Use(_) => {}
            ItemKind::Agreement(block) => declare!(block, Agreement, agreements),
            ItemKind::Party(block) => declare!(block, Party, parties),
            ItemKind::Role(block) => declare!(block, Role, roles),
            ItemKind::Calendar(block) => declare!(block, Calendar, calendars),
            ItemKind::Channel(block) => declare!(block, Channel, channels),
            ItemKind::Record(parent, block) => {
                let known = self.blocks.records.len();
                declare!(block, Record, records);
                // A record whose name is taken is left out, and its parent with it.
                if self.blocks.records.len() > known {
                    self.blocks.parents.push(parent.as_ref());
                }
            }
            ItemKind::Score(record, block) => {
                let index = self.blocks.scores.len();
                if self.declare_name(&block.name, Kind::Score, index) {
                    let entry = Entry { block, span: item.span, state: item.state };
                    self.blocks.scores.push((record, entry));
                }
            }
            ItemKind::Definition(block) => declare!(block, Definition, definitions),
            ItemKind::Commitment(block) => declare!(block, Commitment, commitments),
            ItemKind::Contingency(block) => declare!(block, Contingency, contingencies),
            ItemKind::Exception(block) => declare!(block, Exception, exceptions),
            ItemKind::Lifecycle(path, block) => {
                let index = self.blocks.lifecycles.len();
                if self.declare_name(&block.name, Kind::Lifecycle, index) {
                    let entry = Entry { block, span: item.span, state: item.state };
                    self.blocks.lifecycles.push((path, entry));
                }
            }
            ItemKind::Goal(block) => declare!(block, Goal, goals),
            ItemKind::Dispute(block) => declare!(block, Dispute, disputes),
            ItemKind::Incentive(block) => declare!(block, Incentive, incentives),
            ItemKind::Credit(promise, block) => {
                let index = self.blocks.credits.len();
                if self.declare_name(&block.name, Kind::Credit, index) {
                    let entry = Entry { block, span: item.span, state: item.state };
                    self.blocks.credits.push((promise, entry));
                }
            }
            ItemKind::Routing(subject, block) => {
                let index = self.blocks.routings.len();
                if self.declare_name(&block.name, Kind::Routing, index) {
                    let entry = Entry { block, span: item.span, state: item.state };
                    self.blocks.routings.push((subject, entry));
                }
            }
            ItemKind::Scenario(title, clauses) => self.blocks.scenarios.push((title, clauses, item.span)),
        }
    }

    /// False if the name is taken: the block is then left out, for its meaning would be a guess.
    fn declare_name(&mut self, name: &Word, kind: Kind, index: usize) -> bool {
        if let Some(first) = self.taken(&name.node, name.span.file) {
            if first.kind == Kind::Lost {
                return false;
            }
            first.count = Count::Several;
            // Files come in the order of their `use` lines. What a used file has declared came first for the reader.
            let used = first.span.file != name.span.file;
            let (here, there) = ((name.span, kind.words()), (first.span, first.kind.words()));
            let ((again, again_kind), (before, before_kind)) =
                if used { (there, here) } else { (here, there) };
            let out = Diagnostic::error(DUPLICATE, format!("the name `{}` is given twice", name.node))
                .at(again, format!("again here, to {again_kind}"))
                .also(before, format!("first here, to {before_kind}"))
                .note("Documents, CRM fields and reports refer to names, so each stands for one thing only.")
                .help("Rename one of them, or delete it if it says the same.");
            self.diagnostics.push(out);
            return false;
        }
        let symbol = Symbol { kind, span: name.span, index, count: Count::Once };
        self.symbols.entry(name.node.clone()).or_default().push(symbol);
        true
    }

    /// What a name stands for that is declared in a file once more: a thing that some file sees beside it.
    fn taken(&mut self, name: &str, file: FileId) -> Option<&mut Symbol> {
        let units = self.units;
        let beside = |other: FileId| units.iter().any(|u| u.sees.contains(&file) && u.sees.contains(&other));
        self.symbols.get_mut(name)?.iter_mut().find(|s| s.span.file == file || beside(s.span.file))
    }
}

/// What every block has. `note` picks the notes out of its clauses.
pub(in crate::resolve) fn head<C>(entry: Entry<'_, C>, note: impl Fn(&C) -> Option<&ast::Prose>) -> Head {
    Head {
        name: Name { text: entry.block.name.node.clone(), span: entry.block.name.span },
        title: entry.block.title.as_ref().map(|t| t.node.clone()),
        span: entry.span,
        notes: entry.block.clauses.iter().filter_map(|c| note(&c.node)).map(ast::Prose::text).collect(),
    }
}
