//! The forms an answer takes.

pub(super) mod compare;
pub(super) mod profile;
pub(super) mod ranking;
pub(super) mod topic;
