//! When two addresses are the same page.

/// The part of a web address that names the page: without scheme, `www.`, fragment, trailing slash
/// and the parameters that only say where a reader came from.
pub(crate) fn page(address: &str) -> String {
    let lower = address.to_ascii_lowercase();
    let skipped = ["https://", "http://"].iter().find(|scheme| lower.starts_with(**scheme));
    let rest = address.get(skipped.map_or(0, |scheme| scheme.len())..).unwrap_or_default();
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) =
        path.split_at_checked(path.find('/').unwrap_or(path.len())).unwrap_or((path, ""));
    let host = host.to_ascii_lowercase();
    let mut page = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    page.push_str(path.trim_end_matches('/'));
    for (index, parameter) in query.split('&').filter(|parameter| !is_trail(parameter)).enumerate()
    {
        page.push(if index == 0 { '?' } else { '&' });
        page.push_str(parameter);
    }
    page
}

fn is_trail(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    name.is_empty() || name.starts_with("utm_") || matches!(name, "fbclid" | "gclid" | "ref_src")
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn the_same_page_is_the_same_whichever_way_it_is_written() {
        let same = [
            "https://www.a.example/x/",
            "http://A.example/x#part",
            "https://a.example/x?utm_source=chat",
        ];
        for address in same {
            assert_eq!(page(address), "a.example/x", "{address}");
        }
        assert_eq!(page("https://a.example/x?id=1&utm_medium=b&c=2"), "a.example/x?id=1&c=2");
        assert_ne!(page("https://a.example/X"), page("https://a.example/x"));
    }
}
