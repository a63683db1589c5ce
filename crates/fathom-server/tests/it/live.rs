//! Pages fetched live from a small site that the test serves itself.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use fathom_core::ErrorKind;
use fathom_server::web::{Limits, Live, Mode, Page, Walk, Web, same_site};
use url::Url;

use crate::support::{Reply, Site, pdf};

fn web(allow_loopback: bool) -> Web {
    let live = Live { allow_loopback, pause: Duration::ZERO, ..Live::default() };
    Web::new(&live, PathBuf::from(env!("CARGO_BIN_EXE_fathom")))
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn read(web: &Web, url: &str) -> Result<Arc<Page>, fathom_core::Error> {
    block_on(web.read(url, Mode::default()))
}

fn kind(web: &Web, url: &str) -> ErrorKind {
    read(web, url).unwrap_err().kind()
}

/// A page of some length, as the article finder expects it.
fn article(title: &str, rest: &str) -> Reply {
    let text =
        "The harbour of Bergen handled nine million tonnes of goods in the year 2024. ".repeat(8);
    Reply::page(
        title,
        &format!(
            "<nav><a href=/nav>Nav</a></nav><article><h1>{title}</h1><p>{text}</p>{rest}</article>"
        ),
    )
}

#[test]
fn a_page_becomes_stored_text_with_its_links_and_pictures() {
    let site = Site::start();
    let rest = "<p>See <a href='other#top'>the  other</a> and <img src=/a.png> <script>evil()</script></p>";
    site.set("/docs/page", article("Harbours", rest));
    let page = read(&web(true), &site.url("/docs/page#part")).unwrap();
    assert_eq!(page.url.as_str(), site.url("/docs/page"));
    assert_eq!(page.document.title, "Harbours");
    assert_eq!(page.document.url.as_deref(), Some(&*site.url("/docs/page")));
    assert!(page.document.text.contains("nine million tonnes"), "{}", page.document.text);
    for block in &page.document.blocks {
        assert!(page.document.text.get(block.start..block.end).is_some());
    }
    assert!(page.html.contains("<p>") && !page.html.contains("evil"), "{}", page.html);
    let links: Vec<_> = page.links.iter().map(|link| (link.url.path(), &*link.text)).collect();
    assert_eq!(links, [("/nav", "Nav"), ("/docs/other", "the other")]);
    assert_eq!(page.images, [site.url("/a.png")]);
    let request = site.requests().pop().unwrap();
    assert!(request.contains("user-agent: fathom/") && !request.contains("referer"), "{request}");
}

#[test]
fn plain_text_markdown_json_and_pdf_are_read_too() {
    let site = Site::start();
    site.set(
        "/a.txt",
        Reply::new(200, "text/plain; charset=iso-8859-1", b"Caf\xe9 au lait.".to_vec()),
    );
    site.set("/b.md", Reply::new(200, "text/plain", "---\ntitle: Notes\n---\n# One\n\nTwo.\n"));
    site.set("/c.json", Reply::new(200, "application/json", "{\"tonnes\": 9}"));
    site.set("/d", Reply::new(200, "application/pdf", pdf("Printed words", false)));
    site.set("/e", Reply::page("Short", "<p>Three words only.</p><script>no()</script>"));
    let web = web(true);
    let text = |path: &str| read(&web, &site.url(path)).unwrap().document.text.clone();
    assert_eq!(text("/a.txt"), "Caf\u{e9} au lait.\n");
    assert!(text("/b.md").starts_with("One\n"));
    assert!(text("/c.json").contains("\"tonnes\": 9"));
    assert!(text("/d").contains("Printed words"));
    assert!(text("/e").contains("Three words only.") && !text("/e").contains("no()"));
    assert_eq!(read(&web, &site.url("/e")).unwrap().document.title, "Short");
}

#[test]
fn nothing_inside_of_the_network_is_fetched() {
    let site = Site::start();
    site.set("/", article("Inside", ""));
    let web = web(false);
    assert_eq!(kind(&web, &site.url("/")), ErrorKind::Refused);
    for url in [
        "http://localhost/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/",
        "http://10.1.2.3/",
        "http://192.168.0.1:443/",
        "https://172.16.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://localhost:22/",
        "http://[fe80::1]/",
    ] {
        assert_eq!(kind(&web, url), ErrorKind::Refused, "{url}");
    }
    for url in ["file:///etc/passwd", "ftp://127.0.0.1/", "http://a:b@127.0.0.1/", "", "http://"] {
        assert_eq!(kind(&web, url), ErrorKind::InvalidTask, "{url}");
    }
    assert_eq!(site.paths(), Vec::<String>::new());
}

#[test]
fn a_redirect_passes_the_same_gate_and_an_endless_one_ends() {
    let site = Site::start();
    site.set("/moved", Reply::redirect("/a/../final#x"));
    site.set("/final", article("Final", ""));
    site.set("/loop", Reply::redirect("/loop"));
    site.set("/nowhere", Reply::redirect("http://[bad"));
    for (at, to) in ["http://169.254.169.254/latest/", "http://10.0.0.1/", "http://[fd00::1]/"]
        .iter()
        .enumerate()
    {
        site.set(&format!("/inside/{at}"), Reply::redirect(to));
    }
    site.set("/file", Reply::redirect("file:///etc/passwd"));
    site.set("/port", Reply::redirect("http://1.1.1.1:22/"));
    let web = web(true);
    assert_eq!(read(&web, &site.url("/moved")).unwrap().url.as_str(), site.url("/final"));
    assert_eq!(kind(&web, &site.url("/loop")), ErrorKind::Unavailable);
    assert_eq!(kind(&web, &site.url("/nowhere")), ErrorKind::Unavailable);
    for at in 0..3 {
        assert_eq!(kind(&web, &site.url(&format!("/inside/{at}"))), ErrorKind::Refused);
    }
    assert_eq!(kind(&web, &site.url("/file")), ErrorKind::InvalidTask);
    assert_eq!(kind(&web, &site.url("/port")), ErrorKind::Refused);
    assert_eq!(site.paths().iter().filter(|path| *path == "/loop").count(), 6);
}

#[test]
fn what_is_too_large_or_of_the_wrong_kind_is_not_read() {
    let site = Site::start();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&vec![b'a'; 64 << 20]).unwrap();
    let bomb =
        Reply::new(200, "text/html", gzip.finish().unwrap()).with("content-encoding", "gzip");
    site.set("/bomb", bomb);
    site.set("/large", Reply::new(200, "text/plain", vec![b'a'; (5 << 20) + 1]));
    site.set("/announced", Reply::new(200, "text/plain", "").with("content-length", "99999999999"));
    site.set("/deep", Reply::page("Deep", &"<div>".repeat(5000)));
    site.set("/picture", Reply::new(200, "image/png", "x"));
    site.set("/brotli", Reply::new(200, "text/plain", "x").with("content-encoding", "br"));
    site.set("/cut", Reply::new(200, "text/plain", "short").with("content-length", "500"));
    site.set("/gone", Reply::new(410, "text/plain", ""));
    site.set("/closed", Reply::new(403, "text/plain", ""));
    site.set("/busy", Reply::new(429, "text/plain", ""));
    site.set("/broken", Reply::new(500, "text/plain", ""));
    site.set("/not-a-pdf", Reply::new(200, "application/pdf", "%PDF-nonsense"));
    let web = web(true);
    for (path, expected) in [
        ("/bomb", ErrorKind::Malformed),
        ("/large", ErrorKind::Malformed),
        ("/announced", ErrorKind::Malformed),
        ("/deep", ErrorKind::Malformed),
        ("/not-a-pdf", ErrorKind::Malformed),
        ("/picture", ErrorKind::Unsupported),
        ("/brotli", ErrorKind::Unsupported),
        ("/cut", ErrorKind::Unreachable),
        ("/none", ErrorKind::NotFound),
        ("/gone", ErrorKind::NotFound),
        ("/closed", ErrorKind::Refused),
        ("/busy", ErrorKind::RateLimited),
        ("/broken", ErrorKind::Unavailable),
    ] {
        let error =
            read(&web, &format!("{}?secret=1", site.url(path))).map(|page| page.url.clone());
        // A path with a query is another address to the site, so it is asked for without one too.
        assert!(!format!("{error:?}").contains("secret"));
        assert_eq!(kind(&web, &site.url(path)), expected, "{path}");
    }
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let mode = Mode { timeout: Some(Duration::from_millis(50)), ..Mode::default() };
    assert_eq!(block_on(web.read(&url, mode)).unwrap_err().kind(), ErrorKind::Timeout);
}

#[test]
fn robots_txt_is_asked_once_and_kept_to() {
    let site = Site::start();
    site.set("/robots.txt", Reply::redirect("/robots"));
    site.set(
        "/robots",
        Reply::new(
            200,
            "text/plain",
            "User-agent: fathom\nDisallow: /private\nAllow: /private/open",
        ),
    );
    site.set("/private/a", article("Private", ""));
    site.set("/private/open", article("Open", ""));
    site.set("/to-private", Reply::redirect("/private/a"));
    let web = web(true);
    assert_eq!(kind(&web, &site.url("/private/a")), ErrorKind::Refused);
    assert_eq!(kind(&web, &site.url("/to-private")), ErrorKind::Refused);
    assert!(read(&web, &site.url("/private/open")).is_ok());
    assert_eq!(site.paths(), ["/robots.txt", "/robots", "/to-private", "/private/open"]);
    let long = Site::start();
    let rules = "User-agent: *\nDisallow: /private\n# ".to_owned() + &"x".repeat(600 << 10);
    long.set("/robots.txt", Reply::new(200, "text/plain", rules));
    long.set("/", article("Start", ""));
    assert!(read(&web, &long.url("/")).is_ok());
    assert_eq!(kind(&web, &long.url("/private")), ErrorKind::Refused);
    let broken = Site::start();
    broken.set("/robots.txt", Reply::new(503, "text/plain", ""));
    broken.set("/", article("Start", ""));
    assert_eq!(kind(&web, &broken.url("/")), ErrorKind::Unavailable);
    assert_eq!(broken.paths(), ["/robots.txt"]);
}

#[test]
fn a_copy_is_used_only_when_it_is_young_enough() {
    let site = Site::start();
    site.set("/", article("First", ""));
    let web = web(true);
    let mode = Mode { max_age: Some(Duration::from_secs(3600)), ..Mode::default() };
    let title = |mode| block_on(web.read(&site.url("/"), mode)).unwrap().document.title.clone();
    assert_eq!(title(mode), "First");
    site.set("/", article("Second", ""));
    assert_eq!(title(mode), "First");
    assert_eq!(title(Mode::default()), "Second");
    assert_eq!(title(mode), "Second");
}

/// A start page, two sections, a leaf below the first, and a way out.
fn small_site() -> Site {
    let site = Site::start();
    let away = "<a href=http://127.0.0.2:1/>away</a>";
    site.set(
        "/",
        Reply::page(
            "Start",
            &format!(
                "<p>Start.</p><a href=/a>Ships</a><a href=/b>Prices</a><a href=/lost>Lost</a>{away}"
            ),
        ),
    );
    site.set(
        "/a",
        Reply::page("A", "<p>About ships.</p><a href=/a/leaf>leaf</a><a href=/>home</a>"),
    );
    site.set("/b", Reply::page("B", "<p>About prices.</p><a href=/a>back</a>"));
    site.set("/a/leaf", Reply::page("Leaf", "<p>A leaf.</p><a href=/deeper>deeper</a>"));
    site
}

fn paths(urls: &[Url]) -> Vec<&str> {
    urls.iter().map(Url::path).collect()
}

#[test]
fn a_crawl_reads_a_site_within_its_limits_and_a_map_lists_it() {
    let site = small_site();
    let web = web(true);
    let start = Url::parse(&site.url("/")).unwrap();
    let near = |url: &Url| same_site(&start, url);
    let limits = |depth, breadth, pages| Limits {
        depth,
        breadth,
        pages,
        time: Duration::from_secs(60),
        mode: Mode::default(),
        follow: &near,
    };
    let crawl = |limits| block_on(web.crawl(start.as_str(), &limits)).unwrap();
    let titles = |walk: &Walk| -> Vec<String> {
        walk.pages.iter().map(|page| page.document.title.clone()).collect()
    };
    let all = crawl(limits(2, 10, 50));
    assert_eq!(titles(&all), ["Start", "A", "B", "Leaf"]);
    assert_eq!(
        all.failed.iter().map(|(url, error)| (url.path(), error.kind())).collect::<Vec<_>>(),
        [("/lost", ErrorKind::NotFound)]
    );
    assert_eq!(titles(&crawl(limits(0, 10, 50))), ["Start"]);
    assert_eq!(titles(&crawl(limits(1, 1, 50))), ["Start", "A"]);
    assert_eq!(titles(&crawl(limits(5, 10, 3))), ["Start", "A", "B"]);
    let before = site.paths().len();
    let map = block_on(web.map(start.as_str(), &limits(2, 10, 50))).unwrap();
    assert_eq!(paths(&map.urls), ["/", "/a", "/b", "/lost", "/a/leaf"]);
    assert!(map.pages.is_empty());
    // The leaf is listed without being asked for.
    assert_eq!(site.paths().split_off(before), ["/", "/a", "/b", "/lost"]);
    let few = block_on(web.map(start.as_str(), &limits(2, 10, 2))).unwrap();
    assert_eq!(paths(&few.urls), ["/", "/a"]);
    assert!(block_on(web.crawl(&site.url("/none"), &limits(1, 1, 1))).is_err());
}

#[test]
fn subpages_are_the_links_that_fit() {
    let site = small_site();
    let web = web(true);
    let subpages = |count, target: &str| {
        let (page, found) =
            block_on(web.subpages(&site.url("/"), count, &[target.to_owned()], Mode::default()))
                .unwrap();
        assert_eq!(page.document.title, "Start");
        found.iter().map(|page| page.document.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(subpages(1, "prices"), ["B"]);
    assert_eq!(subpages(9, ""), ["A", "B"]);
    assert_eq!(subpages(0, ""), Vec::<String>::new());
}
