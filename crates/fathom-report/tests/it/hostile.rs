use fathom_report::Document;

use crate::random::{self, Random};

#[test]
fn nothing_panics_on_random_bytes() {
    for seed in 0..300 {
        let mut random = Random::new(9000 + seed);
        let bytes: Vec<u8> =
            (0..600).map(|_| u8::try_from(random.below(256)).unwrap_or(0)).collect();
        let text = String::from_utf8_lossy(&bytes);
        let mut document = Document::new();
        for piece in random::pieces(&mut random, &text, 40) {
            document.push(piece);
            document.blocks();
        }
        document.finish();
        document.push("after the end");
        document.finish();
    }
}

#[test]
fn nothing_is_too_deep_or_too_repetitive() {
    for unit in [
        "[",
        "]",
        "*",
        "**a",
        "_",
        "`",
        "<",
        "![",
        "](",
        "[[",
        "((",
        "([a](",
        "> ",
        "- ",
        "1. ",
        "    ",
        "|",
        "|-",
        "$",
        "\\",
        "&",
        "【",
        "\u{e200}",
        "<sup>",
        "<cite>",
        "https://",
        "https://a)",
        "[^",
        "[a]: ",
        "~",
        "~~a",
        "#",
        "\t",
        "\n> ",
        "\n- ",
        "\n",
        "*a **b ",
        "[a][",
        "citeturn0search",
        "<a href=\"",
        "$a",
        "$$",
        "```\n",
        "- \n",
        ">\n",
    ] {
        let text = unit.repeat(30_000 / unit.len());
        let mut document = Document::read(&text);
        document.push("end");
        assert!(!document.blocks().is_empty());
    }
}
