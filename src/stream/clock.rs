//! The clock: the pure rooms take what it says as an argument.

use crate::phi::{Day, Ymd};
use jiff::Timestamp;
use jiff::tz::Offset;
use std::time::{Duration, SystemTime};

/// Now, in RFC 3339 with milliseconds, UTC.
pub fn now() -> String {
    format!("{:.3}", Timestamp::now())
}

/// Now, in milliseconds since 1970, as Kafka's timestamps count.
pub fn millis() -> i64 {
    Timestamp::now().as_millisecond()
}

/// A time as [`now`] writes it, in milliseconds since 1970; 0 where it is none.
pub fn millis_of(time: &str) -> i64 {
    time.parse::<Timestamp>().map_or(0, |time| time.as_millisecond())
}

/// Now, as spans count.
pub(super) fn system() -> SystemTime {
    let nanos = u64::try_from(Timestamp::now().as_nanosecond()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_nanos(nanos)
}

/// Today in UTC: age caps and agreements go by it.
pub fn today() -> Day {
    let date = Offset::UTC.to_datetime(Timestamp::now()).date();
    let day = Ymd::new(date.year(), date.month() as u8, date.day() as u8);
    Day(day.unwrap_or(Ymd { year: 2199, month: 12, day: 31 }))
}

/// The first moment of a timestamp's year, in milliseconds since 1970, UTC.
pub(super) fn first_of_year(millis: i64) -> Option<i64> {
    let date = Offset::UTC.to_datetime(Timestamp::from_millisecond(millis).ok()?).date();
    let first = date.first_of_year().at(0, 0, 0, 0);
    Some(Offset::UTC.to_timestamp(first).ok()?.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_timestamp() {
        assert_eq!(first_of_year(1_772_618_400_000), Some(1_767_225_600_000), "2026");
        assert_eq!(first_of_year(0), Some(0));
    }
}
