//! The gateway between its clients and a vendor that the test plays itself.

mod attacks;
mod keys;
mod passing;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use fathom_core::Secret;
use fathom_core::providers::VENDORS;
use fathom_server::Config;
use fathom_server::gateway::Settings;

use crate::support::traces::{self, key};
use crate::support::{Answer, Client, Folder, Reply, Server, Site, small_library};

const JSON: (&str, &str) = ("content-type", "application/json");
const POLL: &str = "/gateway/tavily/research/r1";

/// A gateway to one address for all vendors.
struct Gateway {
    client: Client,
    _server: Server,
    _folders: (Folder, Folder),
}

impl Gateway {
    fn to(url: &str, key: Option<&str>) -> Self {
        Self::with(url, key, None)
    }

    fn with(url: &str, key: Option<&str>, token: Option<&str>) -> Self {
        let (library, data) = (small_library(), Folder::new());
        let settings = VENDORS.iter().fold(Settings::default(), |settings, vendor| {
            settings.with(vendor.id, Some(url), key).unwrap()
        });
        let config = Config {
            gateway: settings,
            token: token.map(Secret::new),
            ..Server::config(&library, &data)
        };
        let server = Server::with(config);
        Self { client: server.client, _server: server, _folders: (library, data) }
    }

    fn get(&self, path: &str) -> Answer {
        self.client.get(path)
    }
}

/// The site's own address, as a gateway is given it.
fn address(site: &Site) -> String {
    site.url("")
}

fn json_reply(body: &str) -> Reply {
    Reply::new(200, "application/json", body)
}

/// A vendor whose every byte the test writes itself.
fn vendor_by_hand() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// Takes the next connection and reads the head of its request.
fn head(listener: &TcpListener) -> (TcpStream, String) {
    let (socket, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(socket.try_clone().unwrap());
    let mut head = String::new();
    while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
    (socket, head)
}

fn read_chunk(client: &mut BufReader<TcpStream>) -> String {
    let mut size = String::new();
    client.read_line(&mut size).unwrap();
    let mut chunk = vec![0; usize::from_str_radix(size.trim(), 16).unwrap() + 2];
    client.read_exact(&mut chunk).unwrap();
    String::from_utf8(chunk).unwrap().trim_end_matches("\r\n").to_owned()
}

/// Sends exactly these bytes and reads until the program closes.
fn raw(client: &Client, request: &str) -> String {
    let mut socket = TcpStream::connect(client.address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    told(&answer)
}

/// Posts a body in pieces, without telling its size.
fn chunked(client: &Client, path: &str, body: &[u8]) -> String {
    let mut socket = TcpStream::connect(client.address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
        client.address
    );
    socket.write_all(head.as_bytes()).unwrap();
    for piece in body.chunks(1 << 16) {
        // The program may close before it has read everything.
        let _ = socket.write_all(format!("{:x}\r\n", piece.len()).as_bytes());
        let _ = socket.write_all(piece);
        let _ = socket.write_all(b"\r\n");
    }
    let _ = socket.write_all(b"0\r\n\r\n");
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    told(&answer)
}

fn told(answer: &[u8]) -> String {
    let answer = String::from_utf8_lossy(answer).into_owned();
    traces::keep_reply(&answer);
    answer
}
