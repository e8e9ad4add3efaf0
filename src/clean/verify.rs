//! Step 5: a second look. What is about to leave is searched for the record's own identifiers,
//! whatever the earlier steps believed.

use super::batch::{KEY, Located, Placed};
use crate::detect::{Needles, Parting, is_eponym, is_ordinary};
use crate::format::Codec;
use crate::phi::{Class, Form, Phi, name_parts, partial_date};
use crate::policy::Plan;
use crate::transform::Rule;

/// Fewest letters and digits of an identifier that is looked for.
const LETTERS_MIN: usize = 6;
/// Fewest letters of a name that is looked for.
const NAME_LETTERS_MIN: usize = 4;

/// The identifiers of one record. Dates but those of birth and death are left out: the shifted
/// date of one visit may be the true date of another.
pub(super) fn needles(plan: &Plan, located: &Located, record: usize, needles: &mut Needles) {
    needles.clear();
    let place = &located.records[record];
    let key = located.sites[place.sites.clone()].first().filter(|site| site.field == KEY);
    let of = |document: &Placed| {
        let codec = document.codec;
        located.sites[located.sites_in(place, document.span)].iter().map(move |site| (site, codec))
    };
    let documents = &located.documents[place.documents.clone()];
    let sites = key.into_iter().map(|key| (key, Codec::default()));
    let mut buffer = Phi::default();
    for (site, codec) in sites.chain(documents.iter().flat_map(of)) {
        let rule = plan.slots[usize::from(site.slot)].rule;
        if site.in_text()
            || rule == Rule::Keep
            || !site.class.is_identifier()
            || matches!(site.class, Class::Date | Class::Age)
        {
            continue;
        }
        let bytes = match site.field {
            KEY => located.batch.key(record).unwrap_or_default(),
            _ => located.batch.onward(record),
        };
        let raw = &bytes[site.span.range()];
        let Ok(text) = super::locate::decoded(raw, site.kind, codec, &mut buffer) else {
            continue;
        };
        match site.class.form() {
            // A year, or a month of one, that shifts may well stay.
            Form::Date if partial_date(text).is_some() => {}
            Form::Name => name(text, needles),
            Form::Digits | Form::Record | Form::Lettered | Form::Phone => {
                needles.add(text, LETTERS_MIN, Parting::Anywhere, 0);
            }
            // What a reference has around it says nothing of the person.
            Form::Id => {
                let id = located.canonical(&site.canon);
                needles.add(if id.is_empty() { text } else { id }, LETTERS_MIN, Parting::Own, 0);
            }
            _ => needles.add(text, LETTERS_MIN, Parting::Own, 0),
        }
    }
}

/// Whether a token still says its own value, letters and digits alone.
pub(super) fn holds(token: &str, value: &str) -> bool {
    fn bare(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase())
    }
    fn plain(text: &str) -> impl Iterator<Item = u8> + Clone {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase())
    }
    // Digits with their separators, for the most part: the first letters are held side by side as one number.
    if token.is_ascii() && value.is_ascii() {
        const LAST: u64 = (1 << (8 * LETTERS_MIN)) - 1;
        let mut rest = plain(value);
        let first = rest.by_ref().take(LETTERS_MIN).fold(0, |all, b| all << 8 | u64::from(b));
        if first >> (8 * (LETTERS_MIN - 1)) == 0 {
            // Fewer than are looked for.
            return false;
        }
        let (mut token, mut last) = (plain(token), 0);
        while let Some(b) = token.next() {
            last = (last << 8 | u64::from(b)) & LAST;
            let mut behind = token.clone();
            if last == first && rest.clone().all(|b| behind.next() == Some(b)) {
                return true;
            }
        }
        return false;
    }
    let begins = |at: usize| {
        let mut token = bare(&token[at..]);
        bare(value).all(|c| token.next() == Some(c))
    };
    bare(value).nth(LETTERS_MIN - 1).is_some() && token.char_indices().any(|(at, _)| begins(at))
}

/// A name's parts alone, but for those that are words too: these two by two.
fn name(text: &str, needles: &mut Needles) {
    let (family, given) = name_parts(text);
    let parts = || family.split([' ', '-']).chain(given.split([' ', '-'])).filter(|p| p.len() > 1);
    for part in parts() {
        if part.chars().count() >= NAME_LETTERS_MIN && !is_ordinary(part) && !is_eponym(part) {
            needles.add(part, NAME_LETTERS_MIN, Parting::Nowhere, 0);
        }
    }
    if let (Some(family), Some(given)) = (family.split(' ').next_back(), given.split(' ').next())
        && given.chars().count() > 1
    {
        needles.add(&format!("{given} {family}"), LETTERS_MIN, Parting::Own, 0);
        needles.add(&format!("{family}, {given}"), LETTERS_MIN, Parting::Own, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_does_not_hold_its_own_value() {
        for (token, value) in [
            ("0012345678", "0012345678"),
            ("001-234-5678", "0012345678"),
            ("Patient/ab-12345", "AB12345"),
            ("x0012345678y", "0012345678"),
            ("111123456", "1112345"),
            ("00-0000-1", "000-001"),
            ("\u{e9}1234567", "1234567"),
        ] {
            assert!(holds(token, value), "{token}");
        }
        for (token, value) in [
            ("0012345679", "0012345678"),
            ("1234567", "1234568"),
            ("12345", "12345"),
            ("123456", "1234567"),
            ("", ""),
        ] {
            assert!(!holds(token, value), "{token}");
        }
    }
}
