//! How counts are spelt for people.

/// `1,000,000`.
pub fn grouped(n: u128) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let spelt = [0, 999, 1_000, 12_345, 1_234_567].map(grouped);
        assert_eq!(spelt, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }
}
