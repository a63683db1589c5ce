//! A signal that is given once and can be waited for any number of times.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

/// A signal that is given once.
#[derive(Clone, Debug, Default)]
pub struct Trigger(Rc<State>);

#[derive(Debug, Default)]
struct State {
    fired: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Trigger {
    /// Gives the signal.
    pub fn fire(&self) {
        self.0.fired.set(true);
        for waker in self.0.waiting.take() {
            waker.wake();
        }
    }

    /// Whether it has been given.
    pub fn has_fired(&self) -> bool {
        self.0.fired.get()
    }

    /// Waits for it.
    pub fn fired(&self) -> impl Future<Output = ()> + use<> {
        let state = Rc::clone(&self.0);
        poll_fn(move |context| {
            if state.fired.get() {
                return Poll::Ready(());
            }
            state.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
    }

    /// Does `work` until the signal is given; what is left of it is then dropped.
    pub async fn until_fired<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = std::pin::pin!(work);
        let mut fired = std::pin::pin!(self.fired());
        poll_fn(|context| match fired.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => work.as_mut().poll(context).map(Some),
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::{
        future::{pending, ready},
        pin::pin,
        task::Context,
    };

    use super::*;

    #[test]
    fn work_goes_on_until_the_signal_is_given() {
        let trigger = Trigger::default();
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(pin!(trigger.until_fired(ready(1))).poll(&mut context), Poll::Ready(Some(1)));
        let mut work = pin!(trigger.until_fired(pending::<()>()));
        assert_eq!(work.as_mut().poll(&mut context), Poll::Pending);
        trigger.fire();
        assert_eq!(work.as_mut().poll(&mut context), Poll::Ready(None));
        assert!(trigger.has_fired());
    }
}
