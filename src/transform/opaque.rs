//! Kernels `siv`, `hash` and `mask`.

use super::column::{Outcome, PhiColumn, map_rows};
use crate::keys::{Mac, Siv};
use crate::phi::Code;
use arrow_array::Array;
use arrow_array::builder::StringBuilder;

pub(super) fn siv(cipher: &Siv, column: &PhiColumn) -> Outcome {
    let array = column.expose();
    let mut out = StringBuilder::with_capacity(array.len(), array.len() * 64);
    let mut refused = Vec::new();
    let mut row = 0;
    cipher.encrypt_each(array.iter(), |token| {
        match token {
            Ok(token) => out.append_option(token),
            Err(code) => {
                refused.push((row, code));
                out.append_null();
            }
        }
        row += 1;
    });
    Outcome { values: PhiColumn::from_array(out.finish()), refused }
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
