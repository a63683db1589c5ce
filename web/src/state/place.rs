//! Where a question can be asked: what a provider is like, in words.

use fathom_core::{
    Effort,
    provider::{EffortInfo, Info, Key, Price},
    providers,
};

/// Where the requests for a provider go, seen from this page: those behind a gateway below its
/// place, the program itself at the root.
pub fn base(vendor: &str) -> String {
    match providers::vendor(vendor) {
        Some(vendor) => ["/gateway/", vendor.id].concat(),
        None => String::new(),
    }
}

/// How to add the key that is missing; nothing where none is.
pub fn how_to_add_key(info: &Info) -> Option<String> {
    let vendor = providers::vendor(&info.vendor).filter(|_| info.key == Key::Missing)?;
    Some(
        [
            "The program has no key for ",
            vendor.name,
            ". Start it with the environment variable ",
            vendor.key_env,
            ", or use a key for this visit:",
        ]
        .concat(),
    )
}

/// Whether a task can be sent there now; `has_key` says whether this page was given a key.
pub fn is_ready(info: &Info, has_key: bool) -> bool {
    info.key != Key::Missing || has_key
}

/// What a run of this effort is likely to take and cost; nothing where that is not known.
pub fn price(info: &Info, effort: Effort, level: &str) -> Option<String> {
    let named = info.efforts.iter().find(|known| known.name == level);
    let known = named.or_else(|| info.efforts.iter().find(|known| known.effort == effort))?;
    let parts = [known.price.as_ref().map(money), time(known)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The efforts a provider tells apart by its own words, when these are more than our three.
pub fn levels(info: &Info) -> &[EffortInfo] {
    if info.efforts.len() > Effort::ALL.len() { &info.efforts } else { &[] }
}

/// A span of money names its unit once.
fn money(price: &Price) -> String {
    let most = super::format::money(price.to, &price.unit);
    if price.from >= price.to {
        most
    } else if price.from > 0.0 {
        let least = super::format::money(price.from, &price.unit);
        let least = least.strip_suffix(&[" ", &price.unit].concat()).unwrap_or(&least);
        [least, " to ", &most].concat()
    } else {
        ["up to ", &most].concat()
    }
}

fn time(effort: &EffortInfo) -> Option<String> {
    let seconds = effort.typical_seconds?;
    Some(["about ", &super::format::duration(u64::from(seconds) * 1_000)].concat())
}

#[cfg(test)]
mod tests {
    use fathom_core::providers::ROSTER;

    use super::*;

    #[test]
    fn every_provider_is_reached_at_this_origin() {
        for provider in ROSTER {
            let info = provider.info();
            let expected = if info.key == Key::NotNeeded { "" } else { "/gateway/" };
            assert!(base(&info.vendor).starts_with(expected), "{}", info.id);
        }
    }

    #[test]
    fn a_missing_key_is_told_with_the_way_to_add_it() {
        let behind =
            ROSTER.iter().map(|provider| provider.info()).filter(|info| info.key != Key::NotNeeded);
        for info in behind {
            let info = Info { key: Key::Missing, ..info.clone() };
            assert!(
                how_to_add_key(&info).is_some_and(|words| words.contains("_API_")),
                "{}",
                info.id
            );
            assert!(!is_ready(&info, false) && is_ready(&info, true));
            assert_eq!(how_to_add_key(&Info { key: Key::Present, ..info }), None);
        }
    }

    #[test]
    fn money_is_said_with_its_unit() {
        let price = |from, to, unit: &'static str| money(&Price { from, to, unit: unit.into() });
        assert_eq!(price(0.5, 0.5, "USD"), "$0.5");
        assert_eq!(price(0.0, 5.0, "USD"), "up to $5");
        assert_eq!(price(15.0, 250.0, "credits"), "15 to 250 credits");
    }
}
