//! What was made of texts that came before: who is in one record is in others, too, and what a record refers to it
//! refers to often. Places are few whatever comes: a text takes that of another, which is then made again.

/// Places, at most: beyond that a look costs what it saves.
const PLACES_MAX: usize = 4096;

pub(crate) struct Lately<'a, T> {
    /// For each place, one more than the number of what is there; 0 where nothing is.
    places: Vec<u32>,
    /// All that was made, of texts that lost their places, too.
    made: Vec<(&'a str, T)>,
}

impl<'a, T> Lately<'a, T> {
    /// With room for so many texts, about.
    pub(crate) fn of(texts: usize) -> Lately<'a, T> {
        let places = (2 * texts.min(PLACES_MAX)).next_power_of_two().clamp(16, PLACES_MAX);
        Lately { places: vec![0; places], made: Vec::new() }
    }

    /// The number of what was made of a text, or is made now.
    pub(crate) fn number(&mut self, text: &'a str, make: impl FnOnce() -> T) -> u32 {
        let at = hash(text) as usize & (self.places.len() - 1);
        let place = &mut self.places[at];
        let known = place.checked_sub(1).filter(|known| self.made[*known as usize].0 == text);
        known.unwrap_or_else(|| {
            self.made.push((text, make()));
            *place = self.made.len() as u32;
            *place - 1
        })
    }

    /// What was made of a text, or is made now.
    pub(crate) fn get(&mut self, text: &'a str, make: impl FnOnce() -> T) -> &T {
        let number = self.number(text, make);
        &self.made[number as usize].1
    }

    /// All that was made, by number.
    pub(crate) fn all(&self) -> impl ExactSizeIterator<Item = &T> {
        self.made.iter().map(|(_, made)| made)
    }
}

/// Words of eight bytes, multiplied. Whoever makes texts that meet in one place wins nothing but that they are made
/// again.
fn hash(text: &str) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let last = rest.iter().fold(text.len() as u64, |all, byte| all << 8 | u64::from(*byte));
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    words.chain([last]).fold(0, |hash: u64, word| (hash.rotate_left(29) ^ word).wrapping_mul(ODD))
        >> 40
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_what_was_made_of_it_whoever_takes_its_place() {
        let texts: Vec<String> = (0..3 * PLACES_MAX).map(|n| format!("{n:010}")).collect();
        let (mut lately, mut made) = (Lately::of(usize::MAX), 0);
        for round in 0..2 {
            for text in &texts {
                let number: usize = text.parse().expect("a number");
                let mut get = || *lately.get(text, || (made += 1, number).1);
                assert_eq!((get(), get()), (number, number), "{round}");
            }
        }
        // Each at least once, and not twice where it comes again at once.
        assert!((texts.len()..=2 * texts.len()).contains(&made), "{made}");
        assert_eq!(lately.all().len(), made);
    }

    #[test]
    fn few_meet_in_one_place() {
        let texts: Vec<String> =
            (0..500).map(|n| format!("{:010}", 4_200_000_000_u64 + n * 7)).collect();
        let mut lately = Lately::of(5_000);
        (0..4).for_each(|_| texts.iter().for_each(|text| _ = lately.number(text, || ())));
        assert!(lately.all().len() < 800, "{}", lately.all().len());
    }
}
