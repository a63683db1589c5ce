//! One page by its address: from the library, from the web, or from whichever has it.

use std::sync::Arc;
use std::time::Duration;

use fathom_core::{Error, ErrorKind, StoredDocument};

use super::Sheet;
use crate::clock;
use crate::compat::address::Origin;
use crate::error::ApiError;
use crate::index::parts;
use crate::library::Library;
use crate::routes::{Shared, blocking};
use crate::web::Mode;

/// How fresh a page has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::compat) enum Fresh {
    /// As the library has it.
    Stored,
    /// As the library has it, else as the web has it.
    StoredFirst,
    /// As the web has it, else as the library has it.
    LiveFirst,
    /// As the web has it now.
    Live,
    /// As the library has it, unless that is older than this; then as [`Fresh::LiveFirst`].
    Within(Duration),
}

/// How a page is wanted.
#[derive(Clone, Debug)]
pub(in crate::compat) struct Read {
    pub fresh: Fresh,
    /// The longest time for fetching, where the client sets one.
    pub timeout: Option<Duration>,
    /// How many pages below it are wanted, and words that they should hold.
    pub subpages: usize,
    pub targets: Vec<String>,
}

impl Read {
    /// A page alone.
    pub(in crate::compat) const fn new(fresh: Fresh) -> Self {
        Self { fresh, timeout: None, subpages: 0, targets: Vec::new() }
    }
}

/// Why a page was not read.
#[derive(Clone, Debug)]
pub(in crate::compat) enum NotRead {
    /// The library does not hold it, and it was not to be fetched.
    NotStored,
    /// It would have to be fetched, and live pages are off.
    Off,
    /// It was fetched in vain.
    Web(Error),
}

/// A page and pages below it.
pub(in crate::compat) type Pages = (Sheet, Vec<Sheet>);

/// Reads one page.
pub(in crate::compat) async fn read(
    app: &Arc<Shared>,
    origin: &Origin,
    url: &str,
    how: &Read,
) -> Result<Result<Pages, NotRead>, ApiError> {
    let stored = match how.fresh {
        Fresh::Live => None,
        _ => stored(app, origin, url).await?,
    };
    let fresh = match (how.fresh, &stored) {
        (Fresh::Within(age), Some(stored)) if stored.age <= age => Fresh::Stored,
        (Fresh::Within(_), _) => Fresh::LiveFirst,
        (fresh, _) => fresh,
    };
    match (fresh, stored) {
        (Fresh::Stored | Fresh::StoredFirst, Some(stored)) => {
            library(app, stored, how).await.map(Ok)
        }
        (Fresh::Stored, None) => Ok(Err(NotRead::NotStored)),
        (fresh, stored) => match (live(app, url, how).await, stored) {
            (Ok(pages), _) => Ok(Ok(pages)),
            (Err(_), Some(stored)) => library(app, stored, how).await.map(Ok),
            // Where nothing may be fetched, a page that is not stored is a page that is not there.
            (Err(NotRead::Off), None) if fresh != Fresh::Live => Ok(Err(NotRead::NotStored)),
            (Err(problem), None) => Ok(Err(problem)),
        },
    }
}

/// Reads several pages at the same time; live ones keep their distance by themselves. The order stays.
pub(in crate::compat) async fn read_all(
    app: &Arc<Shared>,
    origin: &Origin,
    urls: impl IntoIterator<Item = String>,
    how: &Read,
) -> Result<Vec<Result<Pages, NotRead>>, ApiError> {
    let mut reading = tokio::task::JoinSet::new();
    for (place, url) in urls.into_iter().enumerate() {
        let (app, origin, how) = (Arc::clone(app), origin.clone(), how.clone());
        reading.spawn(async move { (place, read(&app, &origin, &url, &how).await) });
    }
    let mut pages = Vec::new();
    while let Some(done) = reading.join_next().await {
        let (place, read) = done.map_err(|error| ApiError::internal(&error))?;
        pages.push((place, read?));
    }
    pages.sort_by_key(|(place, _)| *place);
    Ok(pages.into_iter().map(|(_, page)| page).collect())
}

/// A document of the library, by its address or by the address that this program gives it.
pub(in crate::compat) fn read_stored(
    library: &Library,
    origin: &Origin,
    url: &str,
) -> Result<Option<Arc<StoredDocument>>, ApiError> {
    let failed = |error: fathom_engine::IndexError| ApiError::internal(&error);
    if let Some(id) = origin.document_of(url) {
        return library.document(&id).map_err(failed);
    }
    let found = library.by_url(url).map_err(|error| ApiError::internal(&error))?;
    found.map_or(Ok(None), |entry| library.document(&entry.document).map_err(failed))
}

struct Stored {
    document: Arc<StoredDocument>,
    /// How long ago the file was changed.
    age: Duration,
}

async fn stored(app: &Arc<Shared>, origin: &Origin, url: &str) -> Result<Option<Stored>, ApiError> {
    let (app, origin, url) = (Arc::clone(app), origin.clone(), url.to_owned());
    blocking(move || {
        let Some(document) = read_stored(&app.library, &origin, &url)? else { return Ok(None) };
        let modified = app.library.modified_ms(&document.path);
        let modified = modified.map_err(|error| ApiError::internal(&error))?.unwrap_or_default();
        let age = u64::try_from(clock::now_ms() - modified).unwrap_or_default();
        Ok(Some(Stored { document, age: Duration::from_millis(age) }))
    })
    .await
}

async fn library(app: &Arc<Shared>, stored: Stored, how: &Read) -> Result<Pages, ApiError> {
    let (app, how) = (Arc::clone(app), how.clone());
    blocking(move || {
        let document = stored.document;
        let mut found = match &document.url {
            Some(url) if how.subpages > 0 => below(&app.library, url)?,
            _ => Vec::new(),
        };
        // A page that holds more of the words goes first; among equals the order of addresses stays.
        found.sort_by_key(|page| std::cmp::Reverse(held(page, &how.targets)));
        found.truncate(how.subpages);
        Ok((Sheet::stored(document), found.into_iter().map(Sheet::stored).collect()))
    })
    .await
}

/// How many of these words a page's address, title or text holds.
fn held(page: &StoredDocument, words: &[String]) -> usize {
    let text = [page.url.as_deref().unwrap_or_default(), &page.title, &page.text].join("\n");
    let text = text.to_lowercase();
    words.iter().filter(|word| text.contains(&word.to_lowercase())).count()
}

/// The documents of the library on the same site whose address begins with that of a page, without the page itself.
pub(in crate::compat) fn below(
    library: &Library,
    url: &str,
) -> Result<Vec<Arc<StoredDocument>>, ApiError> {
    let (host, path) = parts(url);
    let name = path.rsplit('/').next().unwrap_or_default();
    // `/docs/` and `/docs` lead to what is below them, `/docs/index.html` to its siblings.
    let folder = if name.contains('.') { path.strip_suffix(name).unwrap_or(path) } else { path };
    let prefix = [host, folder.trim_end_matches('/'), "/"].concat();
    let entries = library.below(&prefix).map_err(|error| ApiError::internal(&error))?;
    let mut found = Vec::new();
    for entry in entries {
        let itself =
            entry.url.as_deref().is_some_and(|other| crate::index::is_same_page(other, url));
        let document =
            library.document(&entry.document).map_err(|error| ApiError::internal(&error))?;
        found.extend(document.filter(|_| !itself));
    }
    Ok(found)
}

async fn live(app: &Arc<Shared>, url: &str, how: &Read) -> Result<Pages, NotRead> {
    let Some(web) = &app.web else { return Err(NotRead::Off) };
    let max_age = match how.fresh {
        Fresh::Within(age) => Some(age),
        Fresh::StoredFirst => Some(Duration::MAX),
        _ => None,
    };
    let mode = Mode { max_age, timeout: how.timeout };
    if how.subpages == 0 {
        return web
            .read(url, mode)
            .await
            .map(|page| (Sheet::fetched(page), Vec::new()))
            .map_err(NotRead::Web);
    }
    let (page, subpages) =
        web.subpages(url, how.subpages, &how.targets, mode).await.map_err(NotRead::Web)?;
    Ok((Sheet::fetched(page), subpages.into_iter().map(Sheet::fetched).collect()))
}

impl NotRead {
    /// What to branch on.
    pub(in crate::compat) fn kind(&self) -> ErrorKind {
        match self {
            Self::NotStored => ErrorKind::NotFound,
            Self::Off => ErrorKind::Refused,
            Self::Web(error) => error.kind(),
        }
    }

    /// In words.
    pub(in crate::compat) fn message(&self) -> String {
        match self {
            Self::NotStored => "the library holds no page of this address".to_owned(),
            Self::Off => "live pages are off; start the program with --live".to_owned(),
            Self::Web(error) => error.message().to_owned(),
        }
    }
}
