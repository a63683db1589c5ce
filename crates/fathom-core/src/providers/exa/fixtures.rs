//! Transcripts, by name. They are made of the examples in the vendor's documents; see the README.

/// Of the agent.
pub static AGENT: &[(&str, &str)] = &[
    ("answer-cut", include_str!("fixtures/agent/answer-cut.txt")),
    ("answer-lost", include_str!("fixtures/agent/answer-lost.txt")),
    ("budget-reached", include_str!("fixtures/agent/budget-reached.txt")),
    ("cancelled", include_str!("fixtures/agent/cancelled.txt")),
    ("completed", include_str!("fixtures/agent/completed.txt")),
    ("failed", include_str!("fixtures/agent/failed.txt")),
    ("gone", include_str!("fixtures/agent/gone.txt")),
    ("no-credit", include_str!("fixtures/agent/no-credit.txt")),
    ("nowhere", include_str!("fixtures/agent/nowhere.txt")),
    ("polled", include_str!("fixtures/agent/polled.txt")),
    ("rate-limited", include_str!("fixtures/agent/rate-limited.txt")),
    ("refused", include_str!("fixtures/agent/refused.txt")),
    ("storm", include_str!("fixtures/agent/storm.txt")),
    ("streamed-dropped", include_str!("fixtures/agent/streamed-dropped.txt")),
    ("streamed", include_str!("fixtures/agent/streamed.txt")),
    ("terminal-without-run", include_str!("fixtures/agent/terminal-without-run.txt")),
    ("unauthorized", include_str!("fixtures/agent/unauthorized.txt")),
];

/// Of answers.
pub static ANSWER: &[(&str, &str)] = &[
    ("completed", include_str!("fixtures/answer/completed.txt")),
    ("failed", include_str!("fixtures/answer/failed.txt")),
    ("linked", include_str!("fixtures/answer/linked.txt")),
    ("schema", include_str!("fixtures/answer/schema.txt")),
];

/// Of research v0.
pub static RESEARCH_V0: &[(&str, &str)] = &[
    ("answer-lost", include_str!("fixtures/research_v0/answer-lost.txt")),
    ("completed", include_str!("fixtures/research_v0/completed.txt")),
    ("failed", include_str!("fixtures/research_v0/failed.txt")),
    ("inferred", include_str!("fixtures/research_v0/inferred.txt")),
    ("streamed", include_str!("fixtures/research_v0/streamed.txt")),
];

/// Of research v1.
pub static RESEARCH_V1: &[(&str, &str)] = &[
    ("answer-lost", include_str!("fixtures/research_v1/answer-lost.txt")),
    ("canceled", include_str!("fixtures/research_v1/canceled.txt")),
    ("completed", include_str!("fixtures/research_v1/completed.txt")),
    ("failed", include_str!("fixtures/research_v1/failed.txt")),
    ("old-example", include_str!("fixtures/research_v1/old-example.txt")),
    ("polled", include_str!("fixtures/research_v1/polled.txt")),
    ("retired", include_str!("fixtures/research_v1/retired.txt")),
    ("schema-not-met", include_str!("fixtures/research_v1/schema-not-met.txt")),
    ("schema", include_str!("fixtures/research_v1/schema.txt")),
    ("stream-dropped", include_str!("fixtures/research_v1/stream-dropped.txt")),
];

/// Of deep search.
pub static SEARCH: &[(&str, &str)] = &[
    ("answer-lost", include_str!("fixtures/search/answer-lost.txt")),
    ("completed", include_str!("fixtures/search/completed.txt")),
    ("only-pages", include_str!("fixtures/search/only-pages.txt")),
    ("page-instead", include_str!("fixtures/search/page-instead.txt")),
    ("rate-limited", include_str!("fixtures/search/rate-limited.txt")),
    ("refused", include_str!("fixtures/search/refused.txt")),
    ("text", include_str!("fixtures/search/text.txt")),
];
