//! How an instance begins: piece by piece, each in a task of its own.
//!
//! Between two tasks the browser draws and hears clicks, on a slow phone too. Knows nothing of what the pieces are.
//! Invariant: what is asked for after everything has had its turn is not kept waiting; see [`are_over`].

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    fmt,
    rc::Rc,
};

use gloo::timers::callback::Timeout;

use crate::browser::root;

type Piece = Box<dyn FnOnce()>;

/// The pieces of an instance.
#[derive(Default)]
struct Turns {
    waiting: RefCell<VecDeque<Piece>>,
    last: RefCell<VecDeque<Piece>>,
    has_task: Cell<bool>,
    are_over: Cell<bool>,
}

impl fmt::Debug for Turns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turns")
            .field("are_over", &self.are_over)
            .finish_non_exhaustive()
    }
}

impl Turns {
    fn pop(&self) -> Option<Piece> {
        let next = self.waiting.borrow_mut().pop_front();
        next.or_else(|| self.last.borrow_mut().pop_front())
    }
}

fn turns() -> Rc<Turns> {
    root::current().own()
}

/// Whether everything that the instance begins with has had its turn.
pub(crate) fn are_over() -> bool {
    turns().are_over.get()
}

/// Does a piece after those that wait already.
pub(crate) fn next(piece: impl FnOnce() + 'static) {
    let turns = turns();
    turns.waiting.borrow_mut().push_back(Box::new(piece));
    begin(&turns);
}

/// Does a piece when no other waits any more, nor any that came of one.
pub(crate) fn last(piece: impl FnOnce() + 'static) {
    let turns = turns();
    turns.last.borrow_mut().push_back(Box::new(piece));
    begin(&turns);
}

fn begin(turns: &Turns) {
    if !turns.has_task.replace(true) {
        in_a_task();
    }
}

fn in_a_task() {
    Timeout::new(0, root::keep(task)).forget();
}

/// What a piece makes comes onto the page at the end of its task, and with it what else is to have a turn: so whether
/// there is anything left shows only in the next one.
fn task() {
    let turns = turns();
    if let Some(piece) = turns.pop() {
        piece();
        in_a_task();
    } else {
        turns.has_task.set(false);
        turns.are_over.set(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_come_when_no_other_waits() {
        let turns = Turns::default();
        let order = Rc::new(RefCell::new(String::new()));
        let piece = |letter: char| -> Piece {
            let order = Rc::clone(&order);
            Box::new(move || order.borrow_mut().push(letter))
        };
        turns.last.borrow_mut().push_back(piece('z'));
        turns.waiting.borrow_mut().push_back(piece('a'));
        turns.waiting.borrow_mut().push_back(piece('b'));
        turns.pop().unwrap()();
        turns.waiting.borrow_mut().push_back(piece('c'));
        while let Some(piece) = turns.pop() {
            piece();
        }
        assert_eq!(*order.borrow(), "abcz");
    }
}
