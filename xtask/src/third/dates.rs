//! Days of the third set, and the ways to write them.

use fastrand::Rng;

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
const HOLIDAYS: &[&str] = &[
    "Thanksgiving",
    "Christmas",
    "Christmas Eve",
    "Labor Day",
    "Memorial Day",
    "New Year's Eve",
    "the Fourth of July",
    "July 4th",
    "Halloween",
    "Easter",
    "Mother's Day",
    "Father's Day",
    "Valentine's Day",
    "Juneteenth",
    "Super Bowl Sunday",
    "St. Patrick's Day",
];

/// Ways to write a whole date.
pub(super) const LAYOUTS: u8 = 20;

/// Year, month from 1, and day of the month of a day since 1970.
pub(super) fn civil(day: i64) -> (i64, usize, i64) {
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let (mut year, mut left) = (1970, day);
    while left < 0 {
        year -= 1;
        left += if leap(year) { 366 } else { 365 };
    }
    loop {
        let length = if leap(year) { 366 } else { 365 };
        if left < length {
            break;
        }
        left -= length;
        year += 1;
    }
    let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    (year, month, left + 1)
}

pub(super) fn weekday(day: i64) -> &'static str {
    WEEKDAYS[usize::try_from(day.rem_euclid(7)).unwrap_or(0)]
}

fn ordinal(day: i64) -> String {
    let tail = match (day % 10, day / 10) {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{tail}")
}

/// A whole date.
pub(super) fn whole(day: i64, layout: u8) -> String {
    let (y, m, d) = civil(day);
    let name = MONTHS[m - 1];
    let short = &name[..3];
    match layout {
        0..=3 => format!("{m:02}/{d:02}/{y}"),
        4 | 5 => format!("{m}/{d}/{y}"),
        6 | 7 => format!("{m}/{d}/{:02}", y % 100),
        8 => format!("{m:02}-{d:02}-{y}"),
        9 => format!("{m}-{d}-{:02}", y % 100),
        10 | 11 => format!("{name} {d}, {y}"),
        12 => format!("{short} {d}, {y}"),
        13 => format!("{y}-{m:02}-{d:02}"),
        14 => format!("{d:02}-{short}-{y}"),
        15 => format!("{d:02} {} {y}", short.to_uppercase()),
        16 => format!("{d} {name} {y}"),
        17 => format!("{m}.{d}.{:02}", y % 100),
        18 => format!("{name} {}, {y}", ordinal(d)),
        _ => format!("{m:02}/{d:02}/{:02}", y % 100),
    }
}

/// Digits alone, as messages have it.
pub(super) fn packed(day: i64) -> String {
    let (y, m, d) = civil(day);
    format!("{y}{m:02}{d:02}")
}

/// A date without its year.
pub(super) fn no_year(day: i64, rng: &mut Rng) -> String {
    let (_, m, d) = civil(day);
    let name = MONTHS[m - 1];
    match rng.u8(..12) {
        0..=4 => format!("{m}/{d}"),
        5 => format!("{m:02}/{d:02}"),
        6 => format!("{name} {d}"),
        7 => format!("{} {d}", &name[..3]),
        8 => format!("{name} {}", ordinal(d)),
        9 => format!("the {} of {name}", ordinal(d)),
        10 => format!("{} {}", &name[..3], ordinal(d)),
        _ => format!("{d} {name}"),
    }
}

/// A month of a year.
pub(super) fn month(day: i64, rng: &mut Rng) -> String {
    let (y, m, _) = civil(day);
    let name = MONTHS[m - 1];
    match rng.u8(..7) {
        0 => format!("{m:02}/{y}"),
        1 => format!("{m}/{y}"),
        2 => format!("{} {y}", &name[..3]),
        3 => format!("{name} of {y}"),
        _ => format!("{name} {y}"),
    }
}

/// A holiday, mostly with its year.
pub(super) fn holiday(day: i64, rng: &mut Rng) -> String {
    let (y, ..) = civil(day);
    let name = HOLIDAYS[rng.usize(..HOLIDAYS.len())];
    if rng.u8(..3) < 2 { format!("{name} {y}") } else { name.to_string() }
}

/// A quarter of a year.
pub(super) fn quarter(day: i64) -> String {
    let (y, m, _) = civil(day);
    format!("Q{} {y}", (m - 1) / 3 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_right() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(-1), (1969, 12, 31));
        assert_eq!(civil(19_782), (2024, 2, 29));
        assert_eq!(civil(-25_000), (1901, 7, 22));
        assert_eq!(weekday(19_782), "Thursday");
        assert_eq!(whole(19_782, 18), "February 29th, 2024");
    }
}
