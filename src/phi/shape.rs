//! Alphabets, and the shape that a site gives to its record numbers: `E#{7}`, `[0-9A-F]{12}`.

/// Characters in an order: a character's place is its numeral.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alphabet {
    chars: [u8; 128],
    len: u8,
    /// The numeral of each ASCII character; [`NONE`] where it has none.
    index: [u8; 128],
}

const NONE: u8 = 255;

/// 0 to 9.
pub static DIGITS: Alphabet = Alphabet::of(b"0123456789");
/// A to Z.
pub static LETTERS: Alphabet = Alphabet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ");
/// 0 to 9, A to Z.
pub static ALPHANUMERIC: Alphabet = Alphabet::of(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
/// 0 to 9, a to f.
pub static HEX: Alphabet = Alphabet::of(b"0123456789abcdef");

impl Alphabet {
    /// The alphabet of these characters: ASCII, each once, at most 128 of them.
    pub const fn of(given: &[u8]) -> Alphabet {
        let (mut chars, mut index) = ([0; 128], [NONE; 128]);
        let mut at = 0;
        while at < given.len() {
            chars[at] = given[at];
            index[given[at] as usize] = at as u8;
            at += 1;
        }
        Alphabet { chars, len: given.len() as u8, index }
    }

    /// How many characters there are.
    pub fn radix(&self) -> u32 {
        u32::from(self.len)
    }

    /// The numeral of a character.
    pub fn numeral(&self, b: u8) -> Option<u8> {
        self.index.get(usize::from(b)).copied().filter(|&n| n != NONE)
    }

    /// The character of a numeral below the radix.
    pub fn char(&self, numeral: u8) -> u8 {
        self.chars[usize::from(numeral)]
    }

    /// The characters in order.
    pub fn chars(&self) -> &[u8] {
        &self.chars[..usize::from(self.len)]
    }

    fn has_lower(&self) -> bool {
        self.chars().iter().any(u8::is_ascii_lowercase)
    }
}

/// One place of a shape.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The same letter or digit in every number of the site.
    Fixed(u8),
    /// A character of an alphabet: an index into [`Shape::alphabets`].
    Of(u8),
}

/// What a site's record numbers look like, place by place. Separators are no part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape {
    text: String,
    places: Vec<Place>,
    alphabets: Vec<Alphabet>,
}

/// Longest shape, in places.
const PLACES_MAX: usize = 64;

impl Shape {
    /// Reads `#` (digit), `@` (letter), `*` (either), `[0-9A-F]` (one of these), letters and digits
    /// (themselves), spaces and `-./_` (nothing), each with `{n}` behind it perhaps. `Err` says in
    /// words what is wrong.
    pub fn parse(text: &str) -> Result<Shape, &'static str> {
        let mut shape = Shape { text: text.to_string(), places: Vec::new(), alphabets: Vec::new() };
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            let place = match c {
                '#' => shape.of(DIGITS.clone()),
                '@' => shape.of(LETTERS.clone()),
                '*' => shape.of(ALPHANUMERIC.clone()),
                '[' => {
                    let (inside, after) = rest.split_once(']').ok_or("`[` is not closed")?;
                    rest = after;
                    shape.of(alphabet(inside)?)
                }
                c if c.is_ascii_alphanumeric() => Place::Fixed(c.to_ascii_uppercase() as u8),
                ' ' | '-' | '.' | '/' | '_' => continue,
                _ => return Err("a character that shapes do not have"),
            };
            let mut times = 1;
            if let Some(after) = rest.strip_prefix('{') {
                let (count, after) = after.split_once('}').ok_or("`{` is not closed")?;
                times = count.parse().map_err(|_| "no number between `{` and `}`")?;
                rest = after;
            }
            if times == 0 || shape.places.len() + times > PLACES_MAX {
                return Err("a shape has 1 to 64 places");
            }
            shape.places.extend(std::iter::repeat_n(place, times));
        }
        match shape.alphabets.is_empty() {
            true => Err("nothing in it varies"),
            false => Ok(shape),
        }
    }

    fn of(&mut self, alphabet: Alphabet) -> Place {
        let at = self.alphabets.iter().position(|known| *known == alphabet).unwrap_or_else(|| {
            self.alphabets.push(alphabet);
            self.alphabets.len() - 1
        });
        Place::Of(at as u8)
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The places, in order.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The alphabets that the places name.
    pub fn alphabets(&self) -> &[Alphabet] {
        &self.alphabets
    }

    /// Whether an alphabet of it tells upper and lower case apart.
    pub fn is_cased(&self) -> bool {
        self.alphabets.iter().any(Alphabet::has_lower)
    }

    /// How many numbers have this shape; `u128::MAX` stands for more than fit.
    pub fn size(&self) -> u128 {
        let factors = self.places.iter().map(|place| match place {
            Place::Fixed(_) => 1,
            Place::Of(at) => u128::from(self.alphabets[usize::from(*at)].radix()),
        });
        factors.fold(1, u128::saturating_mul)
    }

    /// The character of a text as it stands at a place: case is folded to upper, except where the
    /// place tells the cases apart. `None` where it does not fit.
    pub(super) fn fit(&self, at: usize, b: u8) -> Option<u8> {
        match self.places.get(at)? {
            Place::Fixed(fixed) => (b.to_ascii_uppercase() == *fixed).then_some(*fixed),
            Place::Of(alphabet) => {
                let alphabet = &self.alphabets[usize::from(*alphabet)];
                let b = if alphabet.has_lower() { b } else { b.to_ascii_uppercase() };
                alphabet.numeral(b).map(|_| b)
            }
        }
    }
}

/// `0-9A-F`: single characters and ranges.
fn alphabet(inside: &str) -> Result<Alphabet, &'static str> {
    let bytes = inside.as_bytes();
    let mut chars = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let first = bytes[at];
        let last = if bytes.get(at + 1) == Some(&b'-') {
            at += 2;
            *bytes.get(at).ok_or("a range without an end")?
        } else {
            first
        };
        at += 1;
        if first > last || !(first..=last).all(|b| b.is_ascii_alphanumeric()) {
            return Err("an alphabet has letters and digits, and ranges of them");
        }
        chars.extend(first..=last);
    }
    let mut once = chars.clone();
    once.sort_unstable();
    once.dedup();
    if chars.len() < 2 || once.len() < chars.len() {
        return Err("an alphabet has at least two characters, each once");
    }
    Ok(Alphabet::of(&chars))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_read() {
        let shape = Shape::parse("E-#{7}").expect("a shape");
        assert_eq!((shape.places().len(), shape.size()), (8, 10_000_000));
        assert_eq!(Shape::parse("[0-9A-F]{12}").expect("a shape").size(), 16u128.pow(12));
        assert_eq!(Shape::parse("@@###*").expect("a shape").size(), 26 * 26 * 1000 * 36);
        for wrong in ["", "ABC", "#{0}", "#{65}", "[A", "[Z-A]", "[AA]", "#{", "\u{e9}#", "[A-]"] {
            assert!(Shape::parse(wrong).is_err(), "{wrong}");
        }
    }
}
