//! The same work for each of many files, on as many processors as there are.
//!
//! In: how many, and the work. Out: the results in the order of the files, whoever did them. What always holds: the
//! work sees only its own file, so the result does not depend on how it was divided; where no thread can be had, the
//! caller's does it all.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Least number of bytes worth a second thread.
const WORTH: usize = 64 * 1024;
/// Most threads.
const THREADS: usize = 8;

/// Does `work` for each of `count` files of together `bytes`.
pub(crate) fn each<T: Send>(count: usize, bytes: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(THREADS).min(count).min(1 + bytes / WORTH);
    if threads < 2 {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            if i >= count {
                return done;
            }
            done.push((i, work(i)));
        }
    };
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let helper = |_| std::thread::Builder::new().spawn_scoped(scope, share).ok();
        let helpers: Vec<_> = (1..threads).filter_map(helper).collect();
        let mut all = share();
        for helper in helpers {
            all.extend(helper.join().expect("the work panics on no input"));
        }
        all
    });
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_order() {
        let squares = each(1_000, 1 << 30, |i| i * i);
        assert!(squares.iter().enumerate().all(|(i, s)| *s == i * i));
        assert_eq!(squares.len(), 1_000);
    }
}
