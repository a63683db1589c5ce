//! Random texts from a seed, the same on every machine.

/// A small generator (xorshift64*).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(0) % end.max(1)
    }

    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// Pieces in which every mark of the language occurs.
const PARTS: [&str; 96] = [
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\r\n",
    " ",
    " ",
    "  ",
    "    ",
    "\t",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "> ",
    ">",
    "# ",
    "### ",
    "---",
    "===",
    "***",
    "```",
    "```rust\n",
    "~~~",
    "`",
    "``",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "[1]",
    "[2, 3]",
    "[4-6]",
    "[^1]",
    "[^n]: ",
    "[1]: https://a.example\n",
    "[docs]",
    "[docs]: https://d.example 'D'\n",
    "[a](https://a.example)",
    "[[7]](https://a.example)",
    "([T](https://t.example))",
    "![i](https://i.example/i.png)",
    "[citation:T](https://t.example)",
    "【1†x】",
    "【2",
    "†",
    "】",
    "\u{e200}cite\u{e202}turn0search1\u{e201}",
    "\u{e200}",
    "\u{e202}",
    "\u{e201}",
    "<cite>",
    "</cite>",
    "<cite>3</cite>",
    "<sup>",
    "</sup>",
    "<sup>2</sup>",
    "<br>",
    "<div>",
    "<script>",
    "<!--",
    "-->",
    "<a href=\"x\">",
    "https://b.example/x_(y)",
    "http://",
    "|",
    "| a | b |\n",
    "|---|:-:|\n",
    "|--|\n",
    " | ",
    "\\|",
    "\\",
    "&amp;",
    "&#106;",
    "$",
    "$$",
    "$x$",
    "$5 ",
    "\\[",
    "\\]",
    "[ ] ",
    "[x] ",
    "word",
    "Wort",
    "é",
    "日本",
    "العربية",
    "\u{202e}",
    "x",
    "\u{0}",
];

/// A text of about `parts` pieces.
pub(crate) fn markdown(random: &mut Random, parts: usize) -> String {
    (0..parts).map(|_| random.pick(&PARTS)).collect()
}

/// Divides a text into pieces of random length.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn pieces<'a>(random: &mut Random, text: &'a str, longest: usize) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut at = (1 + random.below(longest)).min(rest.len());
        while !rest.is_char_boundary(at) {
            at += 1;
        }
        let (piece, after) = rest.split_at(at);
        pieces.push(piece);
        rest = after;
    }
    pieces
}
