//! What an opened dossier keeps between questions: the last few of a kind, by the key they were made from.
//!
//! In: a key and how to make what belongs to it. Out: the one made before, or a new one. What always holds: what is kept
//! follows from its key and the dossier alone, so that keeping it changes no answer; no more than a few are held.

use std::sync::{Arc, Mutex, PoisonError};

/// The last few made, newest use last.
pub(crate) struct Kept<K, V> {
    most: usize,
    held: Mutex<Vec<(K, Arc<V>)>>,
}

impl<K: PartialEq, V> Kept<K, V> {
    /// Keeps so many, at least one.
    pub(crate) fn new(most: usize) -> Kept<K, V> {
        Kept { most: most.max(1), held: Mutex::new(Vec::new()) }
    }

    /// What belongs to a key. Made outside the lock: two who ask at once may both make it, and get the same.
    ///
    /// # Errors
    /// What making it gives; nothing is kept then.
    pub(crate) fn get<E>(&self, key: K, make: impl FnOnce(&K) -> Result<V, E>) -> Result<Arc<V>, E> {
        if let Some(found) = self.used(&key) {
            return Ok(found);
        }
        let made = Arc::new(make(&key)?);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= self.most {
            held.remove(0);
        }
        held.push((key, Arc::clone(&made)));
        Ok(made)
    }

    /// Finds and moves to the end.
    fn used(&self, key: &K) -> Option<Arc<V>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let at = held.iter().position(|(k, _)| k == key)?;
        let row = held.remove(at);
        let found = Arc::clone(&row.1);
        held.push(row);
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn the_least_recently_used_goes_first_and_errors_are_not_kept() {
        const HELD: usize = 12;
        let kept: Kept<usize, usize> = Kept::new(HELD);
        let twice = |k: usize| kept.get(k, |k| Ok::<_, Infallible>(k * 2)).map(|v| *v);
        for k in 0..HELD {
            assert_eq!(twice(k), Ok(k * 2));
        }
        assert_eq!(twice(0), Ok(0)); // used again: 1 is now the oldest
        assert_eq!(twice(HELD), Ok(HELD * 2));
        let again = |k: usize| kept.get(k, |_| Err::<usize, &str>("made anew")).map(|v| *v);
        assert_eq!(again(0), Ok(0));
        assert_eq!(again(1), Err("made anew"));
        assert_eq!(twice(1), Ok(2));
    }
}
