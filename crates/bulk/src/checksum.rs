//! Checksums that do not depend on order: sums of a polynomial over the field of 2³¹ − 1 elements.
//!
//! In: small integers that name a row of an answer. Out: a number below [`P`]. What always holds: `f` reduces its argument first,
//! so it is the polynomial k² + 48271 k + 1 over the field, and sums of it over many k have closed forms (used by `sweep`).

/// The modulus, 2³¹ − 1, a Mersenne prime.
pub const P: u64 = 2_147_483_647;

/// The factor of the linear term.
pub(crate) const B: u64 = 48_271;

/// x mod P for any x.
#[inline]
pub(crate) fn reduce(x: u64) -> u64 {
    let once = (x & P).wrapping_add(x >> 31);
    let twice = (once & P).wrapping_add(once >> 31);
    if twice >= P { twice.wrapping_sub(P) } else { twice }
}

/// a b mod P for a, b below 2³².
#[inline]
pub(crate) fn times(a: u64, b: u64) -> u64 {
    reduce(a.wrapping_mul(b))
}

/// The value of a row: m² + 48271 m + 1 mod P, with m = k mod P.
#[inline]
pub fn f(k: u64) -> u64 {
    let m = reduce(k);
    reduce(m.wrapping_mul(m).wrapping_add(m.wrapping_mul(B)).wrapping_add(1))
}

/// A running sum mod P.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checksum(u64);

impl Checksum {
    /// Adds a value below 2⁶³.
    #[inline]
    pub fn add(&mut self, value: u64) {
        // The sum stays below P, so it cannot overflow.
        self.0 = reduce(self.0.wrapping_add(value));
    }

    /// The sum, below P.
    pub fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folded_remainder_is_the_remainder() {
        for x in [0, 1, P - 1, P, P + 1, 2 * P, P * P, u64::MAX, u64::MAX - P, 1 << 62, (1 << 63) + 12_345] {
            assert_eq!(reduce(x), x % P, "{x}");
        }
        for k in [0, 7, 4096, P + 3, 1 << 52] {
            let m = u128::from(k % P);
            assert_eq!(u128::from(f(k)), (m * m + 48_271 * m + 1) % u128::from(P));
        }
    }
}
