//! Kernel `shift_days`: every date of a subject moves by the same number of days.

use super::column::{Outcome, PhiColumn, map_rows};
use super::lately::Lately;
use crate::keys::Mac;
use crate::phi::{Code, Ymd, parse_date, partial_date};
use jiff::ToSpan;
use jiff::civil::Date;

/// The subject's shift in days, never 0, at most `max` to either side: HMAC(shift key, subject).
fn days(mac: &Mac, subject: &str, max: u16) -> i64 {
    let tag = mac.tag(subject.as_bytes());
    let mut eight = [0; 8];
    eight.copy_from_slice(&tag[..8]);
    // 64 bits over at most 131,070 values: the bias is below 2^-46.
    let n = (u64::from_be_bytes(eight) % (2 * u64::from(max))) as i64;
    let max = i64::from(max);
    if n < max { n - max } else { n - max + 1 }
}

pub(super) fn shift(mac: &Mac, max: u16, subjects: &PhiColumn, column: &PhiColumn) -> Outcome {
    let mut lately = Lately::of(column.len());
    map_rows(column, |row, value, out| {
        let subject = subjects.value(row).filter(|s| !s.is_empty()).ok_or(Code::NoSubject)?;
        let days = *lately.get(subject, || days(mac, subject, max));
        // Part of a date moves from its middle, and is as coarse afterwards.
        let (year, month, day) = match parse_date(value) {
            Some((date, _)) => (date.year, date.month, date.day),
            None => match partial_date(value).ok_or(Code::NotADate)? {
                (year, Some(month)) => (year, month, 15),
                (year, None) => (year, 7, 2),
            },
        };
        let moved = Date::new(year, month as i8, day as i8)
            .and_then(|date| date.checked_add(days.days()))
            .map_err(|_| Code::NotADate)?;
        let (year, month, day) = (moved.year(), moved.month(), moved.day());
        if let (Some(date), 10) = (Ymd::new(year, month as u8, day as u8), value.len()) {
            date.write(out);
            return Ok(true);
        }
        use std::fmt::Write;
        // Writing to a String cannot fail.
        let _ = match value.len() {
            4 => write!(out, "{year:04}"),
            7 => write!(out, "{year:04}-{month:02}"),
            _ => write!(out, "{year:04}-{month:02}-{day:02}"),
        };
        Ok(true)
    })
}
