//! Intervals by the bootstrap: what the figure is over as many cases drawn with replacement.

use fastrand::Rng;

const ROUNDS: usize = 1_000;

/// The middle 95 % of a figure. The same number of cases gives the same draws.
pub(super) fn interval(cases: usize, figure: impl Fn(&[usize]) -> f64) -> [f64; 2] {
    let mut rng = Rng::with_seed(cases as u64);
    let mut drawn = vec![0; cases];
    let mut figures: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            drawn.iter_mut().for_each(|at| *at = rng.usize(..cases.max(1)));
            figure(&drawn)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    [figures[ROUNDS / 40], figures[ROUNDS - 1 - ROUNDS / 40]]
}

/// One sum over another; 0 where there is nothing to divide by.
pub(super) fn share(part: f64, of: f64) -> f64 {
    if of > 0.0 { part / of } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard error of a share of one half over 400 cases is 0.025.
    #[test]
    fn an_interval_is_as_wide_as_it_must_be() {
        let mean = |drawn: &[usize]| {
            share(drawn.iter().filter(|at| *at % 2 == 0).count() as f64, drawn.len() as f64)
        };
        let [low, high] = interval(400, mean);
        assert!((0.44..0.46).contains(&low) && (0.54..0.56).contains(&high), "{low} {high}");
        assert_eq!(interval(400, mean), [low, high]);
        assert_eq!(interval(0, mean), [0.0, 0.0]);
    }
}
