//! Embeds the built app: every file of the folder `FATHOM_APP_DIR`, compressed once here.
//!
//! Without that variable the program is built without the app, and says so when it is opened.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::{env, io};

use sha2::{Digest as _, Sha256};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=FATHOM_APP_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let folder =
        env::var_os("FATHOM_APP_DIR").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let mut files = Vec::new();
    if let Some(folder) = &folder {
        println!("cargo::rerun-if-changed={}", folder.display());
        list(folder, &mut files)?;
        files.sort();
    }
    fs::write(out.join("app_files.rs"), table(folder.as_deref(), &files, &out)?)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if !path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            files.push(path);
        }
    }
    Ok(())
}

/// Rust code for the table of files and for the hashes of the scripts inside `index.html`.
fn table(folder: Option<&Path>, files: &[PathBuf], out: &Path) -> io::Result<String> {
    let mut code = "pub(super) static FILES: &[File] = &[\n".to_owned();
    let mut hashes = String::new();
    for (number, file) in files.iter().enumerate() {
        let bytes = fs::read(file)?;
        let path = format!("/{}", shown(folder, file));
        if path == "/index.html" {
            hashes = script_hashes(&String::from_utf8_lossy(&bytes));
        }
        let packed = compressed(&bytes)?;
        let brotli = match packed.len() < bytes.len() {
            true => {
                let target = out.join(format!("{number}.br"));
                fs::write(&target, packed)?;
                format!("Some(include_bytes!({target:?}))")
            }
            false => "None".to_owned(),
        };
        let digest = Sha256::digest(&bytes);
        let etag: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let _ = writeln!(
            code,
            "    File {{ path: {path:?}, bytes: include_bytes!({file:?}), brotli: {brotli}, etag: \"\\\"{etag}\\\"\" }},"
        );
    }
    let _ = writeln!(code, "];\npub(super) static SCRIPT_HASHES: &str = {hashes:?};");
    Ok(code)
}

fn shown(folder: Option<&Path>, file: &Path) -> String {
    let inside = folder.and_then(|folder| file.strip_prefix(folder).ok()).unwrap_or(file);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn compressed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let quality = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &quality)?;
    Ok(packed)
}

/// `'sha256-…'` for every script that stands in the page itself, as the content security policy wants it.
fn script_hashes(html: &str) -> String {
    let mut hashes = String::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("<script") {
        let Some((tag, after)) = after.split_once('>') else { break };
        let Some((script, after)) = after.split_once("</script") else { break };
        if !script.is_empty() && !tag.contains("src=") {
            let _ = write!(hashes, " 'sha256-{}'", base64(&Sha256::digest(script)));
        }
        rest = after;
    }
    hashes
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let joined =
            (0..3).fold(0_u32, |sum, at| sum << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let digit =
                DIGITS.get((joined >> (18 - 6 * at) & 63) as usize).copied().unwrap_or(b'=');
            out.push(if at <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}
