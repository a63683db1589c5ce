//! A tree as short text, for comparison by eye and by machine.

use fathom_report::{Block, BlockKind, Form, Inline, Marker, Pieces, Target};

pub(crate) fn blocks(blocks: &Pieces<Block>) -> String {
    blocks.iter().map(|block| self::block(block)).collect::<Vec<_>>().join("\n")
}

fn nested(pieces: &Pieces<Block>) -> String {
    pieces.iter().map(|block| block_text(block)).collect::<Vec<_>>().join(" ")
}

fn block_text(block: &Block) -> String {
    self::block(block)
}

pub(crate) fn block(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading { level, content, .. } => format!("h{level}({})", inlines(content)),
        BlockKind::Paragraph { content } => format!("p({})", inlines(content)),
        BlockKind::List { start, items } => {
            let name = start.map_or_else(|| "ul".to_owned(), |start| format!("ol{start}"));
            let items: Vec<String> = items
                .iter()
                .map(|item| {
                    let tick = item.ticked.map_or("", |ticked| if ticked { "[x]" } else { "[ ]" });
                    let loose = if item.loose { "~" } else { "" };
                    format!("li{loose}{tick}({})", nested(&item.blocks))
                })
                .collect();
            format!("{name}({})", items.join(" "))
        }
        BlockKind::Quote { blocks } => format!("quote({})", nested(blocks)),
        BlockKind::Code { language, text } => {
            let text: String = text.iter().map(|part| part.text.as_str()).collect();
            format!("code:{language}({text:?})")
        }
        BlockKind::Table { head, rows, .. } => {
            let cells = |cells: &[fathom_report::block::Cell]| {
                cells.iter().map(|cell| inlines(&cell.content)).collect::<Vec<_>>().join("|")
            };
            let rows: Vec<String> =
                rows.iter().map(|row| format!("tr({})", cells(&row.cells))).collect();
            format!("table(th({}) {})", cells(head), rows.join(" "))
        }
        BlockKind::Math { tex } => format!("math({tex})"),
        BlockKind::Note { label, blocks } => format!("note:{label}({})", nested(blocks)),
        BlockKind::Rule => "hr".to_owned(),
        other => format!("{other:?}"),
    }
}

pub(crate) fn inlines(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text { text } => text.clone(),
        Inline::Emphasis { content } => format!("em({})", inlines(content)),
        Inline::Strong { content } => format!("b({})", inlines(content)),
        Inline::Strike { content } => format!("del({})", inlines(content)),
        Inline::Code { text } => format!("code({text})"),
        Inline::Math { tex, .. } => format!("math({tex})"),
        Inline::Link { href, content, .. } => format!("a:{}({})", href.as_str(), inlines(content)),
        Inline::Image { src, alt } => format!("img:{}({alt})", src.as_str()),
        Inline::Reference { label, content, .. } => format!("ref:{label}({})", inlines(content)),
        Inline::Citation { marker } => format!("{{{}}}", self::marker(marker)),
        Inline::LineBreak => "<br>".to_owned(),
        Inline::SoftBreak => "⏎".to_owned(),
        other => format!("{other:?}"),
    }
}

pub(crate) fn marker(marker: &Marker) -> String {
    let targets: Vec<String> = marker.targets.iter().map(target).collect();
    let form = match marker.form {
        Form::Brackets => "",
        Form::Footnote => "^",
        _ => "!",
    };
    format!("{form}{}", targets.join(","))
}

pub(crate) fn target(target: &Target) -> String {
    match target {
        Target::Number(number) => number.to_string(),
        Target::Name(name) => name.clone(),
        Target::Page { url, title } if title.is_empty() => url.as_str().to_owned(),
        Target::Page { url, title } => format!("{} {title}", url.as_str()),
    }
}
