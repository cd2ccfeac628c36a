//! Formulas as text.

use super::Formula;

/// Lines longer than this are broken where that is possible.
const WIDTH: usize = 100;

/// A formula over several lines where it is long, in one line if it would otherwise be too long to be deployed.
pub fn print(formula: &Formula) -> String {
    let broken = broken(formula, 0);
    if super::split::is_short_enough(&broken) { broken } else { inline(formula) }
}

/// A formula in one line.
pub fn inline(formula: &Formula) -> String {
    match formula {
        Formula::Constant(true) => "TRUE".to_owned(),
        Formula::Constant(false) => "FALSE".to_owned(),
        Formula::Test(text) => text.clone(),
        Formula::Not(inner) => format!("NOT({})", inline(inner)),
        Formula::All(parts) => call("AND", parts),
        Formula::Any(parts) => call("OR", parts),
        Formula::AtLeast(count, parts) => {
            let terms: Vec<String> = parts.iter().map(counted).collect();
            format!("({} >= {count})", terms.join(" + "))
        }
    }
}

fn call(function: &str, parts: &[Formula]) -> String {
    format!("{function}({})", parts.iter().map(inline).collect::<Vec<_>>().join(", "))
}

fn counted(part: &Formula) -> String {
    format!("IF({}, 1, 0)", inline(part))
}

fn broken(formula: &Formula, depth: usize) -> String {
    let text = inline(formula);
    let (function, parts) = match formula {
        Formula::All(parts) => ("AND", parts.as_slice()),
        Formula::Any(parts) => ("OR", parts.as_slice()),
        Formula::Not(inner) => ("NOT", std::slice::from_ref(&**inner)),
        Formula::Constant(_) | Formula::Test(_) | Formula::AtLeast(..) => return text,
    };
    if depth > 0 && text.len() + 2 * depth <= WIDTH {
        return text;
    }
    let (inside, outside) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    let lines: Vec<String> = parts.iter().map(|p| format!("{inside}{}", broken(p, depth + 1))).collect();
    format!("{function}(\n{}\n{outside})", lines.join(",\n"))
}
