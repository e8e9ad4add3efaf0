//! Calendar dates in the shapes that records write them, and back into the same shape.

use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

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

impl Day {
    /// Days from this one to another; negative where that lies before.
    pub fn until(self, other: Day) -> i64 {
        days_since_1970(other.0) - days_since_1970(self.0)
    }
}

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

    /// Appends the date as `1961-03-04`: what `Display` writes, without its detours.
    pub fn write(self, out: &mut String) {
        let digits = |out: &mut String, n: u16| {
            let n = (n % 100) as u8;
            out.push(char::from(b'0' + n / 10));
            out.push(char::from(b'0' + n % 10));
        };
        let year = self.year.unsigned_abs();
        digits(out, year / 100);
        digits(out, year);
        for part in [self.month, self.day] {
            out.push('-');
            digits(out, u16::from(part));
        }
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
/// `4 Mar 1961`, `04MAR1961`. Two-digit years above 30 are of the last century. A time of day may follow.
pub fn parse_date(text: &str) -> Option<(Ymd, DateShape)> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    if first.is_ascii_digit() {
        numeric(bytes).or_else(|| day_name_year(text))
    } else {
        name_day_year(text)
    }
}

/// Other readings of a date than the first one.
impl DateShape {
    /// The same date a century earlier, where the year has two digits.
    pub fn earlier(&self, date: Ymd) -> Option<Ymd> {
        if self.short_year { Ymd::new(date.year - 100, date.month, date.day) } else { None }
    }

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
    if !matches!(separator, b'-' | b'/' | b'.' | b' ') {
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
    // With points the day comes first: 3.4.1961 and 13.4.1961 are ten days apart.
    if separator == b'.'
        && let Some(date) = Ymd::new(year, b as u8, a as u8)
    {
        let ambiguous = a != b && Ymd::new(year, a as u8, b as u8).is_some();
        return Some((date, DateShape { order: Order::DayMonthYear, ambiguous, ..shape }));
    }
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

/// `st`, `nd`, `rd` or `th` behind a day.
fn ordinal(bytes: &[u8], at: usize) -> usize {
    let suffix = bytes.get(at..at + 2).map(<[u8]>::to_ascii_lowercase);
    if matches!(suffix.as_deref(), Some(b"st" | b"nd" | b"rd" | b"th")) { 2 } else { 0 }
}

/// The year at `at`, with an apostrophe perhaps: full year, whether short, offset behind it.
fn year_at(bytes: &[u8], mut at: usize) -> Option<(i16, bool, usize)> {
    at += usize::from(bytes.get(at) == Some(&b'\''));
    let (value, n) = digits(bytes, at, 4);
    let (year, short) = full_year(value, n)?;
    (!is_digit(bytes, at + n)).then_some((year, short, at + n))
}

fn name_day_year(text: &str) -> Option<(Ymd, DateShape)> {
    let bytes = text.as_bytes();
    let (month, used, name) = month_name(text)?;
    let between = *bytes.get(used)?;
    if !matches!(between, b' ' | b'-') {
        return None;
    }
    let (day, day_len) = digits(bytes, used + 1, 2);
    let mut at = used + 1 + day_len;
    at += ordinal(bytes, at);
    let comma = bytes.get(at) == Some(&b',');
    at += usize::from(comma);
    let space = matches!(bytes.get(at), Some(b' ' | b'-'));
    if !space && !comma {
        return None;
    }
    let (year, short_year, length) = year_at(bytes, at + usize::from(space))?;
    let date = Ymd::new(year, month, day as u8)?;
    let pad = day_len == 2 && day < 10;
    Some((
        date,
        DateShape {
            order: Order::NameDayYear,
            separator: between,
            pad,
            short_year,
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
    let mut at = day_len + ordinal(bytes, day_len);
    let separator = match *bytes.get(at)? {
        written @ (b' ' | b'-' | b'/') => {
            at += 1;
            written
        }
        _ => 0,
    };
    if separator == b' ' && bytes[at..].starts_with(b"of ") {
        at += 3;
    }
    let (month, used, name) = month_name(text.get(at..)?)?;
    at += used;
    let comma = bytes.get(at) == Some(&b',');
    at += usize::from(comma);
    match bytes.get(at) {
        Some(&written) if written == separator => at += 1,
        Some(b'0'..=b'9') if separator == 0 || comma => {}
        _ => return None,
    }
    let (year, short_year, length) = year_at(bytes, at)?;
    let date = Ymd::new(year, month, day as u8)?;
    // May is as long as its abbreviation: beside dashes, or nothing, other months have three letters.
    let name = (name.0 || used == 3 && separator != b' ', name.1, name.2);
    let pad = day_len == 2 && (day < 10 || separator == 0);
    Some((
        date,
        DateShape {
            order: Order::DayNameYear,
            separator,
            pad,
            short_year,
            name,
            comma,
            length,
            ambiguous: false,
        },
    ))
}

/// A date at the start of `text` as people write it: like [`parse_date`], with white space, dashes
/// and digits of every kind brought to the plain ones first. The text behind the date has to be
/// empty or a time of day, else there is no date: what else stands there, no rule would cover.
pub fn written_date(text: &str) -> Option<(Ymd, DateShape, Cow<'_, str>)> {
    let whole = |text: &str| {
        let (date, shape) = parse_date(text)?;
        let time = &text[shape.length..];
        (time.is_empty() || TIME.is_match(time)).then_some((date, shape))
    };
    let text = text.trim();
    if let Some((date, shape)) = whole(text) {
        return Some((date, shape, Cow::Borrowed(text)));
    }
    let plain = plain_date(text);
    whole(&plain).map(|(date, shape)| (date, shape, Cow::Owned(plain)))
}

/// A year, or a year and a month: `1961`, `1961-03`, `03/1961`, `March 1961`.
pub fn partial_date(text: &str) -> Option<(i16, Option<u8>)> {
    let plain = plain_date(text.trim());
    let bytes = plain.as_bytes();
    let year = |at: usize| {
        let (year, n) = digits(bytes, at, 4);
        (n == 4 && bytes.len() == at + 4 && (1800..=2199).contains(&year)).then_some(year as i16)
    };
    if let Some(year) = year(0) {
        return Some((year, None));
    }
    let (first, n) = digits(bytes, 0, 4);
    let found = match (n, bytes.get(n)) {
        (4, Some(b'-' | b'/')) => {
            let (month, len) = digits(bytes, 5, 2);
            let whole = len > 0 && bytes.len() == 5 + len && (1800..=2199).contains(&first);
            whole.then_some((first as i16, month))
        }
        (1 | 2, Some(b'-' | b'/')) => year(n + 1).map(|year| (year, first)),
        (0, _) => {
            let (month, used, _) = month_name(&plain)?;
            let at = used + usize::from(bytes.get(used) == Some(&b','));
            let at = at + usize::from(matches!(bytes.get(at), Some(b' ' | b'-')));
            year(at).map(|year| (year, u32::from(month)))
        }
        _ => None,
    };
    found
        .filter(|(_, month)| (1..=12).contains(month))
        .map(|(year, month)| (year, Some(month as u8)))
}

/// Writes a year, or a year and a month, as `original` writes one (see [`partial_date`]).
pub fn render_partial(original: &str, year: i16, month: Option<u8>, out: &mut String) {
    use std::fmt::Write;
    let plain = plain_date(original.trim());
    let month = month.unwrap_or(1);
    let mut rest = plain.as_str();
    while let Some(c) = rest.chars().next() {
        let run = |is: fn(&char) -> bool| rest.chars().take_while(is).map(char::len_utf8).sum();
        let length: usize = if c.is_ascii_digit() {
            run(char::is_ascii_digit)
        } else if let Some((_, used, name)) = month_name(rest) {
            out.push_str(&month_text(month, name));
            rest = &rest[used..];
            continue;
        } else {
            c.len_utf8()
        };
        // Writing to a String cannot fail.
        let _ = match (c.is_ascii_digit(), length) {
            (true, 4) => write!(out, "{year:04}"),
            (true, width) => write!(out, "{month:0width$}"),
            (false, _) => write!(out, "{c}"),
        };
        rest = &rest[length..];
    }
}

/// What a number counts since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Epoch {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Millis,
    /// Microseconds.
    Micros,
    /// Nanoseconds.
    Nanos,
    /// Days.
    Days,
}

impl Epoch {
    /// Every unit with its name in schemas.
    pub const NAMES: &[(&str, Epoch)] = &[
        ("seconds", Epoch::Seconds),
        ("millis", Epoch::Millis),
        ("micros", Epoch::Micros),
        ("nanos", Epoch::Nanos),
        ("days", Epoch::Days),
    ];

    /// Units in a day.
    fn of_day(self) -> i64 {
        match self {
            Epoch::Seconds => 86_400,
            Epoch::Millis => 86_400_000,
            Epoch::Micros => 86_400_000_000,
            Epoch::Nanos => 86_400_000_000_000,
            Epoch::Days => 1,
        }
    }

    /// The day of a count, in UTC.
    pub fn day(self, count: i64) -> Option<Ymd> {
        from_days(count.div_euclid(self.of_day()))
    }

    /// The same time of day on another day.
    pub fn moved(self, count: i64, to: Ymd) -> Option<i64> {
        let days = count.div_euclid(self.of_day());
        count.checked_add((days_since_1970(to) - days).checked_mul(self.of_day())?)
    }

    /// The first moment of a year.
    pub fn first_of_year(self, year: i16) -> Option<i64> {
        days_since_1970(Ymd::new(year, 1, 1)?).checked_mul(self.of_day())
    }
}

/// Days from 1970-01-01 to a date (proleptic Gregorian).
fn days_since_1970(date: Ymd) -> i64 {
    let (year, month) = (i64::from(date.year), i64::from(date.month));
    // Years that begin in March have their leap day at the end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719,468 days lie between the first of March of the year 0 and 1970-01-01.
    365 * year + leaps + (153 * month + 2) / 5 + i64::from(date.day) - 1 - 719_468
}

/// The inverse of [`days_since_1970`], for the years that a [`Ymd`] has.
fn from_days(days: i64) -> Option<Ymd> {
    // An estimate that is at most a year off, then the right one.
    let guess = 1970 + days.checked_mul(400)?.div_euclid(146_097);
    (guess - 1..=guess + 1).rev().find_map(|year| {
        let first = Ymd::new(i16::try_from(year).ok()?, 1, 1)?;
        let mut left = u32::try_from(days - days_since_1970(first)).ok()?;
        for month in 1..=12u8 {
            let most = (28..=31).rev().find(|&day| Ymd::new(first.year, month, day).is_some())?;
            if left < u32::from(most) {
                return Ymd::new(first.year, month, left as u8 + 1);
            }
            left -= u32::from(most);
        }
        None
    })
}

/// ISO 8601, HL7 (a time directly behind the day) and clock times.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:[T ]|, | at )?[0-2]?[0-9]:[0-5][0-9](?::[0-6][0-9](?:[.,][0-9]{1,9})?)?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?|T?[0-9]{4}(?:[0-9]{2}(?:\.[0-9]{1,4})?)?(?:Z|[+-][0-9]{4})?|Z)?$",
    )
    .expect("the pattern is a constant, and tested")
});

/// White space, dashes and digits of every kind as plain ones; no space beside a separator.
fn plain_date(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
            '\u{ff0f}' | '\u{2044}' => '/',
            '\u{2019}' => '\'',
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => continue,
            c if c.is_whitespace() => ' ',
            c => digit_of(c).map_or(c, |digit| char::from(b'0' + digit)),
        };
        let joint = |c: char| matches!(c, '-' | '/' | '.');
        match out.chars().next_back() {
            Some(' ') if c == ' ' => continue,
            Some(last)
                if c == ' '
                    && joint(last)
                    && out.len() < 8
                    && !out.contains(char::is_alphabetic) =>
            {
                continue;
            }
            Some(' ') if joint(c) => {
                out.pop();
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// The value of a decimal digit of any common script, full-width ones included.
pub fn digit_of(c: char) -> Option<u8> {
    const ZEROS: [u32; 13] =
        [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xc66, 0xce6, 0xd66, 0xe50, 0xff10];
    let code = u32::from(c);
    ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code)).map(|zero| (code - zero) as u8)
}

/// A month's name as another was written: abbreviated, upper case, followed by a point.
fn month_text(month: u8, (abbreviated, upper, point): (bool, bool, bool)) -> String {
    let full = MONTHS[usize::from(month) - 1];
    let cut = if abbreviated { &full[..3] } else { full };
    let cased = if upper { cut.to_ascii_uppercase() } else { cut.to_string() };
    if point && abbreviated { cased + "." } else { cased }
}

/// Writes `date` in `shape`.
pub fn render_date(date: Ymd, shape: &DateShape, out: &mut String) {
    use std::fmt::Write;
    let width = if shape.pad { 2 } else { 1 };
    let separator = char::from(shape.separator);
    let Ymd { year, month, day } = date;
    let month_text = || month_text(month, shape.name);
    let comma = if shape.comma { "," } else { "" };
    let (year_width, shown_year) = if shape.short_year { (2, year % 100) } else { (4, year) };
    // Writing to a String cannot fail.
    let _ = match shape.order {
        Order::YearMonthDay if shape.pad && separator == '-' => {
            date.write(out);
            Ok(())
        }
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
        Order::NameDayYear => {
            let gap = if shape.separator == b'-' { "-" } else { " " };
            write!(out, "{}{gap}{day:0width$}{comma}{gap}{shown_year:0year_width$}", month_text())
        }
        Order::DayNameYear => {
            let gap = if shape.separator == 0 {
                ""
            } else {
                match shape.separator {
                    b' ' => " ",
                    b'/' => "/",
                    _ => "-",
                }
            };
            write!(out, "{day:0width$}{gap}{}{comma}{gap}{shown_year:0year_width$}", month_text())
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
        for text in ["04MAR1961", "4-Mar-61", "Mar-04-1961", "March 4,1961", "MARCH 4, 61"] {
            let (date, _) = parse_date(text).unwrap_or_else(|| panic!("not read: {text}"));
            assert_eq!(date.to_string(), "1961-03-04", "{text}");
        }
        check("04MAR1961", "1961-03-04");
        check("4-Mar-61", "1961-03-04");
        check("13.4.1961", "1961-04-13");
        check("3.4.1961", "1961-04-03");
        check("3.13.1961", "1961-03-13");
        for (text, want) in [("04MAY1961", "12DEC1960"), ("4-May-61", "12-Dec-60")] {
            let (_, shape) = parse_date(text).expect("a date");
            let mut out = String::new();
            render_date(Ymd::new(1960, 12, 12).expect("a day"), &shape, &mut out);
            assert_eq!(out, want, "{text}");
        }
        check("20240229101112", "2024-02-29");
    }

    #[test]
    fn dates_as_people_write_them() {
        for text in [
            "March 4th, 1961",
            "4th of March 1961",
            "March  4, 1961",
            "March\n4, 1961",
            "03 04 1961",
            "03 / 04 / 1961",
            "1961\u{2011}03\u{2011}04",
            "\u{ff11}\u{ff19}\u{ff16}\u{ff11}-03-04",
            "196103041011",
            "19610304101112.25+0100",
            "1961-03-04 10:11 pm",
            "1961-03-04T10:11:12.123456+01:00",
            "3/4/1961 9:05 AM",
            " 1961-03-04 ",
        ] {
            let read = written_date(text).map(|(date, _, _)| date.to_string());
            assert_eq!(read.as_deref(), Some("1961-03-04"), "{text}");
        }
        for text in [
            "1961-03-04 Jane",
            "1961-03-04/1961-03-05",
            "1961-03-04 (DOB 1961-03-04)",
            "1961-03-04 10:11 212-555-0142",
            "1961-03-04 12345",
            "1961-03-04T",
        ] {
            assert_eq!(written_date(text).map(|(date, ..)| date), None, "{text}");
        }
    }

    #[test]
    fn parts_of_dates() {
        assert_eq!(partial_date("1961"), Some((1961, None)));
        for text in ["1961-03", "03/1961", "Mar 1961", "March, 1961", "3-1961"] {
            assert_eq!(partial_date(text), Some((1961, Some(3))), "{text}");
        }
        for text in ["61", "1961-13", "1961-03-04", "13/1961", "19610", "1500", "Mar 61", ""] {
            assert_eq!(partial_date(text), None, "{text}");
        }
    }

    #[test]
    fn parts_of_dates_are_written_back() {
        for (original, want) in [
            ("1961", "1984"),
            ("1961-03", "1984-11"),
            ("03/1961", "11/1984"),
            ("3-1961", "11-1984"),
            ("Mar 1961", "Nov 1984"),
            ("MARCH, 1961", "NOVEMBER, 1984"),
            ("Sept. 1961", "Nov. 1984"),
        ] {
            let mut out = String::new();
            render_partial(original, 1984, Some(11), &mut out);
            assert_eq!(out, want, "{original}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = |y, m, d| Ymd::new(y, m, d).expect("a day");
        for (date, days) in [
            (day(1970, 1, 1), 0),
            (day(1969, 12, 31), -1),
            (day(2000, 2, 29), 11_016),
            (day(1961, 3, 4), -3_225),
            (day(1900, 3, 1), -25_508),
            (day(2026, 11, 24), 20_781),
        ] {
            assert_eq!(days_since_1970(date), days, "{date}");
        }
        let mut date = day(1800, 1, 1);
        for days in days_since_1970(date)..=days_since_1970(day(2199, 12, 31)) {
            assert_eq!(Epoch::Days.day(days), Some(date));
            assert_eq!(days_since_1970(date), days);
            let next = Ymd::new(date.year, date.month, date.day + 1)
                .or_else(|| Ymd::new(date.year, date.month + 1, 1))
                .or_else(|| Ymd::new(date.year + 1, 1, 1));
            date = next.unwrap_or(date);
        }
        assert_eq!(Epoch::Days.day(i64::MAX), None);
        assert_eq!(Epoch::Millis.day(-1), Some(day(1969, 12, 31)));
        assert_eq!(Epoch::Seconds.moved(-1, day(1970, 1, 2)), Some(86_400 + 86_399));
        assert_eq!(Epoch::Millis.first_of_year(2026), Some(1_767_225_600_000));
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
