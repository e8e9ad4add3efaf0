//! Calendar dates in the shapes that records write them, and back into the same shape.

/// A calendar date of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ymd {
    /// Year, 1800 to 2199.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

/// A day, as an argument: the pure rooms read no clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Ymd);

impl Ymd {
    /// The date, if there is such a day.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Ymd> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1800..=2199).contains(&year) && (1..=days).contains(&day)).then_some(Ymd {
            year,
            month,
            day,
        })
    }

    /// Completed years from this date to `day`.
    pub fn age_at(self, day: Day) -> i16 {
        let before_birthday = (day.0.month, day.0.day) < (self.month, self.day);
        day.0.year - self.year - i16::from(before_birthday)
    }
}

impl std::fmt::Display for Ymd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    YearMonthDay,
    MonthDayYear,
    DayMonthYear,
    Compact,
    NameDayYear,
    DayNameYear,
}

/// How a date was written: enough to write another date the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateShape {
    order: Order,
    separator: u8,
    pad: bool,
    short_year: bool,
    /// The month's name: abbreviated, upper case, followed by a point.
    name: (bool, bool, bool),
    /// A comma before the year, where months have names.
    comma: bool,
    /// Bytes of the text that are the date; what follows is a time of day.
    pub length: usize,
    /// Day and month could be the other way round.
    pub ambiguous: bool,
}

const MONTHS: [&str; 12] = [
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

/// Reads the date at the start of `text`: ISO `1961-03-04` (also with `/` and `.`), compact
/// `19610304`, US `3/4/1961`, `13.4.1961` where only the day can be first, `March 4, 1961`,
/// `4 Mar 1961`. Two-digit years above 30 are of the last century. A time of day may follow.
pub fn parse_date(text: &str) -> Option<(Ymd, DateShape)> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    if first.is_ascii_digit() {
        numeric(bytes).or_else(|| day_name_year(text))
    } else {
        name_day_year(text)
    }
}

/// The other reading of an ambiguous date: day and month changed over.
impl DateShape {
    /// Day and month changed over, where the shape allows both.
    pub fn swapped(&self, date: Ymd) -> Option<Ymd> {
        if !self.ambiguous {
            return None;
        }
        Ymd::new(date.year, date.day, date.month)
    }
}

fn digits(bytes: &[u8], at: usize, most: usize) -> (u32, usize) {
    let mut value = 0;
    let mut n = 0;
    while n < most && at + n < bytes.len() && bytes[at + n].is_ascii_digit() {
        value = value * 10 + u32::from(bytes[at + n] - b'0');
        n += 1;
    }
    (value, n)
}

fn is_digit(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

fn full_year(value: u32, n: usize) -> Option<(i16, bool)> {
    match n {
        4 => Some((value as i16, false)),
        2 if value > 30 => Some((1900 + value as i16, true)),
        2 => Some((2000 + value as i16, true)),
        _ => None,
    }
}

fn numeric(bytes: &[u8]) -> Option<(Ymd, DateShape)> {
    let (a, a_len) = digits(bytes, 0, 8);
    let plain = DateShape {
        order: Order::Compact,
        separator: 0,
        pad: true,
        short_year: false,
        name: (false, false, false),
        comma: false,
        length: 8,
        ambiguous: false,
    };
    if a_len == 8 {
        let date = Ymd::new((a / 10_000) as i16, (a / 100 % 100) as u8, (a % 100) as u8)?;
        // HL7 and X12 write a time directly behind; more digits than that are not a date.
        let (_, more) = digits(bytes, 8, 7);
        return matches!(more, 0 | 4 | 6).then_some((date, plain));
    }
    let separator = *bytes.get(a_len)?;
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let b_at = a_len + 1;
    let (b, b_len) = digits(bytes, b_at, 2);
    let c_at = b_at + b_len + 1;
    if b_len == 0 || bytes.get(b_at + b_len) != Some(&separator) {
        return None;
    }
    let (c, c_len) = digits(bytes, c_at, 4);
    let length = c_at + c_len;
    if is_digit(bytes, length) {
        return None;
    }
    if a_len == 4 && (1..=2).contains(&c_len) {
        let date = Ymd::new(a as i16, b as u8, c as u8)?;
        let pad = b_len == 2 && c_len == 2;
        return Some((
            date,
            DateShape { order: Order::YearMonthDay, separator, pad, length, ..plain },
        ));
    }
    let (year, short_year) = full_year(c, c_len)?;
    if a_len > 2 {
        return None;
    }
    let pad = a_len == 2 && b_len == 2;
    let shape = DateShape { separator, pad, short_year, length, ..plain };
    if let Some(date) = Ymd::new(year, a as u8, b as u8) {
        let ambiguous = a != b && Ymd::new(year, b as u8, a as u8).is_some();
        return Some((date, DateShape { order: Order::MonthDayYear, ambiguous, ..shape }));
    }
    let date = Ymd::new(year, b as u8, a as u8)?;
    Some((date, DateShape { order: Order::DayMonthYear, ..shape }))
}

/// The month at the start of `text`: its number, bytes used, how it was written.
fn month_name(text: &str) -> Option<(u8, usize, (bool, bool, bool))> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &text[..letters];
    let found = MONTHS.iter().position(|month| {
        word.eq_ignore_ascii_case(month)
            || (letters == 3 || letters == 4 && word.eq_ignore_ascii_case("sept"))
                && month[..3].eq_ignore_ascii_case(&word[..3])
    })?;
    let abbreviated = letters < MONTHS[found].len();
    let upper = letters > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    let point = text.as_bytes().get(letters) == Some(&b'.');
    Some((found as u8 + 1, letters + usize::from(point), (abbreviated, upper, point)))
}

fn name_day_year(text: &str) -> Option<(Ymd, DateShape)> {
    let bytes = text.as_bytes();
    let (month, used, name) = month_name(text)?;
    if bytes.get(used) != Some(&b' ') {
        return None;
    }
    let (day, day_len) = digits(bytes, used + 1, 2);
    let mut at = used + 1 + day_len;
    let comma = bytes.get(at) == Some(&b',');
    at += usize::from(comma);
    if bytes.get(at) != Some(&b' ') {
        return None;
    }
    let (year, year_len) = digits(bytes, at + 1, 4);
    let length = at + 1 + year_len;
    if year_len != 4 || is_digit(bytes, length) {
        return None;
    }
    let date = Ymd::new(year as i16, month, day as u8)?;
    let pad = day_len == 2 && day < 10;
    Some((
        date,
        DateShape {
            order: Order::NameDayYear,
            separator: b' ',
            pad,
            short_year: false,
            name,
            comma,
            length,
            ambiguous: false,
        },
    ))
}

fn day_name_year(text: &str) -> Option<(Ymd, DateShape)> {
    let bytes = text.as_bytes();
    let (day, day_len) = digits(bytes, 0, 2);
    let separator = *bytes.get(day_len)?;
    if !matches!(separator, b' ' | b'-') {
        return None;
    }
    let (month, used, name) = month_name(text.get(day_len + 1..)?)?;
    let mut at = day_len + 1 + used;
    let comma = bytes.get(at) == Some(&b',');
    at += usize::from(comma);
    if bytes.get(at) != Some(&separator) {
        return None;
    }
    let (year, year_len) = digits(bytes, at + 1, 4);
    let length = at + 1 + year_len;
    if year_len != 4 || is_digit(bytes, length) {
        return None;
    }
    let date = Ymd::new(year as i16, month, day as u8)?;
    let pad = day_len == 2 && day < 10;
    Some((
        date,
        DateShape {
            order: Order::DayNameYear,
            separator,
            pad,
            short_year: false,
            name,
            comma,
            length,
            ambiguous: false,
        },
    ))
}

/// Writes `date` in `shape`.
pub fn render_date(date: Ymd, shape: &DateShape, out: &mut String) {
    use std::fmt::Write;
    let width = if shape.pad { 2 } else { 1 };
    let separator = char::from(shape.separator);
    let Ymd { year, month, day } = date;
    let month_text = || {
        let full = MONTHS[usize::from(month) - 1];
        let cut = if shape.name.0 { &full[..3] } else { full };
        let cased = if shape.name.1 { cut.to_ascii_uppercase() } else { cut.to_string() };
        if shape.name.2 && shape.name.0 { cased + "." } else { cased }
    };
    let comma = if shape.comma { "," } else { "" };
    let (year_width, shown_year) = if shape.short_year { (2, year % 100) } else { (4, year) };
    // Writing to a String cannot fail.
    let _ = match shape.order {
        Order::Compact => write!(out, "{year:04}{month:02}{day:02}"),
        Order::YearMonthDay => {
            write!(out, "{year:04}{separator}{month:0width$}{separator}{day:0width$}")
        }
        Order::MonthDayYear => write!(
            out,
            "{month:0width$}{separator}{day:0width$}{separator}{shown_year:0year_width$}"
        ),
        Order::DayMonthYear => write!(
            out,
            "{day:0width$}{separator}{month:0width$}{separator}{shown_year:0year_width$}"
        ),
        Order::NameDayYear => write!(out, "{} {day:0width$}{comma} {year:04}", month_text()),
        Order::DayNameYear => {
            write!(out, "{day:0width$}{separator}{}{comma}{separator}{year:04}", month_text())
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, iso: &str) {
        let (date, shape) = parse_date(text).unwrap_or_else(|| panic!("not read: {text}"));
        assert_eq!(date.to_string(), iso, "{text}");
        let mut out = String::new();
        render_date(date, &shape, &mut out);
        assert_eq!(out, text[..shape.length], "{text}");
    }

    #[test]
    fn each_shape_is_read_and_written_back() {
        for text in [
            "1961-03-04",
            "1961/03/04",
            "19610304",
            "3/4/1961",
            "03-04-1961",
            "March 4, 1961",
            "Mar 4, 1961",
            "MAR 04 1961",
            "4 March 1961",
            "04-MAR-1961",
            "1961-03-04T10:11:12Z",
            "3/4/61",
        ] {
            check(text, "1961-03-04");
        }
        check("13.4.1961", "1961-04-13");
        check("20240229101112", "2024-02-29");
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in
            ["1961-13-04", "2023-02-29", "196103045", "3/4", "May be", "12345678901", "1.2.3", ""]
        {
            assert!(parse_date(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_other_reading_of_an_ambiguous_date() {
        let (date, shape) = parse_date("03-04-1961").expect("a date");
        assert_eq!(shape.swapped(date), Ymd::new(1961, 4, 3));
    }
}
