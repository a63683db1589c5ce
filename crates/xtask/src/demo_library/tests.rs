use super::markdown::{escape, paragraph, slug, tidy};
use super::*;

fn page_of(profile: &str) -> String {
    let package = crate::testing::folder("factbook");
    fs::create_dir_all(package.join("europe")).unwrap();
    fs::create_dir_all(package.join("meta")).unwrap();
    fs::write(package.join("meta/categories.json"), "[]").unwrap();
    fs::write(package.join("SUMMARY.md"), "### Countries\n`no` Norway\n").unwrap();
    fs::write(package.join("europe/no.json"), profile).unwrap();
    let pages = factbook::pages(&package).unwrap();
    let [page] = pages.as_slice() else { panic!("one profile makes one page") };
    assert_eq!(page.path, "factbook/europe/norway.md");
    page.text.clone()
}

#[test]
fn a_profile_keeps_its_order_and_leaves_out_what_is_null() {
    let text = page_of(
        r#"{ "People": { "Sex ratio": { "text": null } },
             "Geography": { "Area": { "total": { "text": "323,802 sq km" }, "map": { "text": null } },
                            "Climate": { "text": "temperate;  rainy" } } }"#,
    );
    let body = text.split_once("# Norway\n").unwrap().1;
    let wanted = "\n## Geography\n\n### Area\n\n- total: 323,802 sq km\n\n### Climate\n\nClimate: temperate; rainy\n";
    assert_eq!(body, wanted);
    assert!(text.starts_with("---\ntitle: \"Norway\"\nurl: \"https://web.archive.org/web/2015/"));
    assert!(text.contains("/geos/no.html\"\ndate: \"2015-07\"\n"));
}

#[test]
fn the_lines_of_a_value_become_one_readable_line_or_a_list() {
    let text = page_of(
        r#"{ "Economy": {
            "Rates": { "text": "kroner per dollar - ++ 6.1 (2014 est.) ++ 5.8 (2013 est.)" },
            "Debt": { "text": "29.6% ++  (2014 est.)", "note": { "text": "gross ++ of the state" } } } }"#,
    );
    assert!(text.contains("\nRates: kroner per dollar: 6.1 (2014 est.); 5.8 (2013 est.)\n"));
    assert!(text.contains("\nDebt: 29.6% (2014 est.)\n\n- note: gross; of the state\n"));
    let parties = ["A long name of a party and its leader"; 8].join(" ++ ");
    let text = page_of(&format!(r#"{{ "State": {{ "Parties": {{ "text": "{parties}" }} }} }}"#));
    assert_eq!(text.matches("\n- A long name of a party and its leader").count(), 8);
}

#[test]
fn prose_stays_prose() {
    let prose = "Two centuries of raids tapered off following the adoption of Christianity. The country \
        was later absorbed into a union that lasted more than four centuries. It left that union in 1814.";
    let text =
        page_of(&format!(r#"{{ "Introduction": {{ "Background": {{ "text": "{prose}" }} }} }}"#));
    assert!(text.ends_with(&format!("### Background\n\n{prose}\n")));
}

fn speech(text: &str) -> Page {
    let package = crate::testing::folder("speeches");
    fs::create_dir_all(package.join("data")).unwrap();
    fs::write(package.join("package.json"), r#"{ "version": "0.2.3" }"#).unwrap();
    let speech = serde_json::json!({ "year": 1953, "name": "Harry S Truman", "text": text });
    fs::write(package.join("data/1953_harry_s_truman_d.json"), speech.to_string()).unwrap();
    speeches::pages(&package).unwrap().remove(0)
}

#[test]
fn a_speech_has_a_title_a_page_of_its_own_and_its_printed_headings() {
    let page = speech(
        "To the Congress: All is well. NATIONAL DEFENSE I ask Mr. Smith of the U.S. Senate. So be it.",
    );
    assert_eq!(page.path, "speeches/1953-harry-s-truman.md");
    assert!(page.text.contains("title: \"State of the Union 1953, Harry S. Truman\"\n"));
    assert!(page.text.contains("/blob/v0.2.3/data/1953_harry_s_truman_d.txt\"\ndate: \"1953\"\n"));
    let body = page.text.split_once("\n# State of the Union 1953, Harry S. Truman\n").unwrap().1;
    assert_eq!(
        body,
        "\nTo the Congress: All is well.\n\n## NATIONAL DEFENSE\n\nI ask Mr. Smith of the U.S. Senate. So be it.\n"
    );
}

#[test]
fn a_speech_is_cut_into_paragraphs_between_sentences() {
    let sentence = "We have made progress in every branch of the public service this year.";
    let page = speech(&[sentence; 30].join(" "));
    let paragraphs: Vec<&str> = page.text.split("\n\n").skip(2).collect();
    assert!(paragraphs.len() == 3, "{}", paragraphs.len());
    assert!(paragraphs.iter().all(|paragraph| paragraph.trim_end().ends_with("this year.")));
}

#[test]
fn markup_in_a_text_is_escaped_and_entities_are_characters() {
    assert_eq!(tidy("a &quot;b&quot;\n c&mdash;d &amp;lt;"), "a \"b\" c\u{2014}d &lt;");
    assert_eq!(escape("[Annie LOOF] *_<"), r"\[Annie LOOF\] \*\_\<");
    assert_eq!(paragraph("1. first"), r"1\. first");
    assert_eq!(paragraph("-224.4%"), r"\-224.4%");
    assert_eq!(slug("Cote d'Ivoire (Ivory Coast)"), "cote-divoire-ivory-coast");
}

#[test]
fn a_folder_that_was_not_made_here_is_left_alone() {
    let folder = crate::testing::folder("mine");
    fs::write(folder.join("thesis.md"), "mine").unwrap();
    assert!(clear(&folder).is_err());
    assert!(folder.join("thesis.md").is_file());
    fs::write(folder.join(MARKER), "writer 0").unwrap();
    clear(&folder).unwrap();
    assert!(!folder.exists());
}
