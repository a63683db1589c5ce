//! What waits to be passed on.

use super::Notice;

/// Notices in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Queue {
    notices: Vec<Option<Notice>>,
    /// Where the next one is.
    next: usize,
}

impl Queue {
    pub(super) fn push(&mut self, notice: Notice) {
        self.notices.push(Some(notice));
    }

    /// Takes the first one.
    pub(super) fn take(&mut self) -> Option<Notice> {
        let Some(notice) = self.notices.get_mut(self.next) else {
            self.notices.clear();
            self.next = 0;
            return None;
        };
        self.next += 1;
        notice.take()
    }
}
