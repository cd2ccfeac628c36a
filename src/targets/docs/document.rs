//! The document as a tree: what it says and how it hangs together, not how it looks.
//!
//! The sections build it once; `html` and `markdown` print it. So both documents say the same by construction, and no
//! text reaches a page without passing the escaper of its medium.

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The title of the agreement.
    pub title: String,
    /// BCP 47 tag of the language.
    pub language: String,
    /// Who agrees with whom.
    pub between: Text,
    /// Facts of the title block.
    pub facts: Vec<Fact>,
    /// What a reader must know first.
    pub notice: Option<Vec<Block>>,
    /// The numbered sections.
    pub sections: Vec<Section>,
    /// Where the document comes from.
    pub colophon: Text,
}

/// A numbered section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its anchor.
    pub id: &'static str,
    /// Its number, from 1.
    pub number: usize,
    /// Its heading.
    pub title: &'static str,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Section {
    /// The clauses in it, for the table of contents.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Clause(clause) => Some(clause),
            _ => None,
        })
    }
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// The sentence that binds.
    Sentence(Text),
    /// An aside in small print.
    Remark(Text),
    /// A list.
    List(Vec<Vec<Block>>),
    /// A numbered list.
    Numbered(Vec<Vec<Block>>),
    /// Lines of code or data.
    Code(String),
    /// The authors' own words.
    Note(Vec<Block>),
    /// A table.
    Table(Table),
    /// Labels with what they stand for.
    Facts(Vec<Fact>),
    /// A numbered clause.
    Clause(Clause),
    /// A worked example.
    Example(Text, Vec<Block>),
    /// Something that is still open.
    Open(Vec<Block>),
    /// Moments in order.
    Timeline(Vec<Moment>),
    /// A drawing.
    Figure(Figure),
    /// Where the parties sign.
    Signatures(Vec<Signature>),
}

impl Block {
    /// A paragraph of fixed words.
    pub fn words(words: impl Into<String>) -> Block {
        Block::Paragraph(vec![Inline::Plain(words.into())])
    }
}

/// A clause: something that can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its anchor, from its name; it stays when numbers change.
    pub id: String,
    /// Its number: `5.1`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its name in the source; empty if it has none.
    pub name: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A label with what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The label.
    pub label: &'static str,
    /// What it stands for.
    pub blocks: Vec<Block>,
}

impl Fact {
    /// A fact in one line.
    pub fn new(label: &'static str, text: Text) -> Fact {
        Fact { label, blocks: vec![Block::Paragraph(text)] }
    }
}

/// A table with a heading for every column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows, for those who do not see it.
    pub caption: String,
    /// Headings of the columns.
    pub heads: Vec<&'static str>,
    /// The rows; the first cell is the heading of its row.
    pub rows: Vec<Row>,
}

impl Table {
    /// A table. Columns in which nothing stands are left out, save the first.
    pub fn new(caption: impl Into<String>, mut heads: Vec<&'static str>, mut rows: Vec<Row>) -> Table {
        let nothing = super::words::dash();
        let says =
            |column: usize| rows.iter().any(|row| row.cells.get(column).is_some_and(|c| *c != nothing));
        let keep: Vec<bool> =
            (0..heads.len()).map(|column| column == 0 || rows.is_empty() || says(column)).collect();
        let kept = |column: usize| keep.get(column).copied().unwrap_or(false);
        let mut at = 0..;
        heads.retain(|_| at.next().is_some_and(kept));
        for row in &mut rows {
            let mut at = 0..;
            row.cells.retain(|_| at.next().is_some_and(kept));
        }
        Table { caption: caption.into(), heads, rows }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its anchor, if it can be pointed at.
    pub id: Option<String>,
    /// Its cells, as many as there are headings.
    pub cells: Vec<Text>,
}

impl Row {
    /// A row without an anchor.
    pub fn new(cells: Vec<Text>) -> Row {
        Row { id: None, cells }
    }
}

/// A moment on a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When, in relation to the deadline.
    pub when: Text,
    /// What happens.
    pub what: Text,
    /// The moment in the example, if there is one.
    pub example: Option<String>,
    /// How it is marked.
    pub mark: Mark,
}

/// What kind of moment it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The clock starts.
    Start,
    /// A step before the deadline.
    Before,
    /// The deadline.
    Deadline,
    /// A step after the deadline.
    After,
}

impl Mark {
    /// Its word as a class of the style sheet.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Start => "start",
            Mark::Before => "before",
            Mark::Deadline => "deadline",
            Mark::After => "after",
        }
    }
}

/// A drawing with its text alternative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The anchor of its title.
    pub id: String,
    /// What it shows.
    pub caption: String,
    /// The drawing, as SVG whose texts are escaped.
    pub svg: String,
    /// The drawing for Markdown, as Mermaid; `None` where a table says it all.
    pub mermaid: Option<String>,
    /// What the signs in it mean.
    pub legend: Text,
}

/// Where one party signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The party.
    pub party: String,
    /// Who signs for it.
    pub signatory: Text,
}

/// Running text.
pub type Text = Vec<Inline>;

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Plain(String),
    /// Words that weigh more.
    Strong(Text),
    /// Stressed words.
    Emphasis(Text),
    /// A name or value exactly as in the source or the data.
    Code(String),
    /// A link to an anchor of this document.
    Link(String, Text),
    /// A link to elsewhere: `http`, `https` or `mailto` alone.
    Url(String, Text),
    /// What is still to be decided, in the authors' words.
    Open(String),
    /// A remark that must not be overlooked.
    Marked(String),
    /// What could not be made out; the check has reported why.
    Unknown,
    /// A new line.
    Break,
}

/// Puts running text together.
#[derive(Debug, Clone, Default)]
pub struct Say(Text);

impl Say {
    /// Begins with words.
    pub fn new(words: impl Into<String>) -> Say {
        Say::default().words(words)
    }

    /// Adds words.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Say {
        let words = words.into();
        if !words.is_empty() {
            match self.0.last_mut() {
                Some(Inline::Plain(last)) => last.push_str(&words),
                _ => self.0.push(Inline::Plain(words)),
            }
        }
        self
    }

    /// Adds words that weigh more.
    #[must_use]
    pub fn strong(mut self, words: impl Into<String>) -> Say {
        self.0.push(Inline::Strong(vec![Inline::Plain(words.into())]));
        self
    }

    /// Adds a name or a value.
    #[must_use]
    pub fn code(mut self, text: impl Into<String>) -> Say {
        self.0.push(Inline::Code(text.into()));
        self
    }

    /// Adds a piece.
    #[must_use]
    pub fn and(mut self, piece: Inline) -> Say {
        match piece {
            Inline::Plain(words) => self.words(words),
            other => {
                self.0.push(other);
                self
            }
        }
    }

    /// Adds text.
    #[must_use]
    pub fn text(self, text: Text) -> Say {
        text.into_iter().fold(self, Say::and)
    }

    /// The text.
    pub fn end(self) -> Text {
        self.0
    }

    /// The text as a paragraph.
    pub fn paragraph(self) -> Block {
        Block::Paragraph(self.0)
    }
}

/// `a`, `a and b`, `a, b and c`, with any word before the last.
pub fn listed(parts: Vec<Text>, last_word: &str) -> Text {
    let count = parts.len();
    parts
        .into_iter()
        .enumerate()
        .fold(Say::default(), |say, (i, part)| {
            let say = match i {
                0 => say,
                _ if i + 1 == count => say.words(format!(" {last_word} ")),
                _ => say.words(", "),
            };
            say.text(part)
        })
        .end()
}
