use super::*;

fn head(pairs: &[(&str, &str)]) -> Head {
    let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Head { status: 429, headers: Headers::from_reply(pairs) }
}

#[test]
fn header_names_are_compared_without_regard_to_case() {
    assert_eq!(head(&[("X-Request-ID", "r1")]).request_id(), Some("r1"));
    assert!(head(&[("Content-Type", "Text/Event-Stream; charset=utf-8")]).is_event_stream());
}

#[test]
fn a_header_that_cannot_be_sent_is_refused_without_showing_it() {
    let mut headers = Headers::default();
    for value in ["hunter2\n", "hunter2\0", "hünter2", "hunter2\r\nx: y"] {
        let error = headers.insert("x-api-key", value).unwrap_err();
        assert!(!error.to_string().contains("nter2"), "{error}");
        assert!(error.message().contains("x-api-key"));
    }
    for name in ["", "a b", "a:", "ä", "a\n"] {
        assert!(headers.insert(name, "v").is_err(), "{name}");
    }
    assert_eq!(headers.iter().count(), 0);
}

#[test]
fn setting_a_header_again_replaces_it() {
    let mut headers = Headers::default();
    headers.insert("X-Key", "one").unwrap();
    headers.insert("x-key", "two").unwrap();
    assert_eq!(headers.iter().collect::<Vec<_>>(), [("x-key", "two")]);
}

#[test]
fn retry_after_is_read_in_every_form() {
    let wait = |pairs: &[(&str, &str)]| head(pairs).retry_after();
    assert_eq!(wait(&[("retry-after", "7")]), Some(Duration::from_secs(7)));
    assert_eq!(wait(&[("retry-after", "0.5")]), Some(Duration::from_millis(500)));
    assert_eq!(
        wait(&[("retry-after", "9"), ("retry-after-ms", "20")]),
        Some(Duration::from_millis(20))
    );
    let date = ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(
        wait(&[date, ("Date", "Sun, 06 Nov 1994 08:49:07 GMT")]),
        Some(Duration::from_secs(30))
    );
    assert_eq!(wait(&[date, ("Date", "Sun, 06 Nov 1994 09:00:00 GMT")]), Some(Duration::ZERO));
    assert_eq!(wait(&[date]), None);
    for text in ["-1", "NaN", "inf", "1e40", "soon", ""] {
        assert_eq!(wait(&[("retry-after", text)]), None, "{text}");
    }
}

#[test]
fn debug_shows_no_header_value_no_query_and_no_body() {
    let mut request = Request::post("https://host/path?key=hunter2", "hunter2");
    request.headers.insert("authorization", "Bearer hunter2").unwrap();
    let shown = format!("{request:?}");
    assert_eq!(shown, r#"POST https://host/path["accept", "content-type", "authorization"]"#);
}

#[test]
fn encodes_everything_that_could_mean_something() {
    assert_eq!(encode("a/b c@1?ü"), "a%2Fb%20c%401%3F%C3%BC");
}
