//! How we behave towards hosts: their `robots.txt`, a distance between requests, and few of them at a time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use fathom_core::Error;
use tokio::sync::{Mutex as Turn, OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::robots::Robots;

/// Requests to one host at the same time.
const AT_ONCE: usize = 2;
/// Hosts that are remembered; those nobody is talking to are forgotten first.
const HOSTS: usize = 1024;
/// How long a host's word holds, by the standard at most a day, and how long the lack of one.
const WORD_HOLDS: Duration = Duration::from_secs(24 * 3600);
const SILENCE_HOLDS: Duration = Duration::from_secs(60);

/// What is known of the hosts we talk to.
#[derive(Debug)]
pub(super) struct Manners {
    pause: Duration,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

/// One host. Its locks are held while others wait for the same answer or for their turn.
#[derive(Debug)]
pub(super) struct Host {
    permits: Arc<Semaphore>,
    next: Turn<Option<Instant>>,
    robots: Turn<Option<Word>>,
}

/// What a host said of robots, or why it could not be asked: then nothing may be read for a while.
#[derive(Clone, Debug)]
struct Word {
    robots: Result<Arc<Robots>, Error>,
    until: Instant,
}

impl Manners {
    pub(super) fn new(pause: Duration) -> Self {
        Self { pause, hosts: Mutex::default() }
    }

    pub(super) fn host(&self, url: &Url) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let name = url.origin().ascii_serialization();
        if hosts.len() >= HOSTS && !hosts.contains_key(&name) {
            hosts.retain(|_, host| Arc::strong_count(host) > 1);
        }
        Arc::clone(hosts.entry(name).or_default())
    }

    /// Waits until the host may be asked again. The permit is held until the answer is complete.
    pub(super) async fn turn(
        &self,
        host: &Host,
        delay: Option<Duration>,
    ) -> Option<OwnedSemaphorePermit> {
        // The semaphore is never closed, so there is always a permit in the end.
        let permit = Arc::clone(&host.permits).acquire_owned().await.ok();
        let mut next = host.next.lock().await;
        if let Some(next) = *next {
            tokio::time::sleep_until(next.into()).await;
        }
        *next = Some(Instant::now() + self.pause.max(delay.unwrap_or_default()));
        permit
    }
}

impl Default for Host {
    fn default() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            next: Turn::default(),
            robots: Turn::default(),
        }
    }
}

impl Host {
    /// The host's word on robots; `ask` is called by one caller while the others wait.
    pub(super) async fn robots(
        &self,
        ask: impl Future<Output = Result<Robots, Error>>,
    ) -> Result<Arc<Robots>, Error> {
        let mut word = self.robots.lock().await;
        if let Some(word) = word.as_ref().filter(|word| word.until > Instant::now()) {
            return word.robots.clone();
        }
        let robots = ask.await.map(Arc::new);
        let holds = if robots.is_ok() { WORD_HOLDS } else { SILENCE_HOLDS };
        *word = Some(Word { robots: robots.clone(), until: Instant::now() + holds });
        robots
    }
}
