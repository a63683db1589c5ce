//! Citations in the forms that may be chosen.

use fathom_core::{Citation, Report, Source};

use crate::compat::address::Origin;
use crate::compat::markers::{self, label, replaced};

/// A form of citations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Numbered,
    Mla,
    Apa,
    Chicago,
}

impl Form {
    pub(super) fn of(word: Option<&str>) -> Self {
        match word {
            Some("mla") => Self::Mla,
            Some("apa") => Self::Apa,
            Some("chicago") => Self::Chicago,
            _ => Self::Numbered,
        }
    }

    /// The text of a report with its citations in this form, without the list of sources.
    pub(super) fn text(self, report: &Report) -> String {
        match self {
            Self::Numbered => report.markdown.clone(),
            form => replaced(report, |citation| form.marker(report, citation)),
        }
    }

    fn marker(self, report: &Report, citation: &Citation) -> String {
        let names = markers::sources(report, citation).map(|source| self.short(source));
        format!("({})", names.collect::<Vec<_>>().join("; "))
    }

    /// A source inside the text: who wrote it, or what it is called, and when.
    fn short(self, source: &Source) -> String {
        let who = match &source.author {
            Some(author) => label(author),
            None => format!("\"{}\"", label(&source.title)),
        };
        match self {
            Self::Apa => format!("{who}, {}", year(source)),
            Self::Chicago => format!("{who} {}", year(source)),
            Self::Mla | Self::Numbered => who,
        }
    }

    /// A source in the list at the end.
    pub(super) fn entry(self, source: &Source, origin: &Origin) -> String {
        let (title, url) = (&source.title, origin.of_source(source));
        let author =
            source.author.as_ref().map(|author| format!("{}. ", author.trim_end_matches('.')));
        let author = author.unwrap_or_default();
        match (self, &source.date) {
            (Self::Numbered, _) => format!("{title}. {url}"),
            (Self::Mla, Some(date)) => format!("{author}\"{title}.\" {date}, {url}."),
            (Self::Mla, None) => format!("{author}\"{title}.\" {url}."),
            (Self::Apa, _) if author.is_empty() => format!("{title}. ({}). {url}", year(source)),
            (Self::Apa, _) => format!("{author}({}). {title}. {url}", year(source)),
            (Self::Chicago, _) => format!("{author}{}. \"{title}.\" {url}.", year(source)),
        }
    }

    /// The list of sources as the last section of a report; empty where nothing is cited.
    pub(super) fn list(self, report: &Report, origin: &Origin) -> String {
        if report.sources.is_empty() {
            return String::new();
        }
        let heading = match self {
            Self::Numbered => "Sources",
            Self::Mla => "Works Cited",
            Self::Apa => "References",
            Self::Chicago => "Bibliography",
        };
        let mut list = format!("## {heading}\n\n");
        for source in &report.sources {
            let number =
                if self == Self::Numbered { format!("[{}] ", source.id) } else { String::new() };
            list += &format!("- {number}{}\n", self.entry(source, origin));
        }
        list
    }
}

/// The year of a source, `n.d.` where it names none.
fn year(source: &Source) -> &str {
    let year = source.date.as_deref().and_then(|date| date.get(..4));
    year.filter(|year| year.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or("n.d.")
}

#[cfg(test)]
mod tests {
    use fathom_core::{Citation, Report, Source, Span};

    use super::Form;
    use crate::compat::address::Origin;

    #[test]
    fn each_form_cites_in_its_own_way() {
        let source = Source {
            id: 1,
            title: "Norway".to_owned(),
            url: Some("https://a/".to_owned()),
            date: Some("2015-07".to_owned()),
            author: Some("The Atlas".to_owned()),
            ..Source::default()
        };
        let mut report = Report {
            markdown: "Fish [1].\n".to_owned(),
            sources: vec![source],
            citations: vec![Citation {
                span: Some(Span { start: 5, end: 8 }),
                sources: vec![1],
                ..Citation::default()
            }],
            ..Report::default()
        };
        let told =
            |report: &Report, form: Form| form.text(report) + &form.list(report, &Origin::test());
        for (word, text) in [
            ("numbered", "Fish [1].\n## Sources\n\n- [1] Norway. https://a/\n"),
            (
                "mla",
                "Fish (The Atlas).\n## Works Cited\n\n- The Atlas. \"Norway.\" 2015-07, https://a/.\n",
            ),
            (
                "apa",
                "Fish (The Atlas, 2015).\n## References\n\n- The Atlas. (2015). Norway. https://a/\n",
            ),
            (
                "chicago",
                "Fish (The Atlas 2015).\n## Bibliography\n\n- The Atlas. 2015. \"Norway.\" https://a/.\n",
            ),
        ] {
            assert_eq!(told(&report, Form::of(Some(word))), text);
        }
        report.sources[0].author = None;
        report.sources[0].date = None;
        assert!(told(&report, Form::Apa).starts_with("Fish (\"Norway\", n.d.)."));
        assert!(told(&report, Form::Apa).ends_with("- Norway. (n.d.). https://a/\n"));
    }
}
