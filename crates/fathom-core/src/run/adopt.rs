//! Taking over a job that was submitted elsewhere.

use crate::{
    error::{Error, ErrorKind},
    provider::{Access, Job, Provider},
    task::Task,
};

use super::{Checkpoint, Run, Start};

/// The longest handle that is taken for one.
const JOB_MAX: usize = 200;

impl Run {
    /// A run that follows `job`, of which nothing else is known: somebody pasted the provider's
    /// handle. The question comes from the provider, where it repeats it.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] where there are no jobs to follow, and [`ErrorKind::InvalidTask`]
    /// with the field `job` for what cannot be a handle.
    pub fn adopt(
        provider: &'static dyn Provider,
        access: Access,
        job: &str,
        start: Start,
    ) -> Result<Self, Error> {
        let info = provider.info();
        if info.capabilities.immediate {
            let message =
                [&info.name, " answers at once; it has no jobs that could be taken over."];
            return Err(Error::new(ErrorKind::Unsupported, message.concat()).with_field("job"));
        }
        let job = job_handle(job)?;
        let seed = start.seed;
        let checkpoint = Checkpoint::new(provider, Task::default(), start).with_job(job);
        let mut run = Self::at(provider, access, checkpoint, seed);
        run.save();
        run.follow();
        Ok(run)
    }
}

/// Reads a job's id as somebody pasted it.
///
/// # Errors
/// [`ErrorKind::InvalidTask`] with the field `job` for what cannot be one.
pub fn job_handle(text: &str) -> Result<Job, Error> {
    let text = text.trim();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte);
    if (1..=JOB_MAX).contains(&text.len()) && text.bytes().all(fits) {
        return Ok(Job(text.to_owned()));
    }
    let message =
        "This is not a job's id. Ids consist of letters, digits and the signs - _ . : only.";
    Err(Error::new(ErrorKind::InvalidTask, message).with_field("job"))
}
