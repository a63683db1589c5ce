//! Files that are not read: which may be documents all the same, and what to do about them.

/// What a file is that no reader is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It may hold what somebody looks for; the reason says what to do.
    Document(String),
    /// A picture, a program, an archive and the like. They are counted and not named, so that a list of what is missing
    /// stays short.
    Other,
}

/// Kinds of documents by the ends of their names.
const DOCUMENTS: [(&str, &[&str]); 8] = [
    ("a Word document", &["doc", "docx", "docm", "dot", "dotx"]),
    ("a text document of an office program", &["odt", "ott", "rtf", "pages", "wpd", "wps"]),
    ("a spreadsheet", &["xls", "xlsx", "xlsm", "ods", "numbers", "csv", "tsv"]),
    ("a presentation", &["ppt", "pptx", "pps", "ppsx", "odp", "key"]),
    ("an e-book", &["epub", "mobi", "azw", "azw3", "fb2", "djvu"]),
    ("mail", &["eml", "msg", "mbox", "mbx"]),
    ("a saved page in one file", &["mht", "mhtml", "webarchive", "maff"]),
    ("a document for printers", &["ps", "eps", "xps", "oxps", "dvi"]),
];
/// Ends of names of what is no document. Whatever is in neither list is named.
const OTHERS: &str = " png jpg jpeg gif svg webp bmp ico tif tiff heic heif avif psd ai xcf raw cr2 nef \
    mp3 wav ogg flac m4a aac opus mp4 mkv avi mov webm wmv mpg mpeg srt vtt \
    zip tar gz tgz bz2 xz zst 7z rar jar war deb rpm dmg iso img apk whl cab \
    css scss sass less js mjs cjs jsx ts tsx vue svelte wasm map json jsonl ndjson json5 xml xsl xslt xsd dtd rss atom \
    yaml yml toml ini cfg conf env properties lock sum mod sql db sqlite sqlite3 db3 parquet arrow avro npy npz pkl h5 \
    rs go py pyc pyi pyx ipynb rb php pl pm sh bash zsh fish ps1 bat cmd java class kt kts scala groovy gradle \
    c h cc cpp cxx hpp hxx m mm cs fs swift dart lua r jl hs erl ex exs clj el lisp scm vb asm s d zig nim \
    o obj a so dll dylib exe bin dat pdb pak msi app com sys ttf otf woff woff2 eot fon \
    log tmp temp bak old orig swp swo part crdownload lnk url desktop ds_store cache pid sock \
    pem crt cer key pub asc sig gpg p12 pfx ics vcf torrent patch diff make mk cmake ninja am in m4 proto thrift \
    po pot mo strings plist tf tfvars dockerfile bib bst cls sty aux toc idx ";
/// Names without an end that are no documents.
const PLAIN: &str = " makefile gnumakefile dockerfile containerfile jenkinsfile vagrantfile procfile gemfile rakefile \
    podfile brewfile justfile license licence copying notice authors codeowners version cname ";

/// What a file of this path is.
pub(super) fn unread(path: &str) -> Unread {
    let name = path.rsplit(['/', ':']).next().unwrap_or(path).to_lowercase();
    let listed = |list: &str, word: &str| list.split_ascii_whitespace().any(|one| one == word);
    // Locks and copies that office programs leave beside a document.
    if name.starts_with('~') || name.ends_with('~') || listed(PLAIN, &name) {
        return Unread::Other;
    }
    let Some((_, end)) = name.rsplit_once('.') else {
        let advice = "has no ending that tells its kind; if it is text, add .txt to its name";
        return Unread::Document(advice.to_owned());
    };
    if let Some((kind, _)) = DOCUMENTS.iter().find(|(_, ends)| ends.contains(&end)) {
        return Unread::Document(format!(
            "is {kind}, which is not read yet; save it as PDF or text"
        ));
    }
    if end.bytes().all(|byte| byte.is_ascii_digit()) || listed(OTHERS, end) {
        return Unread::Other;
    }
    Unread::Document(format!(
        "is of a kind that is not read (.{}); save it as PDF or text",
        end.chars().take(12).collect::<String>()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_document_is_named_and_the_rest_is_not() {
        let reason = |path: &str| match unread(path) {
            Unread::Document(reason) => reason,
            Unread::Other => String::new(),
        };
        for (path, words) in [
            (
                "a/Unit One.DOCX",
                "is a Word document, which is not read yet; save it as PDF or text",
            ),
            ("fees.xlsx", "spreadsheet"),
            ("talk.odp", "presentation"),
            ("book.epub", "e-book"),
            ("notes.rst", "(.rst)"),
            ("a.b/minutes", "add .txt"),
        ] {
            assert!(reason(path).contains(words), "{path}: {}", reason(path));
        }
        for path in
            ["a.png", "main.rs", "more:x.tar.gz", "style.css", "~$unit.docx", "Makefile", "man.1"]
        {
            assert_eq!(unread(path), Unread::Other, "{path}");
        }
    }
}
