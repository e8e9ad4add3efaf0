//! Kernel `generalize`: the coarse part of a value.

use super::column::{Outcome, PhiColumn, map_rows};
use crate::phi::{Code, Day, Ymd};

/// ZIP3 areas with 20,000 people or fewer in the 2020 Census (45 CFR 164.514(b)(2)(i)(B)).
const RESTRICTED_ZIP3: [u16; 18] =
    [36, 59, 102, 202, 203, 204, 205, 369, 556, 692, 753, 772, 821, 823, 878, 879, 884, 893];
/// ZIP3 prefixes without residents: never assigned, or military (APO, FPO, DPO). A prefix with no
/// population cannot have more than 20,000 people.
const EMPTY_ZIP3: [(u16, u16); 32] = [
    (0, 4),
    (90, 99),
    (213, 213),
    (269, 269),
    (340, 340),
    (343, 343),
    (345, 345),
    (348, 348),
    (353, 353),
    (419, 419),
    (428, 429),
    (517, 519),
    (529, 529),
    (533, 533),
    (536, 536),
    (552, 552),
    (568, 568),
    (578, 579),
    (589, 589),
    (621, 621),
    (632, 632),
    (642, 643),
    (659, 659),
    (663, 663),
    (682, 682),
    (694, 699),
    (702, 702),
    (709, 709),
    (715, 715),
    (732, 732),
    (742, 742),
    (962, 966),
];

pub(super) fn zip3(column: &PhiColumn) -> Outcome {
    map_rows(column, |_, value, out| {
        if !matches!(value.len(), 5 | 9) {
            return Err(Code::OutsideAlphabet);
        }
        let area: u16 = value[..3].parse().map_err(|_| Code::OutsideAlphabet)?;
        let hidden = RESTRICTED_ZIP3.contains(&area)
            || EMPTY_ZIP3.iter().any(|&(first, last)| (first..=last).contains(&area));
        out.push_str(if hidden { "000" } else { &value[..3] });
        Ok(true)
    })
}

/// The year; births of people of `cap_age` and above at `as_of` become one group, `<=YEAR`. Where
/// the day or month is not known, the earliest counts.
pub(super) fn year(cap_age: Option<u8>, as_of: Day, column: &PhiColumn) -> Outcome {
    use std::fmt::Write;
    map_rows(column, |_, value, out| {
        let mut parts = value.split('-').map(|part| part.parse::<i16>().ok());
        let year = parts.next().flatten().ok_or(Code::NotADate)?;
        let mut part = || parts.next().map_or(Some(1), |part| part.map(|n| n as u8));
        let (month, day) = (part().ok_or(Code::NotADate)?, part().ok_or(Code::NotADate)?);
        let date = Ymd::new(year, month, day).ok_or(Code::NotADate)?;
        // Writing to a String cannot fail.
        let _ = match cap_age {
            Some(cap) if date.age_at(as_of) >= i16::from(cap) => {
                write!(out, "<={}", as_of.0.year - i16::from(cap))
            }
            _ => write!(out, "{year}"),
        };
        Ok(true)
    })
}

/// Ages of `cap_age` and above become `cap_age`.
pub(super) fn cap_age(cap_age: u8, column: &PhiColumn) -> Outcome {
    map_rows(column, |_, value, out| {
        let age: u32 = value.parse().map_err(|_| Code::OutsideAlphabet)?;
        out.push_str(&age.min(u32::from(cap_age)).to_string());
        Ok(true)
    })
}
