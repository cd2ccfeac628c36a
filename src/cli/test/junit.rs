//! Results for the test report of a CI: the XML of `JUnit`, in the part of it that every reader understands.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Case, Suite, place, totals};
use crate::source::SourceMap;

pub(super) fn render(suites: &[Suite], sources: &SourceMap) -> io::Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let (count, failed) = totals(suites);
    let counts = [("tests", count.to_string()), ("failures", failed.to_string())];
    writer
        .create_element("testsuites")
        .with_attribute(("name", "clausal"))
        .with_attributes(counts.iter().map(|(k, v)| (*k, v.as_str())))
        .write_inner_content(|writer| {
            suites.iter().try_for_each(|suite| self::suite(writer, suite, sources))
        })?;
    let mut text = String::from_utf8(writer.into_inner()).map_err(io::Error::other)?;
    text.push('\n');
    Ok(text)
}

fn suite(writer: &mut Writer<Vec<u8>>, suite: &Suite, sources: &SourceMap) -> io::Result<()> {
    let (count, failed) = totals(std::slice::from_ref(suite));
    let counts = [("tests", count.to_string()), ("failures", failed.to_string())];
    let element = writer
        .create_element("testsuite")
        .with_attributes([("name", suite.agreement.as_str()), ("file", suite.path.as_str())])
        .with_attributes(counts.iter().map(|(k, v)| (*k, v.as_str())));
    element.write_inner_content(|writer| {
        suite.cases.iter().try_for_each(|case| self::case(writer, &suite.agreement, case, sources))
    })?;
    Ok(())
}

fn case(writer: &mut Writer<Vec<u8>>, agreement: &str, case: &Case, sources: &SourceMap) -> io::Result<()> {
    let (path, line, _) = place(case.span, sources);
    let (title, line) = (printable(&case.title), line.to_string());
    let attributes = [
        ("classname", agreement),
        ("name", title.as_str()),
        ("file", path.as_str()),
        ("line", line.as_str()),
    ];
    let element = writer.create_element("testcase").with_attributes(attributes);
    if case.passed() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|writer| {
        case.failures.iter().try_for_each(|failure| {
            let (path, line, column) = place(failure.span, sources);
            let message = printable(&failure.message);
            let because = failure.because.as_deref().unwrap_or_default();
            let text = printable(format!("{path}:{line}:{column}: {message}\n{because}").trim_end());
            writer
                .create_element("failure")
                .with_attribute(("message", message.as_str()))
                .write_text_content(BytesText::new(&text))?;
            Ok(())
        })
    })?;
    Ok(())
}

/// A text without the characters that XML 1.0 cannot hold at all.
fn printable(text: &str) -> String {
    let allowed =
        |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(allowed).collect()
}
