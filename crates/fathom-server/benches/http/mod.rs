//! The cheapest client there is, so that what is measured is the server.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use serde_json::Value;

/// One connection that is used again and again.
pub struct Connection {
    reader: BufReader<TcpStream>,
    address: SocketAddr,
}

/// The head of an answer.
pub struct Head {
    pub status: u16,
    length: Option<usize>,
}

impl Connection {
    pub fn open(address: SocketAddr) -> Self {
        let socket = TcpStream::connect(address).expect("the server listens");
        socket.set_nodelay(true).expect("the socket takes options");
        Self { reader: BufReader::new(socket), address }
    }

    /// Sends a request and reads the head of its answer.
    pub fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Head {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\n{headers}content-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        self.reader.get_mut().write_all(request.as_bytes()).expect("the request is sent");
        self.head()
    }

    fn head(&mut self) -> Head {
        let mut head = Head { status: 0, length: None };
        let mut line = String::new();
        loop {
            line.clear();
            self.reader.read_line(&mut line).expect("the answer has a head");
            let text = line.trim_end();
            if let Some(rest) = text.strip_prefix("HTTP/1.1 ") {
                head.status = rest.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
            } else if let Some(length) = text.strip_prefix("content-length: ") {
                head.length = length.parse().ok();
            } else if text.is_empty() {
                return head;
            }
        }
    }

    /// Reads a body of known length.
    pub fn body(&mut self, head: &Head) -> Vec<u8> {
        let mut body = vec![0; head.length.unwrap_or_default()];
        self.reader.read_exact(&mut body).expect("the answer is whole");
        body
    }

    /// Sends a request and reads its whole answer.
    pub fn fetch(&mut self, method: &str, path: &str, body: &str) -> (u16, Vec<u8>) {
        let kind = if body.is_empty() { "" } else { "content-type: application/json\r\n" };
        let head = self.ask(method, path, kind, body);
        let body = self.body(&head);
        (head.status, body)
    }

    pub fn json(&mut self, method: &str, path: &str, body: &str) -> Value {
        let (_, body) = self.fetch(method, path, body);
        serde_json::from_slice(&body).expect("the answer is JSON")
    }

    /// Reads lines of a stream to its end.
    pub fn lines(self) -> impl Iterator<Item = String> {
        self.reader.lines().map_while(Result::ok)
    }
}
