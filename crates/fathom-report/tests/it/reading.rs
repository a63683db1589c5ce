#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use fathom_report::Document;

use crate::dump;

#[track_caller]
fn reads(markdown: &str, expected: &str) {
    assert_eq!(dump::blocks(Document::read(markdown).frozen()), expected, "{markdown:?}");
}

#[test]
fn headings_paragraphs_and_rules() {
    reads(
        "# One\nText *a*\nb\n\nTwo\n===\n---\n### Three ###\nx\n---",
        "h1(One)\np(Text em(a)⏎b)\nh1(Two)\nhr\nh3(Three)\nh2(x)",
    );
    reads("#no\n# \n####### seven", "p(#no)\nh1()\np(####### seven)");
    reads("a\\\nb  \nc", "p(a<br>b<br>c)");
}

#[test]
fn lists_nest_and_say_whether_they_are_loose() {
    reads("- a\n- b\n  - c\n  - d\n- e", "ul(li(p(a)) li(p(b) ul(li(p(c)) li(p(d)))) li(p(e)))");
    reads("1. a\n\n2. b\n3. c", "ol1(li~(p(a)) li(p(b)) li(p(c)))");
    reads("3) a\n   more\nlazy\n\n   second", "ol3(li~(p(a⏎more⏎lazy) p(second)))");
    reads("- [ ] open\n- [x] done", "ul(li[ ](p(open)) li[x](p(done)))");
    reads("- a\n+ b", "ul(li(p(a)))\nul(li(p(b)))");
    reads("text\n2. not a list\n- but this is", "p(text⏎2. not a list)\nul(li(p(but this is)))");
    reads(
        "- # h\n- ```\n  code\n  ```\n-\n  late",
        "ul(li(h1(h)) li(code:(\"code\\n\")) li(p(late)))",
    );
}

#[test]
fn quotes_hold_blocks_and_lazy_lines() {
    reads("> a\nb\n> > c\n\nd", "quote(p(a⏎b) quote(p(c)))\np(d)");
    reads("> - a\n> - b\n> ```\n> x\n\ny", "quote(ul(li(p(a)) li(p(b))) code:(\"x\\n\"))\np(y)");
}

#[test]
fn code_keeps_its_text() {
    reads(
        "```rust\nlet a = \"[1]\";\n\n  b\n```\nx",
        "code:rust(\"let a = \\\"[1]\\\";\\n\\n  b\\n\")\np(x)",
    );
    reads("~~~\n```\n~~~", "code:(\"```\\n\")");
    reads("    a\n\n      b\n\nc", "code:(\"a\\n\\n  b\\n\")\np(c)");
    reads("a `[1]` <code>[2]</code> b", "p(a code([1]) <code>[2]</code> b)");
    reads("```\nopen", "code:(\"open\")");
}

#[test]
fn tables_have_as_many_cells_as_columns() {
    reads(
        "| a | b |\n|---|--:|\n| 1 | **2** [3] | x |\n| only |\n\nend",
        "table(th(a|b) tr(1|b(2) {3}) tr(only|))\np(end)",
    );
    reads("See:\na | b\n-|-\n1 | 2", "p(See:)\ntable(th(a|b) tr(1|2))");
    reads("a | b\n|-|-|-|", "p(a | b⏎|-|-|-|)");
}

#[test]
fn math_is_told_from_money() {
    reads("It is $E = mc^2$ and $$x$$.", "p(It is math(E = mc^2) and math(x).)");
    reads(
        "It rose from $5 to $6, US$7-$8 and $9 million (A$10).",
        "p(It rose from $5 to $6, US$7-$8 and $9 million (A$10).)",
    );
    reads("$$\na_1 +\nb\n$$\ntext", "math(a_1 +⏎b)\np(text)".replace('⏎', "\n").as_str());
    reads("\\[ x^2 \\]", "math(x^2)");
    reads("$$\nnever closed\n\nend", "p($$⏎never closed)\np(end)");
}

#[test]
fn raw_html_is_text() {
    reads(
        "<div onclick=x>**a**</div>\n\n<script>alert(1)</script>",
        "p(<div onclick=x>b(a)</div>)\np(<script>alert(1)</script>)",
    );
    reads("a<br>b<br/>c", "p(a<br>b<br>c)");
    reads("5 km<sup>2</sup> and claim<sup>2</sup>", "p(5 km² and claim{!2})");
}

#[test]
fn links_lead_only_to_safe_places() {
    reads(
        "[a](https://a.example/x \"t\") [b](#part) [c](mailto:a@b.example)",
        "p(a:https://a.example/x(a) a:#part(b) a:mailto:a@b.example(c))",
    );
    reads(
        "[a](javascript:alert(1)) ![b](data:image/png;base64,x)",
        "p([a](javascript:alert(1)) ![b](data:image/png;base64,x))",
    );
    reads("![*A* map](https://a.example/map.png)", "p(img:https://a.example/map.png(A map))");
}

#[test]
fn links_by_name_wait_for_their_definition() {
    let markdown = "See [the page][docs] or [docs].\n\n[docs]: https://a.example 'Docs'\n[1]: https://b.example\n";
    reads(markdown, "p(See ref:docs(the page) or ref:docs(docs).)");
    let document = Document::read(markdown);
    assert_eq!(document.definition("DOCS").map(|d| d.href.as_str()), Some("https://a.example"));
    assert_eq!(document.definition("1").map(|d| d.href.as_str()), Some("https://b.example"));
}

#[test]
fn footnotes_are_blocks_of_their_own() {
    reads(
        "A[^1] b[^x].\n\n[^1]: First\n    more\n[^x]: Second [2]\n\n    para",
        "p(A{^1} b{^x}.)\nnote:1(p(First⏎more))\nnote:x(p(Second {2}) p(para))",
    );
}

#[test]
fn what_looks_like_a_block_but_is_text_stays_text() {
    reads("a\n    # b\n14. c\n<!-- d -->", "p(a⏎# b⏎14. c⏎<!-- d -->)");
    reads("===\n> ===", "p(===)\nquote(p(===))");
}
