//! Bodies, read up to a limit whether they come packed or not.

use std::io::Read as _;

use axum::http::{HeaderMap, header};
use fathom_core::{Error, ErrorKind};
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

/// What we say that we can unpack.
pub(super) const ACCEPTED: &str = "gzip, deflate";

/// Reads a whole body. Neither what is sent nor what it unpacks to may have more than `max` bytes.
pub(super) async fn read(headers: &HeaderMap, body: Incoming, max: u64) -> Result<Vec<u8>, Error> {
    let announced = header_text(headers, header::CONTENT_LENGTH).and_then(|text| text.parse().ok());
    if announced.is_some_and(|bytes: u64| bytes > max) {
        return Err(too_large(max));
    }
    let Gathered { bytes, is_whole } = gather(body, max).await?;
    if !is_whole {
        return Err(too_large(max));
    }
    unpack(header_text(headers, header::CONTENT_ENCODING).unwrap_or_default(), bytes, max)
}

/// Reads at most the first `max` bytes of a body and leaves the rest.
pub(super) async fn read_start(
    headers: &HeaderMap,
    body: Incoming,
    max: u64,
) -> Result<Vec<u8>, Error> {
    let bytes = gather(body, max).await?.bytes;
    let encoding = header_text(headers, header::CONTENT_ENCODING).unwrap_or_default();
    if !matches!(encoding.trim().to_ascii_lowercase().as_str(), "gzip" | "x-gzip") {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    // A packed body that was cut off ends in an error; what came before it counts.
    let _ = MultiGzDecoder::new(&*bytes).take(max).read_to_end(&mut unpacked);
    Ok(unpacked)
}

struct Gathered {
    bytes: Vec<u8>,
    is_whole: bool,
}

async fn gather(mut body: Incoming, max: u64) -> Result<Gathered, Error> {
    let most = usize::try_from(max).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            Error::new(ErrorKind::Unreachable, format!("the page broke off ({error})"))
        })?;
        let Ok(data) = frame.into_data() else { continue };
        let room = most - bytes.len();
        bytes.extend(data.iter().take(room));
        if data.len() > room {
            return Ok(Gathered { bytes, is_whole: false });
        }
    }
    Ok(Gathered { bytes, is_whole: true })
}

fn unpack(encoding: &str, bytes: Vec<u8>, max: u64) -> Result<Vec<u8>, Error> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(bytes),
        "gzip" | "x-gzip" => drain(MultiGzDecoder::new(&*bytes), max),
        "deflate" => drain(ZlibDecoder::new(&*bytes), max),
        other => Err(Error::new(
            ErrorKind::Unsupported,
            format!("the page is packed as {other}, which nobody asked for"),
        )),
    }
}

/// A small body can unpack to a very large one, so reading stops at the limit.
fn drain(packed: impl std::io::Read, max: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    packed.take(max + 1).read_to_end(&mut bytes).map_err(|error| {
        Error::new(ErrorKind::Malformed, format!("the page cannot be unpacked ({error})"))
    })?;
    if bytes.len() as u64 > max { Err(too_large(max)) } else { Ok(bytes) }
}

fn too_large(max: u64) -> Error {
    Error::new(ErrorKind::Malformed, format!("the page has more than {} MB", max >> 20))
}

/// A header's value, where it is text.
pub(super) fn header_text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use fathom_core::ErrorKind;
    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::unpack;

    #[test]
    fn packed_bodies_are_unpacked_up_to_the_limit() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&vec![b' '; 1 << 20]).unwrap();
        let bomb = gzip.finish().unwrap();
        assert!(bomb.len() < 2000);
        assert_eq!(unpack("gzip", bomb.clone(), 1 << 20).unwrap().len(), 1 << 20);
        assert_eq!(unpack("GZIP", bomb.clone(), 1 << 19).unwrap_err().kind(), ErrorKind::Malformed);
        let half = bomb.get(..bomb.len() / 2).unwrap().to_vec();
        assert_eq!(unpack("gzip", half, 1 << 21).unwrap_err().kind(), ErrorKind::Malformed);
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"text").unwrap();
        assert_eq!(unpack("deflate", zlib.finish().unwrap(), 9).unwrap(), b"text");
        assert_eq!(unpack("br", Vec::new(), 9).unwrap_err().kind(), ErrorKind::Unsupported);
        assert_eq!(unpack("gzip, gzip", bomb, 9).unwrap_err().kind(), ErrorKind::Unsupported);
    }
}
