//! Files that cannot be read cost one line in the list of skipped files.

use std::fs::{self, File};
use std::time::Duration;

use crate::support::{Client, Folder, Program, Server, pdf, small_library};

fn reason(client: &Client, path: &str) -> String {
    let library = client.get("/api/v1/library").json();
    let skipped = library["skipped"].as_array().unwrap().iter();
    let mut found = skipped.filter(|entry| entry["path"] == path);
    let reason =
        found.next().unwrap_or_else(|| panic!("{path} is not in {library}"))["reason"].clone();
    assert!(found.next().is_none());
    reason.as_str().unwrap().to_owned()
}

fn await_library(client: &Client) {
    client.until("/api/v1/library", |answer| answer.json()["state"] == "ready");
}

#[test]
fn each_bad_file_is_skipped_with_what_to_do() {
    let (library, data, outside) = (small_library(), Folder::new(), Folder::new());
    outside.write("secret.md", "The password is swordfish.");
    library.write("empty.pdf", "");
    library.write("corrupt.pdf", &pdf("lost", false)[..200]);
    library.write("encrypted.pdf", pdf("secret", true));
    library.write("good.pdf", pdf("The lighthouse of Lindesnes was built in 1655.", false));
    library.write("latin.txt", b"caf\xe9 au lait");
    library.write("binary.txt", b"PK\0\x03\0\0\0");
    library.write("empty.md", "");
    library.write("picture.png", "ignored");
    library.write("unit-one.docx", "PK");
    library.write("fees.xlsx", "PK");
    library.write(".hidden.md", "ignored");
    File::create(library.join("huge.txt")).unwrap().set_len(200 << 20).unwrap();
    std::os::unix::fs::symlink(outside.join("secret.md"), library.join("link.md")).unwrap();
    std::os::unix::fs::symlink(outside.path(), library.join("folder")).unwrap();
    std::os::unix::fs::symlink(library.path(), library.join("circle")).unwrap();
    std::os::unix::fs::symlink("nowhere.md", library.join("broken.md")).unwrap();
    let server = Server::start(&library, &data);
    let client = server.client;
    await_library(&client);
    for (path, words) in [
        ("empty.pdf", "0 bytes"),
        ("corrupt.pdf", "damaged"),
        ("encrypted.pdf", "password"),
        ("binary.txt", "not text"),
        ("empty.md", "0 bytes"),
        ("huge.txt", "split it"),
        ("link.md", "out of the library"),
        ("folder", "out of the library"),
        ("broken.md", "nowhere"),
        ("unit-one.docx", "is a Word document, which is not read yet; save it as PDF or text"),
        ("fees.xlsx", "spreadsheet"),
    ] {
        let reason = reason(&client, path);
        assert!(reason.contains(words), "{path}: {reason}");
    }
    let view = client.get("/api/v1/library").json();
    assert_eq!(
        (view["skipped"].as_array().unwrap().len(), &view["documents"], &view["others"]),
        (11, &serde_json::json!(5), &serde_json::json!(2))
    );
    let latin = client.document("latin.txt").json();
    assert_eq!(latin["text"], "caf\u{e9} au lait\n");
    let page = client.document("good.pdf").json();
    assert!(
        page["text"].as_str().unwrap().contains("The lighthouse of Lindesnes was built in 1655.")
    );
    for id in ["link.md", "folder/secret.md", "../secret.md", "..%2F..%2Fetc/passwd", "/etc/passwd"]
    {
        assert_eq!(client.document(id).status, 404, "{id}");
    }
}

#[test]
fn a_pdf_that_takes_too_long_or_breaks_its_reader_is_given_up() {
    let (library, tools) = (small_library(), Folder::new());
    library.write("a.pdf", pdf("text", false));
    for (script, words) in [
        ("exec sleep 600", "took longer"),
        ("kill -SEGV $$", "memory"),
        ("exit 101", "cannot understand"),
        ("echo nonsense", "more text"),
    ] {
        tools.write("reader", format!("#!/bin/sh\n{script}\n"));
        make_executable(&tools.join("reader"));
        let fresh = Folder::new();
        let config = Server::config(&library, &fresh);
        let server = Server::with(fathom_server::Config {
            program: tools.join("reader"),
            pdf_limit: Duration::from_millis(300),
            ..config
        });
        await_library(&server.client);
        let reason = reason(&server.client, "a.pdf");
        assert!(reason.contains(words), "{script}: {reason}");
    }
}

fn make_executable(file: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;

    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_reader_of_pdfs_tells_files_apart_by_its_exit_code() {
    let folder = Folder::new();
    folder.write("good.pdf", pdf("Hello reader", false));
    folder.write("locked.pdf", pdf("Hello reader", true));
    folder.write("bad.pdf", "no pdf at all");
    let run =
        |name: &str| Program::command().arg("extract").arg(folder.join(name)).output().unwrap();
    let good = run("good.pdf");
    let pages: Vec<String> = serde_json::from_slice(&good.stdout).unwrap();
    assert!(pages.len() == 1 && pages[0].contains("Hello reader"), "{pages:?}");
    assert_eq!(run("locked.pdf").status.code(), Some(3));
    assert_eq!(run("bad.pdf").status.code(), Some(4));
}

#[test]
fn the_index_follows_the_folder() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let client = server.client;
    await_library(&client);
    library.write("new.md", "# Denmark\n\nDenmark exports pigs.\n");
    client.until("/api/v1/library/documents/new.md", |answer| answer.status == 200);
    let listed = client.get("/api/v1/library/documents?q=DENMARK").json();
    assert_eq!(listed["documents"][0]["path"], "new.md");
    library.write("new.md", "# Denmark\n\nDenmark exports windmills.\n");
    client.until("/api/v1/library/documents/new.md", |answer| answer.body.contains("windmills"));
    fs::remove_file(library.join("new.md")).unwrap();
    client.until("/api/v1/library/documents/new.md", |answer| answer.status == 404);
    fs::remove_dir_all(library.join("europe")).unwrap();
    client.until("/api/v1/library", |answer| answer.json()["documents"] == 0);
}

#[test]
fn a_second_folder_carries_its_name() {
    let (library, data, more) = (small_library(), Folder::new(), Folder::new());
    more.write("notes/a.md", "# A note\n\nThe note is short.\n");
    let mut config = Server::config(&library, &data);
    config.library.push(more.join("notes"));
    // A folder inside another one is there already.
    config.library.push(library.join("europe"));
    let server = Server::with(config);
    await_library(&server.client);
    assert_eq!(server.client.document("notes:a.md").json()["title"], "A note");
    let page = server.client.get("/api/v1/library/documents?limit=3").json();
    assert_eq!(page["documents"].as_array().unwrap().len(), 3);
    let next = page["next_cursor"].as_str().unwrap();
    let rest = server.client.get(&format!("/api/v1/library/documents?cursor={next}")).json();
    assert_eq!(rest["documents"][0]["path"], "notes:a.md");
    assert!(rest["next_cursor"].is_null());
}
