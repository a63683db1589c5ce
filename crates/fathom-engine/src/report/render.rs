use super::{
    Markdown,
    draft::{Block, Line, Section, Table},
};

impl Markdown {
    /// Writes a section.
    pub(crate) fn render(&mut self, section: &Section) {
        self.section(&section.title);
        for block in &section.blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::List(lines) => {
                for line in lines {
                    self.own("- ");
                    self.line(line);
                    self.own("\n");
                }
            }
            Block::Table(table) => self.table(table),
            Block::Facts { topic, items } => self.facts(topic, items),
            Block::Heading(title) => {
                self.own("### ");
                self.name(title);
            }
            Block::Gap { topic, tried } => self.gap(topic, tried),
            Block::Own(words) => self.own(words),
            Block::Related { missing } => {
                self.own("The library may not answer this question. These passages come closest.");
                self.listed(" They do not hold: ", missing);
            }
            Block::Missing { words } => self.listed("No passage holds: ", words),
        }
        self.end_block();
    }

    fn line(&mut self, line: &Line) {
        if let Some(lead) = &line.lead {
            self.own("**");
            self.name(lead);
            self.own(":** ");
        }
        self.quote(&line.quote, line.marked.as_ref(), &line.same);
        if let Some(against) = &line.against {
            self.own(" against ");
            self.quote(against, None, &[]);
        }
    }

    fn facts(&mut self, topic: &str, items: &[(String, Line)]) {
        self.own("**");
        self.name(topic);
        self.own(":** ");
        for (at, (name, line)) in items.iter().enumerate() {
            self.own(if at > 0 { "; " } else { "" });
            if !name.is_empty() {
                self.name(name);
                self.own(" ");
            }
            self.line(line);
        }
        self.own(".");
    }

    fn table(&mut self, table: &Table) {
        self.own("|");
        for head in &table.head {
            self.own(" ");
            self.name(head);
            self.own(" |");
        }
        self.own("\n|");
        for _ in &table.head {
            self.own(" --- |");
        }
        self.own("\n");
        for (name, cells) in &table.rows {
            self.own("| ");
            self.name(name);
            self.own(" |");
            for cell in cells {
                self.own(" ");
                match cell {
                    Some(line) => self.line(line),
                    None => self.own("not found"),
                }
                self.own(" |");
            }
            self.own("\n");
        }
    }

    fn gap(&mut self, topic: &str, tried: &[String]) {
        self.own("The library holds nothing on ");
        self.own("**");
        self.name(topic);
        self.own("**.");
        self.listed(" Searched for: ", tried);
    }

    /// Words of the person who asked, each in quotation marks.
    fn listed(&mut self, before: &str, words: &[String]) {
        if words.is_empty() {
            return;
        }
        self.own(before);
        for (at, word) in words.iter().enumerate() {
            self.own(if at > 0 { ", \u{201c}" } else { "\u{201c}" });
            self.name(word);
            self.own("\u{201d}");
        }
        self.own(".");
    }
}
