//! The one name space of an agreement: declaring and looking up.
//!
//! Names are identity: documents, CRM fields and queries refer to them. So a name stands for one thing only, whatever
//! kind of block declares it.

use super::{Reference, Resolver, Unit};
use crate::diagnostic::{Applicability, Diagnostic, nearest};
use crate::model::{
    Calendar, Channel, Commitment, Completeness, Contingency, Credit, Definition, Head, Id, Lifecycle, Name,
    Party, Record, Role, Routing, Score, Slot, Tbd,
};
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, Block, ItemKind, OrTbd, Word};

/// Rule: a name that nothing declares, or that is the name of another kind of thing.
pub(super) const UNDEFINED: &str = "undefined-name";
/// Rule: a name declared twice.
pub(super) const DUPLICATE: &str = "duplicate-name";

/// From so many findings on, no more suggestions are looked for.
const MANY: usize = 500;
/// After so many comparisons of two names neither.
const MOST_COMPARED: usize = 200_000;
/// So many names are listed in full, for want of a suggestion.
const FEW: usize = 8;
/// So many roles of one party are listed.
const MOST_ROLES: usize = 20;

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Symbol {
    pub kind: Kind,
    /// Where it is declared.
    pub span: Span,
    /// Which of its kind it is.
    index: usize,
    /// Whether it is declared once.
    count: Count,
}

/// How often a name is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Once,
    /// Which declaration is meant is a guess.
    Several,
}

/// The kinds of things that have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Agreement,
    Party,
    Role,
    Calendar,
    Channel,
    Record,
    Score,
    Definition,
    Commitment,
    Contingency,
    Exception,
    Lifecycle,
    Goal,
    Routing,
    Dispute,
    Incentive,
    Credit,
    /// A block that could not be read: it may be anything.
    Lost,
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Kind::Agreement => "an agreement",
            Kind::Party => "a party",
            Kind::Role => "a role",
            Kind::Calendar => "a calendar",
            Kind::Channel => "a channel",
            Kind::Record => "a record",
            Kind::Score => "a score",
            Kind::Definition => "a definition",
            Kind::Commitment => "a commitment",
            Kind::Contingency => "a contingency",
            Kind::Exception => "an exception",
            Kind::Lifecycle => "a lifecycle",
            Kind::Goal => "a goal",
            Kind::Routing => "a routing",
            Kind::Dispute => "a dispute",
            Kind::Incentive => "an incentive",
            Kind::Credit => "a credit",
            Kind::Lost => "a block that cannot be read",
        }
    }

    /// The block that would declare one.
    fn block(self) -> &'static str {
        self.words().split_once(' ').map_or("block", |(_, word)| word)
    }
}

/// A type that has a name of its own, and its kind.
pub(super) trait Named {
    const KIND: Kind;
}

macro_rules! named {
    ($($ty:ty => $kind:ident),* $(,)?) => {
        $(impl Named for $ty { const KIND: Kind = Kind::$kind; })*
    };
}
named! {
    Party => Party, Role => Role, Calendar => Calendar, Channel => Channel, Record => Record, Score => Score,
    Definition => Definition, Commitment => Commitment, Contingency => Contingency, Lifecycle => Lifecycle,
    Routing => Routing, Credit => Credit,
}

/// A block with where it stands and whether all of it could be read.
pub(super) struct Entry<'a, C> {
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
pub(super) struct Blocks<'a> {
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
    fn names(&self, kind: Kind) -> Box<dyn Iterator<Item = &'a str> + '_> {
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
    pub(super) fn declare(&mut self) {
        for unit in self.units {
            for item in &unit.tree.items {
                self.declare_item(item);
            }
            for name in &unit.tree.lost_names {
                let span = Span { file: unit.file, ..Span::default() };
                self.symbols.entry(name.clone()).or_insert(Symbol {
                    kind: Kind::Lost,
                    span,
                    index: 0,
                    count: Count::Once,
                });
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
        if let Some(first) = self.symbols.get_mut(&name.node) {
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
        self.symbols.insert(name.node.clone(), Symbol { kind, span: name.span, index, count: Count::Once });
        true
    }

    /// The thing a name stands for. Reports a name that is not declared, of another kind, or out of sight.
    pub(super) fn find<T: Named>(&mut self, word: &Word) -> Option<Id<T>> {
        let symbol = self.symbol(word, &[T::KIND])?;
        (symbol.kind == T::KIND).then(|| Id::new(symbol.index))
    }

    /// The same for a name that may be `tbd`.
    pub(super) fn find_slot<T: Named>(&mut self, reference: &ast::Reference) -> Slot<Id<T>> {
        match reference {
            OrTbd::Known(word) => self.find(word).map_or(Slot::Broken, Slot::Set),
            OrTbd::Tbd(tbd) => Slot::Tbd(self.open_point(tbd)),
        }
    }

    pub(super) fn find_slots<T: Named>(&mut self, references: &[ast::Reference]) -> Vec<Slot<Id<T>>> {
        references.iter().map(|r| self.find_slot(r)).collect()
    }

    /// The items a commitment is about: a definition or a record.
    pub(super) fn find_subject(&mut self, word: &Word) -> Slot<crate::model::Subject> {
        use crate::model::Subject;
        let Some(symbol) = self.symbol(word, &[Kind::Definition, Kind::Record]) else { return Slot::Broken };
        match symbol.kind {
            Kind::Definition => Slot::Set(Subject::Definition(Id::new(symbol.index))),
            Kind::Record => Slot::Set(Subject::Record(Id::new(symbol.index))),
            _ => Slot::Broken,
        }
    }

    /// The commitment of a name, without a word about it if there is none.
    pub(super) fn known_commitment(&self, word: &Word) -> Option<Id<Commitment>> {
        let symbol = self.symbols.get(&word.node)?;
        (symbol.kind == Kind::Commitment).then(|| Id::new(symbol.index))
    }

    /// The definition of that name, without a word about it if there is none.
    pub(super) fn known_definition(&self, name: &str) -> Option<Id<Definition>> {
        let symbol = self.symbols.get(name)?;
        (symbol.kind == Kind::Definition).then(|| Id::new(symbol.index))
    }

    /// The score of that name, without a word about it if there is none.
    pub(super) fn known_score(&self, name: &str) -> Option<Id<Score>> {
        let symbol = self.symbols.get(name)?;
        (symbol.kind == Kind::Score).then(|| Id::new(symbol.index))
    }

    /// What a name stands for, without a word about it.
    pub(super) fn kind_of(&self, name: &str) -> Option<Kind> {
        self.symbols.get(name).map(|symbol| symbol.kind)
    }

    /// True if a file could not be found that this one uses.
    pub(super) fn misses_a_file(&self, file: FileId) -> bool {
        self.unit_of(file).is_some_and(|unit| unit.uses == Completeness::Holed)
    }

    /// True for the name of a block that could not be read.
    pub(super) fn is_lost(&self, name: &str) -> bool {
        self.symbols.get(name).is_some_and(|s| s.kind == Kind::Lost)
    }

    /// Notes that a name is used.
    pub(super) fn refer(&mut self, declared: Span, used: Span) {
        self.references.push(Reference { declared, used });
    }

    fn symbol(&mut self, word: &Word, wanted: &[Kind]) -> Option<Symbol> {
        let Some(symbol) = self.symbols.get(&word.node).copied() else {
            if self.misses_a_file(word.span.file) {
                return None;
            }
            let said = self.undefined(word, wanted);
            self.diagnostics.push(said);
            return None;
        };
        if symbol.kind == Kind::Lost {
            return None;
        }
        if !wanted.contains(&symbol.kind) {
            let said = self.wrong_kind(word, symbol, wanted);
            self.diagnostics.push(said);
            return None;
        }
        self.refer(symbol.span, word.span);
        if symbol.count == Count::Once && !self.sees(word.span.file, symbol.span.file) {
            self.diagnostics.push(
                Diagnostic::error(
                    UNDEFINED,
                    format!("`{}` is declared in a file that this one does not use", word.node),
                )
                .at(word.span, "not visible here")
                .also(symbol.span, "declared here")
                .note("A file must name what it needs, so that it means the same wherever it is used.")
                .help("Add a `use` line for that file at the top of this one."),
            );
        }
        Some(symbol)
    }

    fn sees(&self, from: FileId, to: FileId) -> bool {
        from == to || self.unit_of(from).is_none_or(|unit| unit.sees.contains(&to))
    }

    fn unit_of(&self, file: FileId) -> Option<&Unit<'a>> {
        self.units.get(*self.by_file.get(&file)?)
    }

    /// The name that may have been meant. With hundreds of findings nobody reads suggestions, and each looks at every
    /// name there is; with very many names even a few take long.
    pub(super) fn suggest<'b>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'b str>,
    ) -> Option<&'b str> {
        let compared = &self.compared;
        if self.diagnostics.len() >= MANY || compared.get() >= MOST_COMPARED {
            return None;
        }
        nearest(word, candidates.into_iter().inspect(|_| compared.set(compared.get() + 1)))
    }

    fn undefined(&self, word: &Word, wanted: &[Kind]) -> Diagnostic {
        let kinds: Vec<String> = wanted.iter().map(|k| k.block().to_owned()).collect();
        let kinds = crate::diagnostic::join(&kinds, "or");
        let names = || wanted.iter().flat_map(|kind| self.blocks.names(*kind));
        let out = Diagnostic::error(UNDEFINED, format!("there is no {kinds} called `{}`", word.node));
        if let Some(near) = self.suggest(&word.node, names()) {
            let declared = self.symbols.get(near).map(|s| s.span);
            let out = out.at(word.span, format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                Applicability::Suggested,
                word.span,
                near,
            );
            match declared {
                Some(span) => out.also(span, format!("`{near}` is declared here")),
                None => out,
            }
        } else {
            let mut known: Vec<&str> = names().take(FEW + 1).collect();
            known.sort_unstable();
            let first = wanted.first().map_or("block", |k| k.block());
            let out = out.at(word.span, "not declared anywhere");
            if known.is_empty() || known.len() > FEW {
                out.help(format!("Declare it: `{first} {} {{ .. }}`, or correct the name.", word.node))
            } else {
                out.help(format!(
                    "Known here: {}. Use one of them, or declare `{first} {} {{ .. }}`.",
                    crate::diagnostic::names(&known, "and"),
                    word.node
                ))
            }
        }
    }

    fn wrong_kind(&self, word: &Word, symbol: Symbol, wanted: &[Kind]) -> Diagnostic {
        let kinds: Vec<String> = wanted.iter().map(|k| k.words().to_owned()).collect();
        let out = Diagnostic::error(
            UNDEFINED,
            format!(
                "`{}` is {}, but {} is needed here",
                word.node,
                symbol.kind.words(),
                crate::diagnostic::join(&kinds, "or")
            ),
        )
        .at(word.span, format!("used as {}", crate::diagnostic::join(&kinds, "or")))
        .also(symbol.span, format!("declared as {}", symbol.kind.words()));
        if wanted == [Kind::Role] && symbol.kind == Kind::Party {
            let roles = self.roles_of(&word.node);
            return if roles.is_empty() {
                out.help(format!(
                    "Duties are owed by roles: declare one with `role .. {{ party {} }}`.",
                    word.node
                ))
            } else {
                out.help(format!(
                    "Duties are owed by roles. Those of `{}` are {}.",
                    word.node,
                    crate::diagnostic::names(&roles, "and")
                ))
            };
        }
        match self.suggest(&word.node, wanted.iter().flat_map(|kind| self.blocks.names(*kind))) {
            Some(near) => out.help(format!("Did you mean `{near}`?")),
            None => out.help(format!("Name {}.", crate::diagnostic::join(&kinds, "or"))),
        }
    }

    /// The names of the roles that belong to a party, read from the tree (the roles may not be resolved yet). Not of all,
    /// if there are very many.
    fn roles_of(&self, party: &str) -> Vec<&'a str> {
        let belongs =
            |entry: &&Entry<'a, ast::RoleClause>| {
                entry.block.clauses.iter().any(
                    |c| matches!(&c.node, ast::RoleClause::Party(OrTbd::Known(word)) if word.node == party),
                )
            };
        let roles = self.blocks.roles.iter().filter(belongs);
        roles.map(|e| e.block.name.node.as_str()).take(MOST_ROLES + 1).collect()
    }

    /// Notes an open point.
    pub(super) fn open_point(&mut self, tbd: &ast::Tbd) -> Tbd {
        let tbd = Tbd { what: tbd.what.clone().unwrap_or_default(), span: tbd.span };
        self.open_points.push(tbd.clone());
        tbd
    }
}

/// What every block has. `note` picks the notes out of its clauses.
pub(super) fn head<C>(entry: Entry<'_, C>, note: impl Fn(&C) -> Option<&ast::Prose>) -> Head {
    Head {
        name: Name { text: entry.block.name.node.clone(), span: entry.block.name.span },
        title: entry.block.title.as_ref().map(|t| t.node.clone()),
        span: entry.span,
        notes: entry.block.clauses.iter().filter_map(|c| note(&c.node)).map(ast::Prose::text).collect(),
    }
}
