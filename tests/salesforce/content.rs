//! What is in a tree, and what is said of what is not.

use std::fmt::Write as _;

use clausal::config::Target;
use clausal::targets;

use crate::support::{compiled, faults, generate, of_folder, of_text, remarks, rules, torture, tree};

#[test]
fn the_examples_and_torture_are_well_formed_and_within_the_limits() {
    for tree in [
        of_folder("examples/lead-handoff"),
        of_folder("examples/marketing-sales"),
        tree(&generate(&torture())),
    ] {
        assert_eq!(faults(&tree), Vec::<String>::new());
    }
}

#[test]
fn the_same_agreement_gives_the_same_bytes() {
    assert_eq!(generate(&torture()), generate(&torture()));
}

#[test]
fn an_agreement_without_records_has_a_page_and_nothing_to_deploy() {
    let tree = of_text("agreement a { parties p  effective 2026-01-01 }\nparty p {}\n");
    assert_eq!(tree.keys().collect::<Vec<_>>(), ["a/README.md"]);
    assert!(tree["a/README.md"].contains("## Nothing to deploy"));
}

#[test]
fn what_is_bound_is_used_and_not_made() {
    let tree = of_folder("examples/lead-handoff");
    assert!(!tree.keys().any(|path| path.contains("/Email__c") || path.contains("/Email.field")));
    assert!(rules(&tree).iter().any(|r| r.formula.contains("ISBLANK(Email)")));
    assert!(!rules(&tree).iter().any(|r| r.formula.contains("CreatedDate")), "Salesforce fills it itself");
}

#[test]
fn names_that_are_alike_stay_apart() {
    let tree = tree(&generate(&torture()));
    let fields = tree.keys().filter(|path| path.contains("/fields/"));
    let of = |start: &str| fields.clone().filter(|path| path.contains(start)).count();
    assert_eq!(of("/T1_A_B"), 2, "a_b and a__b");
    assert_eq!(of("/T1_A_Very_Long"), 2, "the same to the fortieth letter");
    let from = |start: &str| rules(&tree).iter().filter(|r| r.name.starts_with(start)).count();
    assert_eq!(from("T1_Steps_From_Isim"), 2, "İşim and isim");
    assert_eq!(from("T1_Steps_From_Bei_Jing"), 2, "two ways to write 北京");
}

#[test]
fn what_no_rule_says_is_listed_and_reported() {
    let compiled = torture();
    let output = generate(&compiled);
    insta::assert_snapshot!("remarks", remarks(&output).join("\n"));
    let page = &tree(&output)["torture/README.md"];
    let list = page.split("## ").find(|part| part.starts_with("Not enforced here")).unwrap();
    assert_eq!(list.lines().filter(|line| line.starts_with("- ")).count(), output.diagnostics.len());
}

#[test]
fn a_formula_that_cannot_be_split_is_reported_with_its_place() {
    let parts: Vec<String> = (0..200).map(|i| format!("kind != \"value number {i}\"")).collect();
    let text = format!(
        "agreement a {{ parties p  effective 2026-01-01  zone UTC }}\nparty p {{}}\nrole r {{}}\nrecord deal {{ kind text optional }}\n\
         commitment ban {{ r must not keep a deal when {} }}\n",
        parts.join(" and ")
    );
    let compiled = compiled(&[("test.clause", &text)]);
    let output = generate(&compiled);
    let [only] = output.diagnostics.as_slice() else { panic!("{:?}", remarks(&output)) };
    assert!(only.message.contains("commitment ban: its formula has "), "{}", only.message);
    let place = only.primary.as_ref().unwrap().span;
    assert!(text[place.range()].starts_with("r must not keep"));
    assert!(only.help.as_ref().unwrap().starts_with("Write a shorter condition"));
    let tree = tree(&output);
    assert_eq!(faults(&tree), Vec::<String>::new());
    assert_eq!(rules(&tree), vec![]);
}

#[test]
fn a_definition_as_large_as_is_allowed_is_listed() {
    let mut text =
        "agreement a { parties p  effective 2026-01-01  zone UTC }\nparty p {}\nrole r {}\nrecord deal { n integer optional }\n\
                    definition d0 { means deal where n > 1 }\n"
            .to_owned();
    for i in 1..10 {
        let _ = writeln!(text, "definition d{i} {{ means deal where d{0} or not d{0} }}", i - 1);
    }
    text += "commitment ban { r must not keep a deal when d9 }\n";
    let output = generate(&compiled(&[("test.clause", &text)]));
    assert_eq!(output.diagnostics.len(), 1, "{:?}", remarks(&output));
}

fn with_settings(record: &str, settings: &str) -> Vec<String> {
    let text =
        format!("agreement a {{ parties p  effective 2026-01-01  zone UTC }}\nparty p {{}}\n{record}\n");
    remarks(&generate(&compiled(&[("test.clause", &text), ("clausal.yaml", settings)])))
}

#[test]
fn names_that_salesforce_cannot_have_are_errors_in_the_settings() {
    let record =
        "record deal { a text optional  b choices of x, \"y;z\" optional  c choice of p, q optional }";
    let settings = "records:\n  deal:\n    salesforce:\n      object: \"Deal\\\"; x\"\n      fields: { a: Owner.Name }\n      \
                    values: { c: { p: Same, q: same } }\n";
    assert_eq!(
        with_settings(record, settings),
        [
            "error: `Deal\"; x` cannot be the API name of an object",
            "error: `Owner.Name` cannot be the API name of a field",
            "error: `y;z` cannot be a picklist value",
            "error: two values of `c` are `same` in Salesforce",
        ]
    );
    assert_eq!(
        with_settings(
            "record deal { a text optional }",
            "records: { deal: { salesforce: { object: Task } } }\n"
        ),
        ["error: a field cannot be made on `Task`"]
    );
    assert_eq!(
        with_settings(
            "record deal { a text optional  b text optional }",
            "records: { deal: { salesforce: { fields: { a: SLA_B__c } } } }\n"
        ),
        ["error: `b` and `a` would both be `SLA_Deal__c.SLA_B__c` in Salesforce"]
    );
}

const FIRST: &str = "agreement one { parties p  effective 2026-01-01  zone UTC }\nparty p {}\nrole r {}\n\
    record deal { stage choice of a, b optional }\n\
    commitment ban { r must not keep a deal when stage = a }\n\
    lifecycle steps of deal.stage { start a  a -> b }\n\
    lifecycle more of deal.stage_two { start a  a -> b }\n";

#[test]
fn two_agreements_do_not_collide() {
    let first = FIRST.replace(
        "stage choice of a, b optional",
        "stage choice of a, b optional  stage_two choice of a, b optional",
    );
    let second = first.replace("agreement one", "agreement two").replace("stage = a", "stage = b");
    let (first, second) = (compiled(&[("one.clause", &first)]), compiled(&[("two.clause", &second)]));
    let (one, two) = (generate(&first), generate(&second));
    let made = [(first.model(), &one), (second.model(), &two)];
    assert_eq!(targets::clashes(Target::Salesforce, &made), vec![]);
    let names = |output| rules(&tree(output)).into_iter().map(|r| r.name).collect::<Vec<_>>();
    let shared = names(&one).iter().filter(|name| names(&two).contains(name)).count();
    assert_eq!(shared, 0, "each agreement has rules of its own");
}

#[test]
fn what_two_agreements_make_in_different_ways_is_an_error() {
    let text = |name: &str, values: &str| {
        format!(
            "agreement {name} {{ parties p  effective 2026-01-01 }}\nparty p {{}}\nrecord deal {{ stage choice of {values} optional }}\n"
        )
    };
    let first = compiled(&[("one.clause", &text("one", "a, b"))]);
    let second = compiled(&[("two.clause", &text("two", "a, c"))]);
    let (one, two) = (generate(&first), generate(&second));
    let found = targets::clashes(Target::Salesforce, &[(first.model(), &one), (second.model(), &two)]);
    let messages: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(messages, ["`two` and `one` each make `SLA_Deal_Stage` in Salesforce, in different ways"]);
}
