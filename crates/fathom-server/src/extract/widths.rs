//! The widths of letters, written as the reader of PDFs understands them.
//!
//! A font may say "letters 3 to 17 are 250 wide"; the reader passes over that and takes the usual width for them, so
//! that every later place in the line is wrong. It does understand a list with one width for each letter.

use pdf_extract::{Dictionary, Document, Object, ObjectId};

/// No font has more letters than this.
const LETTERS: i64 = 1 << 16;

/// Rewrites the widths of all fonts that tell them in ranges.
pub(super) fn spell_out(document: &mut Document) {
    let fonts: Vec<ObjectId> = document.objects.keys().copied().collect();
    for id in fonts {
        let Some(font) = document.objects.get(&id).and_then(|font| font.as_dict().ok()) else {
            continue;
        };
        let (widths, usual) = (widths(document, font), whole(font));
        let Some(font) = document.objects.get_mut(&id).and_then(|font| font.as_dict_mut().ok())
        else {
            continue;
        };
        if let Some(widths) = widths {
            font.set("W", widths);
        }
        if let Some(usual) = usual {
            font.set("DW", usual);
        }
    }
}

/// The usual width, where it is no whole number, which the reader does not expect.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
fn whole(font: &Dictionary) -> Option<Object> {
    match font.get(b"DW").ok()? {
        Object::Real(width) => Some(Object::Integer(width.round() as i64)),
        _ => None,
    }
}

fn widths(document: &Document, font: &Dictionary) -> Option<Object> {
    let widths = font.get(b"W").ok().filter(|_| font.has(b"CIDSystemInfo"))?;
    let (_, widths) = document.dereference(widths).ok()?;
    let mut rest = widths.as_array().ok()?.as_slice();
    let (mut out, mut letters) = (Vec::new(), 0);
    loop {
        rest = match rest {
            [first, last, width, rest @ ..] if is_number(last) => {
                let (first, last) = (first.as_i64().ok()?, last.as_i64().ok()?);
                let count = last.saturating_sub(first).saturating_add(1).clamp(0, LETTERS);
                letters += count;
                let count = usize::try_from(count).ok()?;
                out.extend([first.into(), Object::Array(vec![width.clone(); count])]);
                rest
            }
            [first, list, rest @ ..] => {
                out.extend([first.clone(), list.clone()]);
                rest
            }
            _ => return Some(Object::Array(out)),
        };
        if letters > 2 * LETTERS {
            return None;
        }
    }
}

const fn is_number(object: &Object) -> bool {
    matches!(object, Object::Integer(_) | Object::Real(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_become_lists() {
        let list = |widths: &[i64]| Object::Array(widths.iter().map(|w| (*w).into()).collect());
        let mut font = Dictionary::new();
        font.set("CIDSystemInfo", Dictionary::new());
        font.set("W", vec![0.into(), list(&[365]), 3.into(), 5.into(), 250.into()]);
        font.set("DW", 499.6);
        let mut document = Document::new();
        document.objects.insert((1, 0), font.into());
        spell_out(&mut document);
        let font = document.objects[&(1, 0)].as_dict().unwrap();
        let wanted = vec![0.into(), list(&[365]), 3.into(), list(&[250, 250, 250])];
        assert_eq!(font.get(b"W").unwrap(), &Object::Array(wanted));
        assert_eq!(font.get(b"DW").unwrap(), &Object::Integer(500));
    }

    #[test]
    fn a_range_without_end_is_bounded() {
        let mut font = Dictionary::new();
        font.set("CIDSystemInfo", Dictionary::new());
        font.set("W", vec![0.into(), i64::MAX.into(), 1.into(), 7.into()]);
        let written = widths(&Document::new(), &font).unwrap();
        let lists = written.as_array().unwrap();
        assert_eq!(lists[1].as_array().unwrap().len(), 1 << 16);
    }
}
