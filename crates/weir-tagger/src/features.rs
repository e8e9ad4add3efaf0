//! What the model looks at around a token. Part of the weights: whoever changes it trains again.

use crate::hash::stir;
use crate::token::{Shape, Token};

/// Features of a token.
pub(crate) const FEATURES: usize = 32;

/// What holds for a whole text or line.
#[derive(Clone, Copy, Default)]
struct Setting {
    /// The text has no capitals to speak of; the line has capitals only.
    mode: u64,
    /// The label that the line began with (`Name:`), and how far it is.
    label: u64,
    far: u64,
}

/// Calls `each` with the features of every token, in order.
pub(crate) fn each(tokens: &[Token], mut each: impl FnMut(usize, &[u64; FEATURES])) {
    let lower = tokens.iter().filter(|t| t.shape == Shape::Lower).count();
    let capital = tokens
        .iter()
        .filter(|t| matches!(t.shape, Shape::Title | Shape::Upper | Shape::Single | Shape::Mixed))
        .count();
    let small_text = u64::from(capital * 50 < lower);
    let mut setting = Setting::default();
    let mut place = 0u64;
    for at in 0..tokens.len() {
        let line_starts = at == 0 || matches!(tokens[at - 1].shape, Shape::Line | Shape::Blank);
        if line_starts {
            place = 0;
            setting.mode = small_text * 2 + u64::from(is_loud(&tokens[at..]));
            setting.label = if at > 1 && tokens[at - 2].word == COLON { setting.label } else { 0 };
            setting.far = setting.far.min(8) + u64::from(setting.label != 0);
        }
        each(at, &of(tokens, at, setting, place));
        place = (place + 1).min(6);
        setting.far += 1;
        let token = &tokens[at];
        if token.shape == Shape::Mark && token.word == COLON && at > 0 {
            let before = tokens[at - 1].word;
            let one_more = at > 1 && tokens[at - 2].is_word();
            setting.label = if one_more { pair(before, tokens[at - 2].word) } else { stir(before) };
            setting.far = 0;
        }
    }
}

/// Two into one; the order counts.
#[inline]
fn pair(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The word of a colon.
const COLON: u64 = stir(b':' as u64 ^ 0x5a5a);

/// A line whose letters are all capitals: at least two words of them, none in lower case.
fn is_loud(rest: &[Token]) -> bool {
    let line = rest.iter().take_while(|t| !matches!(t.shape, Shape::Line | Shape::Blank)).take(400);
    let mut loud = 0;
    for token in line {
        match token.shape {
            Shape::Lower | Shape::Title | Shape::Mixed => return false,
            Shape::Upper => loud += 1,
            _ => {}
        }
    }
    loud >= 2
}

#[inline]
fn of(tokens: &[Token], at: usize, setting: Setting, place: u64) -> [u64; FEATURES] {
    const NONE: Token = Token {
        start: 0,
        end: 0,
        word: 7,
        prefix: 7,
        suffix2: 7,
        suffix3: 7,
        shape: Shape::Blank,
        bits: 0,
        tight: false,
    };
    let near = |offset: isize| {
        at.checked_add_signed(offset).and_then(|at| tokens.get(at)).unwrap_or(&NONE)
    };
    let (a2, a1, me, b1, b2) = (near(-2), near(-1), near(0), near(1), near(2));
    let shape = |t: &Token| t.shape as u64;
    let bits = |t: &Token| u64::from(t.bits) << 4 | t.shape as u64;
    let tight = u64::from(me.tight) << 1 | u64::from(b1.tight);
    let shapes = shape(a1) << 16 | shape(me) << 8 | shape(b1);
    let list = [
        me.word,
        a1.word,
        b1.word,
        a2.word,
        b2.word,
        pair(a1.word, me.word),
        pair(me.word, b1.word),
        me.prefix,
        me.suffix3,
        me.suffix2,
        shape(me) << 2 | tight,
        shapes,
        pair(shapes, shape(a2) << 8 | shape(b2)),
        bits(me),
        pair(bits(a1), bits(me)),
        pair(bits(me), bits(b1)),
        pair(pair(bits(a1), bits(me)), bits(b1)),
        pair(a1.word, shape(me)),
        pair(b1.word, shape(me)),
        pair(a1.word, bits(me)),
        pair(b1.word, bits(me)),
        pair(pair(a2.word, a1.word), shape(me)),
        pair(pair(b1.word, b2.word), shape(me)),
        pair(setting.label, shape(me) << 4 | setting.far.min(4)),
        pair(setting.label, bits(me)),
        place << 8 | shape(me) | shape(a1) << 16,
        pair(setting.mode, bits(me)),
        pair(setting.mode, me.word),
        pair(pair(a2.word, near(-3).word), shape(me)),
        pair(near(3).word, shape(me)),
        pair(me.suffix3, shape(a1) << 8 | shape(b1)),
        pair(pair(a2.word, bits(a1)), bits(me)),
    ];
    let mut out = [0; FEATURES];
    for (n, (slot, value)) in out.iter_mut().zip(list).enumerate() {
        *slot = stir(pair(value, n as u64 + 1));
    }
    out
}
