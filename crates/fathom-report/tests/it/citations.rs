#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use fathom_core::{Report, Source};
use fathom_report::{Block, Document, Inline, Pieces, Registry, Resolved, walk};

/// Snippets and what each marker in them refers to: `snippet => markers`, where markers are parted
/// by spaces and the targets of one marker by commas. A number is a source, `!` is "no source", `=`
/// is plain text, an address or `^label` is a page or footnote outside the list of sources. `\n`
/// stands for a line end, `\E0`, `\E1` and `\E2` for the private-use marks.
const SNIPPETS: &str = include_str!("snippets.txt");

/// Nine sources: `S1` at `https://s1.example/a` and so on.
fn sources() -> Vec<Source> {
    let source = |id: u32| Source {
        id,
        title: format!("S{id}"),
        url: Some(format!("https://s{id}.example/a")),
        document: Some(format!("turn0search{id}")),
        ..Source::default()
    };
    (1..=9).map(source).collect()
}

fn snippets() -> impl Iterator<Item = (String, String)> {
    SNIPPETS.lines().filter(|line| !line.is_empty() && !line.starts_with("//")).map(|line| {
        let (snippet, expected) =
            line.split_once(" => ").unwrap_or_else(|| panic!("no expectation: {line}"));
        let marks =
            [("\\n", "\n"), ("\\E0", "\u{e200}"), ("\\E1", "\u{e201}"), ("\\E2", "\u{e202}")];
        let snippet =
            marks.iter().fold(snippet.to_owned(), |text, (from, to)| text.replace(from, to));
        (snippet, if expected == "-" { String::new() } else { expected.to_owned() })
    })
}

fn registry(markdown: &str, document: &Document) -> Registry {
    let report = Report { markdown: markdown.to_owned(), sources: sources(), ..Report::default() };
    Registry::new(&report, document)
}

fn resolved(blocks: &Pieces<Block>, registry: &Registry) -> String {
    let mut out = Vec::new();
    walk::blocks(blocks, &mut |block| {
        walk::texts(block, &mut |content| {
            walk::inlines(content, &mut |inline| {
                if let Inline::Citation { marker } = inline {
                    out.push(
                        registry.resolve(marker).iter().map(word).collect::<Vec<_>>().join(","),
                    );
                }
            });
        });
    });
    out.join(" ")
}

fn word(resolved: &Resolved) -> String {
    match resolved {
        Resolved::Source(id) => id.to_string(),
        Resolved::Page { url, .. } => url.as_str().to_owned(),
        Resolved::Note(label) => format!("^{label}"),
        Resolved::Literal => "=".to_owned(),
        _ => "!".to_owned(),
    }
}

#[test]
fn every_form_of_marker_leads_to_its_source() {
    assert!(snippets().count() >= 60, "{}", snippets().count());
    for (snippet, expected) in snippets() {
        let document = Document::read(&snippet);
        assert_eq!(
            resolved(document.frozen(), &registry(&snippet, &document)),
            expected,
            "{snippet:?}"
        );
    }
}

#[test]
fn a_cut_at_any_place_changes_nothing() {
    for (snippet, expected) in snippets() {
        for (cut, _) in snippet.char_indices() {
            let mut document = Document::new();
            document.push(&snippet[..cut]);
            document.blocks();
            document.push(&snippet[cut..]);
            document.finish();
            assert_eq!(
                resolved(document.frozen(), &registry(&snippet, &document)),
                expected,
                "{snippet:?} cut at {cut}"
            );
        }
    }
}

#[test]
fn an_unfinished_marker_does_not_flash() {
    for (marker, shown) in [
        ("[12]", ""),
        ("[1, 2]", ""),
        ("【1†source】", ""),
        ("\u{e200}cite\u{e202}turn0search1\u{e201}", ""),
        ("[citation:A title](https://s1.example/a)", ""),
        ("[[1]](https://s1.example/a)", ""),
        ("([A title](https://s1.example/a))", ""),
        ("<cite>1</cite>", ""),
        ("<citation href=\"https://s1.example/a\">T</citation>", ""),
        ("<sup>12</sup>", ""),
        ("[^12]", ""),
        ("https://s1.example/a", "https:/"),
        ("citeturn0search1", "citetur"),
    ] {
        for (cut, _) in marker.char_indices().skip(1) {
            let mut document = Document::new();
            document.push("Claim ");
            document.push(&marker[..cut]);
            let blocks = document.blocks();
            let text = blocks.last().map(|block| crate::dump::block(block)).unwrap_or_default();
            let fits = text == "p(Claim)"
                || format!("p(Claim {shown}").starts_with(text.trim_end_matches(')'));
            assert!(fits, "{marker} cut at {cut} shows {text}");
        }
    }
}

#[test]
fn the_same_marker_at_two_places_opens_two_pieces_of_evidence() {
    let markdown = "## In short\n\nFirst claim [1].\n\n## More\n\nSecond claim [1][2], `[1]`.";
    let citation = |start: usize, quote: &str| fathom_core::Citation {
        marker: Some(markdown[start..start + 3].to_owned()),
        span: Some(fathom_core::Span { start, end: start + 3 }),
        sources: vec![u32::from(markdown.as_bytes()[start + 1] - b'0')],
        evidence: vec![fathom_core::Evidence { quote: quote.to_owned(), ..Default::default() }],
        ..Default::default()
    };
    let places: Vec<usize> = markdown.match_indices('[').map(|(at, _)| at).take(3).collect();
    let mut report =
        Report { markdown: markdown.to_owned(), sources: sources(), ..Report::default() };
    report.citations = places
        .iter()
        .zip(["one", "two", "three"])
        .map(|(at, quote)| citation(*at, quote))
        .collect();
    for spans in [true, false] {
        if !spans {
            report.citations.iter_mut().for_each(|citation| citation.span = None);
        }
        let document = Document::read(markdown);
        let registry = Registry::new(&report, &document);
        let mut quotes = Vec::new();
        walk::blocks(document.frozen(), &mut |block| {
            walk::texts(block, &mut |content| {
                walk::inlines(content, &mut |inline| {
                    if let Inline::Citation { marker } = inline {
                        quotes.push(
                            registry
                                .citation(marker)
                                .map(|citation| citation.evidence[0].quote.clone()),
                        );
                    }
                });
            });
        });
        assert_eq!(
            quotes,
            ["one", "two", "three"].map(|quote| Some(quote.to_owned())),
            "spans: {spans}"
        );
        let sections: Vec<_> = registry
            .uses_of(1)
            .map(|place| place.section.as_ref().unwrap().title.clone())
            .collect();
        assert_eq!(sections, ["In short", "More"]);
        assert_eq!(registry.uses().len(), 3);
    }
}

#[test]
fn a_span_around_a_claim_names_the_markers_in_it() {
    let markdown = "A claim 【9†x】 and another.";
    let mut report =
        Report { markdown: markdown.to_owned(), sources: sources(), ..Report::default() };
    report.citations = vec![fathom_core::Citation {
        span: Some(fathom_core::Span { start: 0, end: 20 }),
        sources: vec![4],
        ..Default::default()
    }];
    let document = Document::read(markdown);
    assert_eq!(resolved(document.frozen(), &Registry::new(&report, &document)), "4");
}

#[test]
fn while_a_run_goes_on_markers_wait_for_their_source() {
    let document = Document::read("Claim [2].");
    let mut registry = Registry::default();
    let state = |registry: &Registry| resolved(document.frozen(), registry);
    assert_eq!(state(&registry), "!");
    registry.add(sources().remove(1));
    assert_eq!(state(&registry), "2");
}

#[test]
fn a_field_opens_its_own_citations() {
    let mut report = Report { sources: sources(), ..Report::default() };
    report.structured = Some(serde_json::json!({"companies": [{"name": "A"}]}));
    let field = |path: &str, source| fathom_core::Citation {
        field: Some(path.to_owned()),
        sources: vec![source],
        ..Default::default()
    };
    report.citations = vec![field("structured.companies[0].name", 3), field("output", 5)];
    let registry = Registry::new(&report, &Document::read(""));
    let ids = |path: &str| {
        registry
            .for_field(&fathom_report::Field::parse(path))
            .flat_map(|c| c.sources.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (ids("companies.0.name"), ids(""), ids("companies[1].name")),
        (vec![3], vec![5], vec![])
    );
}

#[test]
fn a_marker_around_others_stands_behind_them() {
    for text in [
        r#"Claim <cite id="4">this &cite>[2, 3]</cite>."#,
        r#"Claim <cite id="4">the claim</c>[2, 3]</cite>."#,
        r#"Claim <cite id="4">this *and [2]* too</cite> [1]."#,
        r#"Claim <cite id="4">this **_[2]_** and ([A](https://s3.example/a))</cite> [1]."#,
    ] {
        let document = Document::read(text);
        let registry = registry(text, &document);
        let starts: Vec<_> = registry.uses().iter().map(|place| place.span.start).collect();
        assert!(starts.is_sorted_by(|one, two| one < two), "{text}: {starts:?}");
        for place in registry.uses() {
            assert_eq!(registry.use_at(place.span.start), Some(place), "{text}");
            assert_eq!(text.get(place.span.start..place.span.end), Some(place.raw.as_str()));
        }
        assert!(registry.uses().iter().any(|place| place.resolved == [Resolved::Source(4)]));
    }
}
