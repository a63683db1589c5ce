//! The laws of `Run`, with scripted replies.

mod cancel;
mod disorder;
mod follow;
mod gateway;
mod look;
mod scene;
mod stream;
mod submit;

pub(crate) use scene::{Scene, assert_submit_unknown};
