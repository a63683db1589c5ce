//! Folders that go away with their test.

use std::fs;
use std::path::{Path, PathBuf};

use super::traces;

#[derive(Debug)]
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let Some(traces) = traces::folder() else { return Self(tempfile::tempdir().unwrap()) };
        let mut folder = tempfile::tempdir_in(traces).unwrap();
        folder.disable_cleanup(true);
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let file = self.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }
}

/// Three countries with the same headings.
pub(crate) fn small_library() -> Folder {
    let folder = Folder::new();
    for (name, people, exports) in [
        ("Norway", "5.5 million people", "crude petroleum, natural gas and fish"),
        ("Sweden", "10.6 million people", "cars, packaged medicaments and refined petroleum"),
        ("Finland", "5.6 million people", "paper, refined petroleum and large flat-rolled steel"),
    ] {
        folder.write(
            &format!("europe/{}.md", name.to_lowercase()),
            format!(
                "---\ntitle: {name}\nurl: https://example.org/{name}\ndate: 2025-01-01\n---\n# {name}\n\n## Population\n\nThe population of {name} is {people}.\n\n## Exports\n\nThe main exports of {name} are {exports}.\n"
            ),
        );
    }
    folder
}

/// A PDF of one page with one line of text.
pub(crate) fn pdf(text: &str, encrypted: bool) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET");
    let lock = "(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O {lock} /U {lock} >>"),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let id = "<00112233445566778899aabbccddeeff>";
    let lock = if encrypted { " /Encrypt 6 0 R" } else { "" };
    file.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R /ID [{id} {id}]{lock} >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes(),
    );
    file
}
