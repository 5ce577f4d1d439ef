//! What the values of conditions are as text: numbers, dates, addresses, binary data.
//!
//! Used twice for one truth: a policy with a value of the wrong form is refused, and a request's
//! value is compared by the same reading. Invariant: a value is read whole or not at all.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::syntax::nearest_double;

/// Reads an integer or decimal number; `10` and `10.0` are the same.
pub fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    (is_digits(whole) && is_digits(fraction)).then(|| nearest_double(text))
}

/// An instant: seconds since 1970, and nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant {
    seconds: i64,
    nanoseconds: u32,
}

impl Instant {
    /// Whole seconds since 1970.
    pub const fn unix_seconds(self) -> i64 {
        self.seconds
    }
}

/// Reads a date of the W3C profile of ISO 8601, or seconds since 1970. Four digits are a year.
///
/// As lenient as IAM, which takes one-digit fields, a lower-case `t`, and years beyond 9999.
pub fn date(text: &str) -> Option<Instant> {
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if is_digits(whole) && is_digits(fraction) && text.len() != 4 {
        return Some(Instant {
            seconds: whole.parse().ok()?,
            nanoseconds: nanoseconds(fraction)?,
        });
    }
    let (day, time) = text.split_once(['T', 't']).unwrap_or((text, ""));
    let (sign, day) = day.strip_prefix('-').map_or((1, day), |it| (-1, it));
    let mut fields = day.split('-');
    let max_year = if sign < 0 { 292_275_054 } else { 292_278_993 };
    let year = sign * field(fields.next()?, 0, max_year)?;
    let month = fields.next().map_or(Some(1), |it| field(it, 1, 12))?;
    let day = fields
        .next()
        .map_or(Some(1), |it| field(it, 1, days_in(year, month)))?;
    if fields.next().is_some() {
        return None;
    }
    let (clock, zone_seconds) = split_zone(time)?;
    let (seconds_of_day, nanoseconds) = time_of_day(clock)?;
    let seconds = days_since_1970(year, month, day) * 86_400 + seconds_of_day - zone_seconds;
    Some(Instant {
        seconds,
        nanoseconds,
    })
}

fn field(text: &str, min: i64, max: i64) -> Option<i64> {
    let is_digits =
        !text.is_empty() && text.len() <= 9 && text.bytes().all(|it| it.is_ascii_digit());
    let value = is_digits.then(|| text.parse().ok())??;
    (min..=max).contains(&value).then_some(value)
}

fn nanoseconds(fraction: &str) -> Option<u32> {
    let nine: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    (!fraction.is_empty() && fraction.bytes().all(|it| it.is_ascii_digit()))
        .then(|| nine.parse().ok())?
}

/// Cuts the zone off a time; without one it is UTC.
fn split_zone(time: &str) -> Option<(&str, i64)> {
    if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some((clock, zone)) = time.split_once(['+', '-']) else {
        return Some((time, 0));
    };
    let sign = if time.contains('+') { 1 } else { -1 };
    let (hours, minutes) = match zone.split_once(':') {
        Some(it) => it,
        None if zone.len() == 4 => zone.split_at_checked(2)?,
        None => (zone, "0"),
    };
    Some((
        clock,
        sign * (field(hours, 0, 23)? * 3_600 + field(minutes, 0, 59)? * 60),
    ))
}

fn time_of_day(clock: &str) -> Option<(i64, u32)> {
    if clock.is_empty() {
        return Some((0, 0));
    }
    let mut fields = clock.split(':');
    let hours = field(fields.next()?, 0, 23)?;
    let minutes = fields.next().map_or(Some(0), |it| field(it, 0, 59))?;
    let (seconds, fraction) = match fields.next() {
        Some(it) => it.split_once('.').unwrap_or((it, "0")),
        None => ("0", "0"),
    };
    let seconds = field(seconds, 0, 59)?;
    let is_end = fields.next().is_none();
    Some((
        hours * 3_600 + minutes * 60 + seconds,
        nanoseconds(fraction)?,
    ))
    .filter(|_| is_end)
}

fn days_in(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counts in eras of 400 years that begin in March, so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// A block of addresses, host bits cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpBlock {
    first: IpAddr,
    prefix: u32,
}

/// Reads an address, or an address and a prefix length. IPv6 addresses are read by value.
pub fn ip_block(text: &str) -> Option<IpBlock> {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(u32::try_from(field(prefix, 0, 128)?).ok()?)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.unwrap_or(width);
    (prefix <= width).then(|| IpBlock {
        first: mask(address, prefix),
        prefix,
    })
}

impl IpBlock {
    /// Whether `address` lies in the block; IPv4 and IPv6 never meet.
    pub fn contains(self, address: IpAddr) -> bool {
        mask(address, self.prefix) == self.first && address.is_ipv4() == self.first.is_ipv4()
    }
}

fn mask(address: IpAddr, prefix: u32) -> IpAddr {
    match address {
        IpAddr::V4(it) => {
            let bits = u32::MAX
                .checked_shl(32u32.saturating_sub(prefix))
                .unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(it.to_bits() & bits))
        }
        IpAddr::V6(it) => {
            let bits = u128::MAX
                .checked_shl(128u32.saturating_sub(prefix))
                .unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(it.to_bits() & bits))
        }
    }
}

/// Reads `true` or `false`, letter case aside.
pub fn boolean(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    is("true").then_some(true).or(is("false").then_some(false))
}

/// Decodes base64, padding required.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    let body = text.trim_end_matches('=');
    let n_pad = text.len() - body.len();
    if !text.len().is_multiple_of(4) || n_pad > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut n_bits) = (0u32, 0);
    for byte in body.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xFFFF;
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.push(u8::try_from(bits >> n_bits & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_whole() {
        assert_eq!(number("10"), number("10.0"));
        assert_eq!(number("-0.5"), Some(-0.5));
        for text in ["", "10abc", "1e3", ".5", "5.", "NaN", "inf", " 1"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn dates_in_all_spellings_are_one_instant() {
        let new_year = date("2020-01-01T00:00:00Z");
        for text in [
            "1577836800",
            "2020",
            "2020-01",
            "2020-01-01",
            "2020-01-01T01:00+01:00",
            "2019-12-31T19-05",
            "2020-01-01t0:0:0.000z",
            "1577836800.0",
        ] {
            assert_eq!(date(text), new_year, "{text}");
        }
        assert!(date("2020-01-01T00:00:00.5Z") > new_year);
        assert_eq!(date("1970-01-01"), date("0"));
        assert_eq!(date("2000-03-01"), date("951868800"));
        assert!(date("2016-12-13t2:00:00.593194+23").is_some());
        assert!(date("01T").is_some());
        assert!(date("-0044-03-15") < date("0"));
        for text in [
            "",
            "sdfdsf",
            "2020-13",
            "2019-02-29",
            "2020-01-01-01",
            "2020-01-01T25",
            "2020-01-01 00:00",
            "é",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_compared_by_value() {
        let contains = |block: &str, address: &str| {
            ip_block(block).unwrap().contains(address.parse().unwrap())
        };
        assert!(contains("10.0.0.5/8", "10.200.0.1"));
        assert!(!contains("10.0.0.5", "10.0.0.6"));
        assert!(contains("2001:DB8::1", "2001:db8:0:0:0:0:0:1"));
        assert!(contains("2001:db8::/32", "2001:db8:ffff::1"));
        assert!(contains("0.0.0.0/0", "203.0.113.9"));
        assert!(!contains("0.0.0.0/0", "::1"));
        assert!(!contains("::/0", "10.0.0.1"));
        for text in [
            "",
            "10.0.0",
            "10.0.0.1/33",
            "10.0.0.1/",
            "10.0.0.1/+8",
            "::/129",
            "a",
        ] {
            assert_eq!(ip_block(text), None, "{text}");
        }
    }

    #[test]
    fn base64_needs_its_padding() {
        assert_eq!(base64("QmluYXJ5"), Some(b"Binary".to_vec()));
        assert_eq!(base64("QQ=="), Some(b"A".to_vec()));
        assert_eq!(base64("QUI="), Some(b"AB".to_vec()));
        for text in ["QQ", "Q===", "Q-==", "===="] {
            assert_eq!(base64(text), None, "{text}");
        }
    }
}
