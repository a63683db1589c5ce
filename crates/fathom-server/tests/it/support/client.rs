//! HTTP/1.1 over a plain socket: what is sent and received is exactly what the test says.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use super::traces;

/// No answer takes longer than this; a test that waits for one must not hang.
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Client {
    pub(crate) address: SocketAddr,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Checks that this is an error of the API and returns its kind and field.
    pub(crate) fn error(&self) -> (String, Option<String>) {
        let json = self.json();
        let error = &json["error"];
        assert!(!error["message"].as_str().unwrap().is_empty());
        assert_eq!(error["request_id"].as_str(), self.header("x-request-id"));
        (error["kind"].as_str().unwrap().to_owned(), error["field"].as_str().map(str::to_owned))
    }
}

impl Client {
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], b"")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(
            "POST",
            path,
            &[("content-type", "application/json")],
            body.to_string().as_bytes(),
        )
    }

    /// Sends one request and reads the whole answer.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut reader = self.open(method, path, headers, body);
        let (status, headers) = head(&mut reader);
        let mut body = Vec::new();
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .map(|(_, value)| value.parse().unwrap());
        match length {
            Some(length) => {
                body.resize(length, 0);
                reader.read_exact(&mut body).unwrap();
            }
            None => {
                while let Some(chunk) = chunk(&mut reader) {
                    body.extend(chunk);
                }
            }
        }
        let body = String::from_utf8(body).unwrap();
        traces::keep_reply(&format!("{method} {path} {status} {headers:?}\n{body}\n"));
        Answer { status, headers, body }
    }

    /// Opens the events of a run after an id.
    pub(crate) fn events(&self, run: &str, after: u64) -> Stream {
        let after = after.to_string();
        let headers = [("last-event-id", after.as_str())];
        let mut reader = self.open("GET", &format!("/api/v1/runs/{run}/events"), &headers, b"");
        let (status, headers) = head(&mut reader);
        assert_eq!(status, 200, "{headers:?}");
        Stream { reader, buffer: String::new() }
    }

    /// Sends a request and leaves the answer to the caller.
    pub(crate) fn open(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> BufReader<TcpStream> {
        let mut socket = TcpStream::connect(self.address).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        );
        if !headers.iter().any(|(name, _)| *name == "host") {
            request += &format!("host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += "\r\n";
        socket.write_all(request.as_bytes()).unwrap();
        // A server that refuses a large body may close before it has read all of it.
        let _ = socket.write_all(body);
        BufReader::new(socket)
    }

    /// Asks a question and returns the id of the run.
    pub(crate) fn ask(&self, question: &str) -> String {
        let answer = self.post("/api/v1/runs", &serde_json::json!({ "question": question }));
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn run(&self, id: &str) -> Value {
        let answer = self.get(&format!("/api/v1/runs/{id}"));
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// Follows a run to its end and returns it.
    pub(crate) fn ended(&self, id: &str) -> Value {
        let path = format!("/api/v1/runs/{id}/events");
        let answer = self.get(&path);
        assert!(answer.status == 200 && answer.body.contains("run-ended"), "{answer:?}");
        self.run(id)
    }

    pub(crate) fn document(&self, id: &str) -> Answer {
        self.get(&format!("/api/v1/library/documents/{id}"))
    }

    /// Asks again and again until `wanted` holds; every turn waits for an answer, never for time.
    pub(crate) fn until(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        let begun = std::time::Instant::now();
        loop {
            let answer = self.get(path);
            if wanted(&answer) {
                return answer;
            }
            assert!(begun.elapsed() < PATIENCE, "{path} did not come to it: {answer:?}");
        }
    }
}

/// Events as they arrive.
#[derive(Debug)]
pub(crate) struct Stream {
    reader: BufReader<TcpStream>,
    buffer: String,
}

impl Iterator for Stream {
    type Item = Value;

    /// The data of the next event, checked against its id and its name.
    fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.buffer.split_once("\n\n") {
                let field = |name: &str| {
                    let mut lines = event.lines();
                    lines.find_map(|line| {
                        line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned)
                    })
                };
                let data = field("data").map(|data| serde_json::from_str::<Value>(&data).unwrap());
                if let Some(data) = &data {
                    assert_eq!(field("id"), Some(data["id"].to_string()));
                    assert_eq!(field("event").as_deref(), data["event"]["type"].as_str());
                }
                self.buffer = rest.to_owned();
                if data.is_some() {
                    return data;
                }
            } else {
                self.buffer += std::str::from_utf8(&chunk(&mut self.reader)?).unwrap();
            }
        }
    }
}

fn head(reader: &mut BufReader<TcpStream>) -> (u16, Vec<(String, String)>) {
    let mut lines = std::iter::from_fn(|| {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        Some(line.trim_end().to_owned()).filter(|line| !line.is_empty())
    });
    let status = lines.next().expect("an answer").split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.filter_map(|line| {
        line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()))
    });
    (status, headers.collect())
}

fn chunk(reader: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut size = String::new();
    reader.read_line(&mut size).ok()?;
    let size = usize::from_str_radix(size.trim(), 16).ok().filter(|size| *size > 0)?;
    let mut chunk = vec![0; size + 2];
    reader.read_exact(&mut chunk).ok()?;
    chunk.truncate(size);
    Some(chunk)
}
