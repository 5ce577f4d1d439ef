//! When something ends: an instant some seconds later, as AWS writes times.
//!
//! Core reads no clock: the instant that it begins with comes with the scenario.

use crate::policy::literal::date;

/// `start` and some seconds, in ISO 8601; nothing where `start` is no time.
pub(crate) fn later(start: &str, seconds: u32) -> Option<String> {
    let seconds = date(start)?.unix_seconds().checked_add(seconds.into())?;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    ))
}

/// Year, month and day of a day counted from 1970.
///
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>
const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_leap_years_are_carried_over() {
        let check = |start, seconds, expect| {
            assert_eq!(
                later(start, seconds).as_deref(),
                expect,
                "{start} {seconds}"
            );
        };
        check("2026-01-15T09:00:00Z", 3600, Some("2026-01-15T10:00:00Z"));
        check("2026-12-31T23:30:00Z", 3600, Some("2027-01-01T00:30:00Z"));
        check("2028-02-28T23:59:59Z", 1, Some("2028-02-29T00:00:00Z"));
        check(
            "2026-02-28T14:00:00+02:00",
            43200,
            Some("2026-03-01T00:00:00Z"),
        );
        check("today", 1, None);
    }
}
