//! Formulas of Salesforce, read and computed by a small engine that owes nothing to the generator.
//!
//! What Salesforce makes of a blank is not the same in every corner of it, so a formula is computed in three ways: with
//! the three values of SQL; with an unknown taken for false on the spot; and with a blank text taken for "". A formula
//! whose value hangs on that is a fault of its own ([`Formula::value`]).

use std::collections::{BTreeMap, BTreeSet};

use clausal::worktime::civil;
use rust_decimal::{Decimal, RoundingStrategy};

/// What a field or a part of a formula holds.
#[derive(Debug, Clone, PartialEq)]
pub enum V {
    Null,
    Number(Decimal),
    Text(String),
    Bool(bool),
    /// Days since 1970.
    Date(i64),
    /// Seconds since 1970.
    Moment(i64),
    Picklist(Option<String>),
    Several(BTreeSet<String>),
}

/// A record with its fields by API name.
pub type Record = BTreeMap<String, V>;

/// A save: the record, what it was before, and the moment.
#[derive(Debug, Clone)]
pub struct Save<'a> {
    pub before: Option<&'a Record>,
    pub after: &'a Record,
    pub now: i64,
    pub permissions: &'a [&'a str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blanks {
    ThreeValued,
    UnknownIsFalse,
    TextIsEmpty,
}

/// A formula that was read.
#[derive(Debug)]
pub struct Formula {
    text: String,
    tree: Tree,
}

impl Formula {
    pub fn read(text: &str) -> Formula {
        let tokens = tokens(text);
        let mut parser = Parser { tokens: &tokens, at: 0 };
        let tree = parser.comparison();
        assert_eq!(parser.at, tokens.len(), "something is left of {text}");
        Formula { text: text.to_owned(), tree }
    }

    /// Its value for a save: the same however blanks are taken.
    pub fn value(&self, save: &Save<'_>) -> bool {
        let ways = [Blanks::ThreeValued, Blanks::UnknownIsFalse, Blanks::TextIsEmpty];
        let values = ways.map(|blanks| Engine { save, blanks }.compute(&self.tree));
        let text = &self.text;
        assert!(values.iter().all(|v| *v == values[0]), "{text} hangs on blanks: {values:?} for {save:?}");
        match values[0] {
            V::Bool(value) => value,
            ref other => panic!("{text} is {other:?}"),
        }
    }

    /// The fields it reads.
    pub fn fields(&self) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        self.tree.fields(&mut out);
        out
    }
}

// ------------------------------------------------------------------------------------------------------------- reading

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Number(Decimal),
    Sign(&'static str),
}

fn tokens(formula: &str) -> Vec<Token> {
    const SIGNS: [&str; 12] = ["<=", ">=", "<>", "<", ">", "=", "+", "-", "*", "(", ")", ","];
    let mut out = Vec::new();
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            rest = &rest[c.len_utf8()..];
        } else if c == '"' {
            let mut text = String::new();
            let mut chars = rest.char_indices().skip(1);
            let end = loop {
                match chars.next().expect("a closing quote") {
                    (_, '\\') => text.push(chars.next().expect("an escaped character").1),
                    (i, '"') => break i + 1,
                    (_, c) => text.push(c),
                }
            };
            out.push(Token::Text(text));
            rest = &rest[end..];
        } else if c.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            out.push(Token::Number(rest[..end].parse().unwrap()));
            rest = &rest[end..];
        } else if c.is_ascii_alphabetic() || c == '$' {
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.' | '$'))
                .unwrap_or(rest.len());
            out.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            let sign = SIGNS.iter().find(|s| rest.starts_with(**s)).unwrap_or_else(|| panic!("{rest}"));
            out.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        }
    }
    out
}

#[derive(Debug)]
enum Tree {
    Value(V),
    Field(String),
    Call(String, Vec<Tree>),
    Binary(&'static str, Box<Tree>, Box<Tree>),
}

impl Tree {
    fn fields(&self, out: &mut BTreeSet<String>) {
        match self {
            Tree::Value(_) => {}
            Tree::Field(name) => {
                if !name.starts_with('$') {
                    out.insert(name.clone());
                }
            }
            Tree::Call(_, arguments) => arguments.iter().for_each(|a| a.fields(out)),
            Tree::Binary(_, left, right) => {
                left.fields(out);
                right.fields(out);
            }
        }
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl Parser<'_> {
    fn sign(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        match self.tokens.get(self.at) {
            Some(Token::Sign(sign)) if signs.contains(sign) => {
                self.at += 1;
                Some(sign)
            }
            _ => None,
        }
    }

    fn comparison(&mut self) -> Tree {
        let left = self.sum();
        match self.sign(&["<=", ">=", "<>", "<", ">", "="]) {
            Some(sign) => Tree::Binary(sign, Box::new(left), Box::new(self.sum())),
            None => left,
        }
    }

    fn sum(&mut self) -> Tree {
        let mut left = self.product();
        while let Some(sign) = self.sign(&["+", "-"]) {
            left = Tree::Binary(sign, Box::new(left), Box::new(self.product()));
        }
        left
    }

    fn product(&mut self) -> Tree {
        let mut left = self.unary();
        while let Some(sign) = self.sign(&["*"]) {
            left = Tree::Binary(sign, Box::new(left), Box::new(self.unary()));
        }
        left
    }

    fn unary(&mut self) -> Tree {
        if self.sign(&["-"]).is_some() {
            let zero = Tree::Value(V::Number(Decimal::ZERO));
            return Tree::Binary("-", Box::new(zero), Box::new(self.unary()));
        }
        if self.sign(&["("]).is_some() {
            let inner = self.comparison();
            assert!(self.sign(&[")"]).is_some(), "a bracket is not closed");
            return inner;
        }
        let token = self.tokens[self.at].clone();
        self.at += 1;
        match token {
            Token::Text(text) => Tree::Value(V::Text(text)),
            Token::Number(number) => Tree::Value(V::Number(number)),
            Token::Word(word) if self.sign(&["("]).is_some() => {
                let mut arguments = Vec::new();
                while self.sign(&[")"]).is_none() {
                    arguments.push(self.comparison());
                    let _ = self.sign(&[","]);
                }
                Tree::Call(word, arguments)
            }
            Token::Word(word) if word == "TRUE" => Tree::Value(V::Bool(true)),
            Token::Word(word) if word == "FALSE" => Tree::Value(V::Bool(false)),
            Token::Word(word) => Tree::Field(word),
            Token::Sign(sign) => panic!("`{sign}` where a value should be"),
        }
    }
}

// ----------------------------------------------------------------------------------------------------------- computing

struct Engine<'a> {
    save: &'a Save<'a>,
    blanks: Blanks,
}

impl Engine<'_> {
    fn compute(&self, tree: &Tree) -> V {
        match tree {
            Tree::Value(value) => value.clone(),
            Tree::Field(name) => self.field(name, self.save.after),
            Tree::Call(name, arguments) => self.call(name, arguments),
            Tree::Binary(sign, left, right) => {
                let (left, right) = (self.compute(left), self.compute(right));
                self.unknown(binary(sign, &left, &right))
            }
        }
    }

    fn field(&self, name: &str, record: &Record) -> V {
        if let Some(permission) = name.strip_prefix("$Permission.") {
            return V::Bool(self.save.permissions.contains(&permission));
        }
        let value = record.get(name).unwrap_or_else(|| panic!("there is no field {name}")).clone();
        match value {
            // A blank text field: nothing, or an empty text.
            V::Text(text) if text.is_empty() && self.blanks != Blanks::TextIsEmpty => V::Null,
            other => other,
        }
    }

    fn unknown(&self, value: Option<V>) -> V {
        match value {
            Some(value) => value,
            None if self.blanks == Blanks::ThreeValued => V::Null,
            None => V::Bool(false),
        }
    }

    /// The field itself, not its value.
    fn changed(&self, argument: &Tree) -> V {
        let Tree::Field(name) = argument else { panic!("ISCHANGED takes a field") };
        let changed = self.save.before.is_some_and(|before| before[name] != self.save.after[name]);
        V::Bool(changed)
    }

    fn prior(&self, argument: &Tree) -> V {
        let Tree::Field(name) = argument else { panic!("PRIORVALUE takes a field") };
        let before =
            self.save.before.unwrap_or_else(|| panic!("PRIORVALUE({name}) is asked of a new record"));
        self.field(name, before)
    }

    fn call(&self, name: &str, arguments: &[Tree]) -> V {
        let value = |i: usize| self.compute(&arguments[i]);
        match name {
            "AND" => self.joined(arguments, false),
            "OR" => self.joined(arguments, true),
            "NOT" => match value(0) {
                V::Bool(b) => V::Bool(!b),
                V::Null => V::Null,
                other => panic!("NOT({other:?})"),
            },
            "IF" => {
                if value(0) == V::Bool(true) {
                    value(1)
                } else {
                    value(2)
                }
            }
            "ISNEW" => V::Bool(self.save.before.is_none()),
            "ISCHANGED" => self.changed(&arguments[0]),
            "PRIORVALUE" => self.prior(&arguments[0]),
            "NOW" => V::Moment(self.save.now),
            "ISBLANK" => V::Bool(match value(0) {
                V::Null => true,
                V::Text(text) => text.is_empty(),
                V::Several(values) => values.is_empty(),
                V::Picklist(_) => panic!("ISBLANK takes no picklist"),
                V::Bool(_) => panic!("ISBLANK takes no checkbox"),
                V::Number(_) | V::Date(_) | V::Moment(_) => false,
            }),
            "TEXT" => match value(0) {
                V::Picklist(value) => match value {
                    Some(value) => V::Text(value),
                    None if self.blanks == Blanks::TextIsEmpty => V::Text(String::new()),
                    None => V::Null,
                },
                other => panic!("TEXT({other:?})"),
            },
            "ISPICKVAL" => match (value(0), value(1)) {
                (V::Picklist(held), V::Text(asked)) => V::Bool(held.unwrap_or_default() == asked),
                other => panic!("ISPICKVAL{other:?}"),
            },
            "INCLUDES" => match (value(0), value(1)) {
                (V::Several(held), V::Text(asked)) => V::Bool(held.contains(&asked)),
                other => panic!("INCLUDES{other:?}"),
            },
            "BEGINS" | "CONTAINS" => match (value(0), value(1)) {
                (V::Text(text), V::Text(part)) => {
                    V::Bool(if name == "BEGINS" { text.starts_with(&part) } else { text.contains(&part) })
                }
                (V::Null, V::Text(_)) => self.unknown(None),
                other => panic!("{name}{other:?}"),
            },
            "LOWER" => match value(0) {
                V::Text(text) => V::Text(text.to_lowercase()),
                other => other,
            },
            "SUBSTITUTE" => match (value(0), value(1), value(2)) {
                (V::Text(text), V::Text(old), V::Text(new)) => V::Text(text.replace(&old, &new)),
                (V::Null, ..) => V::Null,
                other => panic!("SUBSTITUTE{other:?}"),
            },
            "ROUND" => match (value(0), value(1)) {
                (V::Number(n), V::Number(places)) => {
                    let places = places.try_into().unwrap();
                    V::Number(n.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
                }
                (V::Null, _) => V::Null,
                other => panic!("ROUND{other:?}"),
            },
            "DATE" => match (value(0), value(1), value(2)) {
                (V::Number(y), V::Number(m), V::Number(d)) => {
                    let date =
                        civil::date(y.try_into().unwrap(), m.try_into().unwrap(), d.try_into().unwrap());
                    V::Date(civil::days_between(civil::date(1970, 1, 1).unwrap(), date.unwrap()))
                }
                other => panic!("DATE{other:?}"),
            },
            "DATETIMEVALUE" => match value(0) {
                V::Text(text) => {
                    let local = civil::parse_local(&text).unwrap_or_else(|| panic!("{text}"));
                    let days = civil::days_between(civil::date(1970, 1, 1).unwrap(), local.date);
                    V::Moment(days * 86_400 + i64::from(local.seconds))
                }
                other => panic!("DATETIMEVALUE({other:?})"),
            },
            other => panic!("there is no function {other}"),
        }
    }

    /// `AND` stops at the first false, `OR` at the first true.
    fn joined(&self, arguments: &[Tree], end: bool) -> V {
        let mut unknown = false;
        for argument in arguments {
            match self.compute(argument) {
                V::Bool(value) if value == end => return V::Bool(end),
                V::Bool(_) => {}
                V::Null => unknown = true,
                other => panic!("{other:?} is no condition"),
            }
        }
        if unknown { V::Null } else { V::Bool(!end) }
    }
}

/// `None`: unknown.
fn binary(sign: &str, left: &V, right: &V) -> Option<V> {
    let day = Decimal::from(86_400);
    if *left == V::Null || *right == V::Null {
        // Arithmetic on nothing is nothing.
        return if matches!(sign, "+" | "-" | "*") { Some(V::Null) } else { None };
    }
    let ordering = match (left, right) {
        (V::Number(a), V::Number(b)) => match sign {
            "+" => return Some(V::Number(a + b)),
            "-" => return Some(V::Number(a - b)),
            "*" => return Some(V::Number(a * b)),
            _ => a.cmp(b),
        },
        (V::Moment(a), V::Moment(b)) if sign == "-" => return Some(V::Number(Decimal::from(a - b) / day)),
        (V::Date(a), V::Date(b)) if sign == "-" => return Some(V::Number(Decimal::from(a - b))),
        (V::Date(a), V::Date(b)) | (V::Moment(a), V::Moment(b)) => a.cmp(b),
        (V::Text(a), V::Text(b)) if matches!(sign, "=" | "<>") => a.cmp(b),
        other => panic!("{other:?} cannot be joined with {sign}"),
    };
    Some(V::Bool(match sign {
        "=" => ordering.is_eq(),
        "<>" => ordering.is_ne(),
        "<" => ordering.is_lt(),
        "<=" => ordering.is_le(),
        ">" => ordering.is_gt(),
        ">=" => ordering.is_ge(),
        other => panic!("{other}"),
    }))
}

#[test]
fn the_engine_knows_blanks() {
    let record = Record::from([
        ("N".to_owned(), V::Null),
        ("T".to_owned(), V::Text(String::new())),
        ("P".to_owned(), V::Picklist(None)),
    ]);
    let save = Save { before: None, after: &record, now: 0, permissions: &["X"] };
    for (formula, expected) in [
        ("AND(NOT(ISBLANK(N)), N > 1)", false),
        ("NOT(AND(NOT(ISBLANK(N)), N > 1))", true),
        ("ISBLANK(TEXT(P))", true),
        ("OR(ISPICKVAL(P, \"a\"), $Permission.X)", true),
        ("IF(ISNEW(), 1, 0) + 2 * 3 - (1 - 2) >= 8", true),
        ("ISBLANK(T)", true),
        ("\"a\\\"\\\\\" = \"a\\\"\\\\\"", true),
    ] {
        assert_eq!(Formula::read(formula).value(&save), expected, "{formula}");
    }
    assert_eq!(Formula::read("AND(ISCHANGED(A__c), $Permission.X, B = \"C\")").fields().len(), 2);
}

#[test]
#[should_panic(expected = "hangs on blanks")]
fn an_unguarded_comparison_is_a_fault() {
    let record = Record::from([("N".to_owned(), V::Null)]);
    let save = Save { before: None, after: &record, now: 0, permissions: &[] };
    Formula::read("NOT(N > 1)").value(&save);
}
