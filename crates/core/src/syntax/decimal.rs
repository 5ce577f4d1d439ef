//! The double nearest to a decimal number, as `str::parse` finds it.
//!
//! Knows nothing of JSON or conditions; whoever calls has looked at the form. Without the tables that
//! `str::parse` is fast with: nothing compresses them, and the page reads few numbers. Invariant: the
//! same double as `str::parse` gives, in time linear in the text.

use std::{cmp::Ordering, iter};

/// No two doubles have a number of more digits halfway between them.
const MAX_DIGITS: usize = 800;

/// Binary digits of a double.
const PRECISION: i64 = 53;

/// The exponent of the least double that has all of them.
const MIN_EXPONENT: i64 = -1022;

/// The double nearest to a number: digits, with a dot among them or not, a sign in front or not, and an
/// exponent of ten behind `e` or not. Infinite beyond the largest double.
pub fn nearest_double(text: &str) -> f64 {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.parse().unwrap_or(if exponent.starts_with('-') {
        i64::from(i32::MIN)
    } else {
        i64::from(i32::MAX)
    });
    let double = unsigned_double(whole, fraction, exponent);
    if text.starts_with('-') {
        -double
    } else {
        double
    }
}

fn unsigned_double(whole: &str, fraction: &str, exponent: i64) -> f64 {
    if let (Ok(whole), "", 0) = (whole.parse::<u32>(), fraction, exponent) {
        // Nearly every number.
        return f64::from(whole);
    }
    let all = whole.bytes().chain(fraction.bytes());
    let mut digits = all.map(|it| it.wrapping_sub(b'0'));
    let mut n_zeros = 0_i64;
    let Some(first) = digits.find(|it| {
        n_zeros += 1;
        *it != 0
    }) else {
        return 0.0;
    };
    // The number is below ten to this power, and a tenth of that or more.
    let magnitude = exponent.saturating_add(length(whole.len()) - n_zeros + 1);
    if magnitude > 310 {
        return f64::INFINITY;
    }
    if magnitude < -330 {
        return 0.0;
    }
    let mut numerator = Natural::default();
    let mut n_digits = 0;
    for digit in iter::once(first).chain(digits.by_ref().take(MAX_DIGITS)) {
        numerator.times_plus(10, digit);
        n_digits += 1;
    }
    if digits.any(|it| it != 0) {
        // Which digits these are makes no difference, that there are any does.
        numerator.times_plus(10, 1);
        n_digits += 1;
    }
    let mut denominator = Natural::default();
    denominator.times_plus(1, 1);
    let tens = magnitude - n_digits;
    let scaled = if tens < 0 {
        &mut denominator
    } else {
        &mut numerator
    };
    let mut n_tens = tens.unsigned_abs();
    while let Some(rest) = n_tens.checked_sub(9) {
        scaled.times_plus(1_000_000_000, 0);
        n_tens = rest;
    }
    for _ in 0..n_tens {
        scaled.times_plus(10, 0);
    }
    quotient(numerator, denominator)
}

/// The double nearest to a fraction of two numbers above zero.
fn quotient(mut numerator: Natural, mut denominator: Natural) -> f64 {
    let mut exponent = numerator.n_bits() - denominator.n_bits();
    let smaller = if exponent < 0 {
        &mut numerator
    } else {
        &mut denominator
    };
    smaller.shift(exponent.unsigned_abs());
    if numerator.compare(&denominator).is_lt() {
        numerator.shift(1);
        exponent -= 1;
    }
    // Now the fraction is at least one and below two, times two to the exponent.
    if exponent > 1023 {
        return f64::INFINITY;
    }
    let n_missing = (MIN_EXPONENT - exponent).max(0);
    let mut bits = 0_u64;
    for _ in n_missing..PRECISION {
        bits <<= 1;
        if numerator.compare(&denominator).is_ge() {
            numerator.subtract(&denominator);
            bits |= 1;
        }
        numerator.shift(1);
    }
    let is_up = n_missing <= PRECISION
        && match numerator.compare(&denominator) {
            Ordering::Less => false,
            Ordering::Equal => bits % 2 == 1,
            Ordering::Greater => true,
        };
    // The first bit of a number with all digits is not stored but counts one to the exponent, and a bit
    // that rounding carries over does the same.
    let stored_exponent = exponent.max(MIN_EXPONENT) - MIN_EXPONENT;
    f64::from_bits((stored_exponent.unsigned_abs() << (PRECISION - 1)) + bits + u64::from(is_up))
}

fn length(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

/// A whole number from zero on, of any length: 32 bits each, the least first.
#[derive(Default)]
struct Natural(Vec<u32>);

impl Natural {
    fn times_plus(&mut self, factor: u32, summand: u8) {
        let mut carry = u64::from(summand);
        for part in &mut self.0 {
            let value = u64::from(*part) * u64::from(factor) + carry;
            *part = low_half(value);
            carry = value >> 32;
        }
        if carry > 0 {
            self.0.push(low_half(carry));
        }
    }

    fn n_bits(&self) -> i64 {
        let last = self.0.last().map_or(32, |it| it.leading_zeros());
        length(self.0.len()) * 32 - i64::from(last)
    }

    /// Times two to the power of `n`.
    fn shift(&mut self, n: u64) {
        for _ in 0..n / 32 {
            self.0.insert(0, 0);
        }
        for _ in 0..n % 32 {
            self.times_plus(2, 0);
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.n_bits()
            .cmp(&other.n_bits())
            .then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Takes away what is no larger.
    fn subtract(&mut self, other: &Self) {
        let mut is_borrowed = false;
        let others = other.0.iter().copied().chain(iter::repeat(0));
        for (part, other) in self.0.iter_mut().zip(others) {
            let (difference, is_below) = part.overflowing_sub(other);
            let (difference, is_further_below) = difference.overflowing_sub(u32::from(is_borrowed));
            *part = difference;
            is_borrowed = is_below || is_further_below;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

fn low_half(value: u64) -> u32 {
    u32::try_from(value & u64::from(u32::MAX)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::syntax::decimal::nearest_double;

    #[track_caller]
    fn check(text: &str) {
        let wanted: f64 = text.parse().unwrap();
        let found = nearest_double(text);
        assert_eq!(found.to_bits(), wanted.to_bits(), "{text}: {found:e}");
    }

    #[test]
    fn numbers_as_people_write_them() {
        for text in [
            "0",
            "-0",
            "0.0",
            "007",
            "+5",
            "10",
            "10.0",
            "-0.5",
            "0.1",
            "3.14159",
            "1e3",
            "1E-3",
            "2e+10",
            "0e999999999999",
            "100000000000000000000",
            "9007199254740993",
            "0.3",
        ] {
            check(text);
        }
    }

    #[test]
    fn at_the_ends_of_what_a_double_holds() {
        for text in [
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1.7976931348623158079e308",
            "1.797693134862315808e308",
            "1e309",
            "1e310",
            "1e99999999999999999999",
            "2.2250738585072014e-308",
            "2.2250738585072011e-308",
            "4.9406564584124654e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1e-323",
            "1e-400",
            "1e-99999999999999999999",
        ] {
            check(text);
        }
        for text in [
            format!("1{}", "0".repeat(308)),
            format!("1{}", "0".repeat(309)),
            format!("0.{}1", "0".repeat(322)),
            format!("{}e-400", "9".repeat(500)),
        ] {
            check(&text);
        }
    }

    #[test]
    fn halfway_between_two_doubles_every_digit_counts() {
        // Half of the least double: to even, and that is zero, but for the smallest thing more.
        let half = format!("{:.1075}", f64::from_bits(1) / 2.0 + f64::from_bits(1));
        check(&half);
        for n in [1_u64, 2, 3, 1000, 1 << 52, (1 << 52) + 1] {
            let one = 9_007_199_254_740_992 + 2 * n;
            for end in ["", ".0", ".00000000000000000000001"] {
                check(&format!("{}{end}", one - 1));
                check(&format!("{}{end}", one + 1));
            }
            check(&format!("{}.{}1", one + 1, "0".repeat(900)));
        }
    }

    #[test]
    fn any_double_is_read_from_its_own_text() {
        let mut bits = 1_u64;
        for _ in 0..500 {
            // The numbers of a linear congruence are as good as any.
            bits = bits
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let double = f64::from_bits(bits);
            if double.is_finite() {
                check(&format!("{double:e}"));
                check(&format!("{double:.3e}"));
                check(&format!("{double:.20e}"));
            }
        }
    }

    #[test]
    fn a_long_number_takes_no_longer_than_reading_it() {
        check(&"7".repeat(2_000_000));
        check(&format!("0.{}", "7".repeat(2_000_000)));
        check(&format!("{}1e-5", "0".repeat(2_000_000)));
    }
}
