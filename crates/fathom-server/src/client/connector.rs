//! Opens connections, and only to where they may lead.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::http::Uri;
use fathom_core::{Error, ErrorKind};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tower_service::Service;

use super::is_public;

/// How long one address may take to answer a connection, and how long a name may take to be found.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a client may connect to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Any address: the places were named by whoever runs the program.
    Anywhere,
    /// The public internet: the places are named by strangers.
    Public {
        /// This machine too; only for tests that serve their pages themselves.
        or_loopback: bool,
    },
}

impl Reach {
    pub(crate) fn admits(self, address: IpAddr) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Public { or_loopback } => {
                is_public(address) || or_loopback && address.is_loopback()
            }
        }
    }
}

/// An error of the program, on its way through the client's own errors.
#[derive(Debug)]
pub(super) struct Failure(pub Error);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

/// Finds a name once, checks what was found, and connects to exactly that.
///
/// A name that is asked for twice can answer differently the second time, so nothing is looked up again between the
/// check and the connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Connector {
    reach: Reach,
}

impl Connector {
    pub(super) const fn new(reach: Reach) -> Self {
        Self { reach }
    }

    async fn connect(self, uri: Uri) -> Result<TokioIo<TcpStream>, Failure> {
        let host = uri.host().unwrap_or_default();
        let port =
            uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let addresses = find(host, port).await?;
        // One closed address among several open ones is how a rebinding attack begins.
        if addresses.iter().any(|address| !self.reach.admits(address.ip())) {
            return Err(Failure(Error::new(
                ErrorKind::Refused,
                format!("{host} is not on the public internet, and nothing else is fetched"),
            )));
        }
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in addresses {
            match timeout(PATIENCE, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    // Small requests and small events must not wait for more to come.
                    let _ = stream.set_nodelay(true);
                    return Ok(TokioIo::new(stream));
                }
                Ok(Err(error)) => last = error,
                Err(_) => last = io::ErrorKind::TimedOut.into(),
            }
        }
        Err(unreachable(host, &last))
    }
}

/// The addresses of a host, at least one.
async fn find(host: &str, port: u16) -> Result<Vec<SocketAddr>, Failure> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    if let Ok(address) = bare.parse() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let found = timeout(PATIENCE, tokio::net::lookup_host((bare, port))).await;
    let found = found.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
    let found: Vec<SocketAddr> = found.map_err(|error| unreachable(host, &error))?.collect();
    if found.is_empty() {
        return Err(unreachable(host, &io::ErrorKind::NotFound.into()));
    }
    Ok(found)
}

fn unreachable(host: &str, cause: &io::Error) -> Failure {
    Failure(Error::new(ErrorKind::Unreachable, format!("{host} cannot be reached ({cause})")))
}

impl Service<Uri> for Connector {
    type Response = TokioIo<TcpStream>;
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        Box::pin(self.connect(uri))
    }
}

#[cfg(test)]
mod tests {
    use super::{Connector, Reach};
    use fathom_core::ErrorKind;

    async fn refusal(reach: Reach, uri: &str) -> ErrorKind {
        Connector::new(reach).connect(uri.parse().unwrap()).await.unwrap_err().0.kind()
    }

    #[tokio::test]
    async fn what_a_name_leads_to_is_checked_and_not_the_name() {
        let closed = Reach::Public { or_loopback: false };
        for uri in ["http://localhost/", "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/"] {
            assert_eq!(refusal(closed, uri).await, ErrorKind::Refused, "{uri}");
        }
        let tests = Reach::Public { or_loopback: true };
        assert_eq!(refusal(tests, "http://169.254.169.254/").await, ErrorKind::Refused);
        // Port 1 of this machine: let through, and nobody is there.
        assert_eq!(refusal(tests, "http://127.0.0.1:1/").await, ErrorKind::Unreachable);
        assert_eq!(refusal(Reach::Anywhere, "http://[::1]:1/").await, ErrorKind::Unreachable);
    }
}
