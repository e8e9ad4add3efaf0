//! Kernels `siv`, `hash` and `mask`.

use super::column::{Outcome, PhiColumn, map_rows};
use crate::keys::{Mac, Siv};
use crate::phi::Code;
use arrow_array::Array;
use arrow_array::builder::StringBuilder;

pub(super) fn siv(cipher: &Siv, column: &PhiColumn) -> Outcome {
    let array = column.expose();
    // A head of some ten letters, and of 16 bytes and the value's in base32.
    let bytes = array.len() * 40 + array.value_data().len() * 2;
    let mut out = StringBuilder::with_capacity(array.len(), bytes);
    let mut rows = (0..array.len()).peekable();
    cipher.encrypt_each(array.iter().flatten(), |token| {
        // What is null has no token.
        while rows.next_if(|row| array.is_null(*row)).is_some() {
            out.append_null();
        }
        out.append_value(token);
        rows.next();
    });
    rows.for_each(|_| out.append_null());
    Outcome { values: PhiColumn::from_array(out.finish()), refused: Vec::new() }
}

/// The inverse of [`siv`]; what does not open is refused.
pub(super) fn unsiv(cipher: &Siv, column: &PhiColumn) -> Outcome {
    map_rows(column, |_, token, out| {
        out.push_str(&cipher.decrypt(token).ok_or(Code::TokenUnknown)?);
        Ok(true)
    })
}

/// 120 bits of HMAC-SHA-256: collisions stay below 1e-18 for 10^9 values.
pub(super) fn hash(mac: &Mac, column: &PhiColumn) -> Outcome {
    map_rows(column, |_, value, out| {
        let tag = mac.tag(value.as_bytes());
        out.push_str(&data_encoding::BASE32_NOPAD.encode(&tag[..15]).to_ascii_lowercase());
        Ok(true)
    })
}

pub(super) fn mask(column: &PhiColumn) -> Outcome {
    map_rows(column, |_, value, out| {
        out.extend(value.chars().map(|c| if c.is_alphanumeric() { '*' } else { c }));
        Ok(true)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Keyring, Need, Purpose, Scope};
    use crate::phi::Class;

    #[test]
    fn rows_without_a_value_have_no_token_and_the_others_their_own() {
        let needs = [Need::join(Purpose::Siv, Class::PersonName)];
        let keys = Keyring::for_tests("t").snapshot(&needs).expect("keys");
        let cipher = keys.siv(Class::PersonName, Scope::Join).expect("a cipher");
        let rows = [None, Some("smith,jane"), None, None, Some("lopez,maria a"), None];
        let sealed = siv(cipher, &PhiColumn::from_options(rows.into_iter()));
        let back = |row| sealed.values.value(row).and_then(|token| cipher.decrypt(token));
        let all: Vec<_> =
            (0..rows.len()).map(|row| back(row).map(|value| value.to_string())).collect();
        assert_eq!(all, rows.map(|row| row.map(str::to_string)));
        assert_eq!(siv(cipher, &PhiColumn::from_options([None; 3].into_iter())).values.len(), 3);
    }
}
