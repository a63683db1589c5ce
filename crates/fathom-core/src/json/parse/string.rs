//! Strings in a JSON text.

use super::Reader;

impl Reader<'_> {
    /// The rest of a string whose first quote is read.
    pub(super) fn string(&mut self) -> Option<String> {
        let mut out = Vec::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
            let plain = rest.iter().position(is_special).unwrap_or(rest.len());
            out.extend_from_slice(rest.get(..plain)?);
            self.at += plain;
            match self.next()? {
                b'"' => return String::from_utf8(out).ok(),
                b'\\' => self.escape(&mut out)?,
                0..0x20 if !self.lenient => return None,
                byte => out.push(byte),
            }
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Option<()> {
        let byte = match self.next()? {
            b'b' => b'\x08',
            b'f' => b'\x0c',
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let read = self.unicode()?;
                out.extend_from_slice(read.encode_utf8(&mut [0; 4]).as_bytes());
                return Some(());
            }
            byte @ (b'"' | b'\\' | b'/') => byte,
            // A backslash before it can only be meant as itself.
            byte @ 0..0x20 if self.lenient => {
                out.push(b'\\');
                byte
            }
            _ => return None,
        };
        out.push(byte);
        Some(())
    }

    /// A character by its number, or by those of its two halves.
    fn unicode(&mut self) -> Option<char> {
        let mut code = self.hex()?;
        if code & 0xfc00 == 0xd800 {
            self.next().filter(|byte| *byte == b'\\')?;
            self.next().filter(|byte| *byte == b'u')?;
            let low = self.hex().filter(|low| low & 0xfc00 == 0xdc00)?;
            code = 0x1_0000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
        }
        char::from_u32(code)
    }

    fn hex(&mut self) -> Option<u32> {
        let mut code = Some(0);
        for _ in 0..4 {
            let digit = char::from(self.next()?).to_digit(16);
            code = code.zip(digit).map(|(code, digit)| code << 4 | digit);
        }
        code
    }
}
