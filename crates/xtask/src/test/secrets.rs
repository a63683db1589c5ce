//! The search for the planted key in everything that the other parts left behind.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::count::Count;
use super::traces::{self, KEY};
use crate::paths::Paths;

/// Parts that leave traces.
const TRACED: [&str; 4] = ["native", "api", "e2e", "sdk"];

/// Looks through the traces of these parts; where none of them leaves any, through all that are there from before.
pub(super) fn run(paths: &Paths, parts: &[&str]) -> Result<Count> {
    let home = traces::home(paths);
    let is_there = |part: &&&str| home.join(part).is_dir();
    let mut wanted: Vec<&str> = TRACED.into_iter().filter(|part| parts.contains(part)).collect();
    if wanted.is_empty() {
        wanted = TRACED.iter().filter(is_there).copied().collect();
    }
    if wanted.is_empty() {
        bail!("there is nothing to look through; run the other parts first");
    }
    let needles = needles(KEY);
    let mut count = Count::default();
    for part in wanted {
        let looked = look(&home.join(part), &needles)?;
        println!(
            "{part}: looked through {} files and {} bytes for {} forms of the key",
            looked.files,
            looked.bytes,
            needles.len()
        );
        for hit in &looked.hits {
            println!("{part}: {} holds the key, {}", hit.file.display(), hit.form);
        }
        let is_clean = looked.bytes > 0 && looked.hits.is_empty();
        count.add(Count { passed: u64::from(is_clean), failed: u64::from(!is_clean) });
    }
    Ok(count)
}

/// A way to write the key.
#[derive(Debug)]
struct Needle {
    form: &'static str,
    bytes: Vec<u8>,
}

#[derive(Debug)]
struct Hit {
    file: PathBuf,
    form: &'static str,
}

/// What was looked through, and what was found.
#[derive(Debug, Default)]
struct Looked {
    files: u64,
    bytes: u64,
    hits: Vec<Hit>,
}

fn look(folder: &Path, needles: &[Needle]) -> Result<Looked> {
    let mut looked = Looked::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder);
        for entry in entries.with_context(|| format!("cannot read {}", folder.display()))? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                look_into(entry.path(), needles, &mut looked)?;
            }
        }
    }
    Ok(looked)
}

fn look_into(file: PathBuf, needles: &[Needle], looked: &mut Looked) -> Result<()> {
    let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    looked.files += 1;
    looked.bytes += bytes.len() as u64;
    let found = needles.iter().find(|needle| memchr::memmem::find(&bytes, &needle.bytes).is_some());
    looked.hits.extend(found.map(|needle| Hit { file, form: needle.form }));
    Ok(())
}

/// The key plainly, as addresses, JSON, dumps and base64 write it.
fn needles(key: &str) -> Vec<Needle> {
    let mut forms = vec![
        ("plain", key.to_owned()),
        ("percent-encoded", encoded(key, |byte| format!("%{byte:02X}"))),
        ("percent-encoded", encoded(key, |byte| format!("%{byte:02x}"))),
        ("escaped", key.replace('/', "\\/")),
        ("in hex", key.bytes().map(|byte| format!("{byte:02x}")).collect()),
        ("in hex", key.bytes().map(|byte| format!("{byte:02X}")).collect()),
    ];
    for shift in 0..3 {
        let text = base64(key.as_bytes(), shift);
        forms.push(("in base64", text.replace('+', "-").replace('/', "_")));
        forms.push(("in base64", text));
    }
    let mut needles: Vec<Needle> = Vec::new();
    for (form, text) in forms {
        if needles.iter().all(|known| known.bytes != text.as_bytes()) {
            needles.push(Needle { form, bytes: text.into_bytes() });
        }
    }
    needles
}

fn encoded(key: &str, escape: impl Fn(u8) -> String) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte| if is_plain(byte) { char::from(byte).to_string() } else { escape(byte) };
    key.bytes().map(one).collect()
}

/// The part of the base64 of a longer text that depends on the key alone, when it begins `shift` bytes after a
/// boundary of three.
fn base64(key: &[u8], shift: usize) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let whole = key.get((3 - shift) % 3..).unwrap_or_default();
    let digit = |group: u32, place: u32| {
        let index = usize::try_from(group >> (18 - 6 * place) & 63).unwrap_or_default();
        DIGITS.get(index).copied().map(char::from)
    };
    let groups = whole.chunks_exact(3);
    let number = |group: &[u8]| group.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
    groups.map(number).flat_map(|group| (0..4).filter_map(move |at| digit(group, at))).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{KEY, look, needles};
    use crate::testing;

    fn hits(content: &[u8]) -> Vec<&'static str> {
        let folder = testing::folder("secrets");
        fs::create_dir_all(folder.join("a/b")).unwrap();
        fs::write(folder.join("a/b/file"), content).unwrap();
        fs::write(folder.join("other"), "nothing here").unwrap();
        let looked = look(&folder, &needles(KEY)).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!((looked.files, looked.bytes), (2, content.len() as u64 + 12));
        looked.hits.iter().map(|hit| hit.form).collect()
    }

    #[test]
    fn a_planted_key_is_found_in_every_form_and_anywhere() {
        let in_the_middle = [b"\0\xff Bearer ", KEY.as_bytes(), b"\xfe"].concat();
        assert_eq!(hits(&in_the_middle), ["plain"]);
        assert_eq!(hits(b"/a?key=planted%2Bkey%2F5c1e0d7f93ab&b"), ["percent-encoded"]);
        assert_eq!(hits(b"/a?key=planted%2bkey%2f5c1e0d7f93ab&b"), ["percent-encoded"]);
        assert_eq!(hits(br#"{"key":"planted+key\/5c1e0d7f93ab"}"#), ["escaped"]);
        assert_eq!(hits(b"706c616e7465642b6b65792f356331653064376639336162"), ["in hex"]);
        // "x:", "xy:" and "xyz:" before the key, as `base64` of coreutils writes them.
        for text in [
            "eDpwbGFudGVkK2tleS81YzFlMGQ3ZjkzYWI=",
            "eHk6cGxhbnRlZCtrZXkvNWMxZTBkN2Y5M2Fi",
            "eHl6OnBsYW50ZWQra2V5LzVjMWUwZDdmOTNhYg==",
        ] {
            assert_eq!(hits(text.as_bytes()), ["in base64"], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_the_key_is_no_hit() {
        assert!(hits(b"planted+key/5c1e0d7f93aB planted key Planted+Key/5C1E0D7F93AB").is_empty());
        assert!(hits(b"").is_empty());
    }
}
