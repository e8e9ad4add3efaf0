//! What stands out of order in a row, and how two rows that differ lie beside each other. Nothing here is
//! quadratic: who tampers may make a row as odd as he likes.

use std::collections::{BTreeMap, BTreeSet};

/// Places that may be put in or taken out between two rows for the shortest way from one to the other to be
/// looked for. Its time is that many steps for each place of the rows, its memory the square of it: 1 MB.
const EDITS_MAX: usize = 512;

/// The fewest places without which the row would rise: all that are not in a longest rising row.
pub(super) fn out_of_order<T: PartialOrd>(row: &[T]) -> Vec<usize> {
    if row.windows(2).all(|two| two[0] < two[1]) {
        return Vec::new();
    }
    // The last of the best row of each length, and what stands before each in its best row.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (n, value) in row.iter().enumerate() {
        let length = ends.partition_point(|end| row[*end] < *value);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(n) } else { ends[length] = n }
    }
    let (mut keeps, mut at) = (BTreeSet::new(), ends.last().copied());
    while let Some(n) = at {
        keeps.insert(n);
        at = before[n];
    }
    (0..row.len()).filter(|n| !keeps.contains(n)).collect()
}

/// Places of two rows that hold the same, in pairs that rise in both: as many as there can be where little
/// was put in or taken out, or where nothing stands twice; else many.
pub(super) fn side_by_side(a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    if let Some(pairs) = shortest(a, b) {
        return pairs;
    }
    // What stands once in both holds the rest apart.
    let (mut pairs, mut from) = (Vec::new(), (0, 0));
    for (x, y) in rising(a, b, true).into_iter().chain([(a.len(), b.len())]) {
        let (left, right) = (&a[from.0..x], &b[from.1..y]);
        let between = shortest(left, right).unwrap_or_else(|| rising(left, right, false));
        pairs.extend(between.into_iter().map(|(x, y)| (from.0 + x, from.1 + y)));
        if x < a.len() {
            pairs.push((x, y));
        }
        from = (x + 1, y + 1);
    }
    pairs
}

/// Pairs of what stands `once` in both, or of the first with the first, the second with the second and so on;
/// of these those that rise.
fn rising(a: &[usize], b: &[usize], once: bool) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    a.iter().enumerate().for_each(|(x, what)| places.entry(*what).or_default().0.push(x));
    b.iter().enumerate().for_each(|(y, what)| places.entry(*what).or_default().1.push(y));
    let mut pairs = Vec::new();
    for (left, right) in places.into_values() {
        if !once || left.len() == 1 && right.len() == 1 {
            pairs.extend(left.into_iter().zip(right));
        }
    }
    pairs.sort_unstable();
    let row: Vec<_> = pairs.iter().map(|(_, y)| *y).collect();
    let mut odd = out_of_order(&row).into_iter().peekable();
    let mut n = 0;
    pairs.retain(|_| {
        let is_odd = odd.next_if_eq(&n).is_some();
        n += 1;
        !is_odd
    });
    pairs
}

/// The pairs that a shortest way from one row to the other keeps, by Myers; `None` where it is longer than
/// [`EDITS_MAX`].
fn shortest(a: &[usize], b: &[usize]) -> Option<Vec<(usize, usize)>> {
    if a.len().abs_diff(b.len()) > EDITS_MAX {
        return None;
    }
    // How far `a` is after so many edits, `i` of which took a place of `a`: `y` is `x + edits - 2 i`.
    let mut ways: Vec<Vec<usize>> = Vec::new();
    for edits in 0..=EDITS_MAX {
        let mut way = Vec::with_capacity(edits + 1);
        for i in 0..=edits {
            let mut x = ways.last().map_or(0, |before| start(before, i).0);
            let mut y = x + edits - 2 * i;
            while x < a.len() && y < b.len() && a[x] == b[y] {
                (x, y) = (x + 1, y + 1);
            }
            way.push(x);
            if x >= a.len() && y >= b.len() {
                ways.push(way);
                return Some(back(&ways, i));
            }
        }
        ways.push(way);
    }
    None
}

/// Where a way begins whose last edit is behind those of `before`; and whether that edit took a place of `a`.
fn start(before: &[usize], i: usize) -> (usize, bool) {
    let took = i.checked_sub(1).map(|i| before[i] + 1);
    let left = before.get(i).copied();
    if took > left { (took.unwrap_or(0), true) } else { (left.unwrap_or(0), false) }
}

fn back(ways: &[Vec<usize>], mut i: usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for edits in (0..ways.len()).rev() {
        let end = ways[edits][i];
        let (begin, took) = match edits {
            0 => (0, false),
            _ => start(&ways[edits - 1], i),
        };
        pairs.extend((begin..end).rev().map(|x| (x, x + edits - 2 * i)));
        i -= usize::from(took);
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The most pairs that there can be, the slow way.
    fn most(a: &[usize], b: &[usize]) -> usize {
        let mut best = vec![vec![0; b.len() + 1]; a.len() + 1];
        for (x, left) in a.iter().enumerate() {
            for (y, right) in b.iter().enumerate() {
                best[x + 1][y + 1] = match left == right {
                    true => best[x][y] + 1,
                    false => best[x][y + 1].max(best[x + 1][y]),
                };
            }
        }
        best[a.len()][b.len()]
    }

    fn are_pairs(a: &[usize], b: &[usize], pairs: &[(usize, usize)]) -> bool {
        pairs.iter().all(|(x, y)| a[*x] == b[*y])
            && pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1)
    }

    proptest! {
        #[test]
        fn rows_that_differ_in_little_keep_all_that_they_can(
            a in prop::collection::vec(0usize..6, 0..40),
            b in prop::collection::vec(0usize..6, 0..40),
        ) {
            let pairs = side_by_side(&a, &b);
            prop_assert!(are_pairs(&a, &b, &pairs));
            prop_assert_eq!(pairs.len(), most(&a, &b));
        }

        #[test]
        fn what_stands_once_in_both_and_rises_is_kept(
            a in Just((0usize..60).collect::<Vec<_>>()).prop_shuffle(),
            b in Just((0usize..60).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let pairs = rising(&a, &b, true);
            prop_assert!(are_pairs(&a, &b, &pairs));
            prop_assert_eq!(pairs.len(), most(&a, &b));
            prop_assert!(are_pairs(&a, &b, &rising(&a, &b, false)));
        }

        #[test]
        fn whatever_stands_twice_is_in_pairs_that_rise(
            a in prop::collection::vec(0usize..9, 0..60),
            b in prop::collection::vec(0usize..9, 0..60),
        ) {
            prop_assert!(are_pairs(&a, &b, &rising(&a, &b, false)));
            prop_assert!(are_pairs(&a, &b, &rising(&a, &b, true)));
        }
    }

    /// Longer ways than are looked for: a row that was turned round, parts that changed places, and a row
    /// of little else than two things.
    #[test]
    fn rows_that_differ_in_much_take_no_time() {
        let n = 200_000;
        let row: Vec<usize> = (0..n).collect();
        let turned: Vec<usize> = (0..n).rev().collect();
        assert_eq!(side_by_side(&turned, &row).len(), 1);
        let halves = [&row[n / 2..], &row[..n / 2 - 1]].concat();
        assert_eq!(side_by_side(&halves, &row).len(), n / 2);
        // Every third is another thing: what stands once is found all the same.
        let odd: Vec<usize> = row.iter().map(|at| if at % 3 == 0 { n + at } else { *at }).collect();
        let pairs = side_by_side(&odd, &row);
        assert!(are_pairs(&odd, &row, &pairs));
        assert_eq!(pairs.len(), n - n.div_ceil(3));
        let twos: Vec<usize> = (0..n).map(|at| at * at % 7 % 2).collect();
        let other: Vec<usize> = (0..n).map(|at| at * at % 11 % 2).collect();
        assert!(are_pairs(&twos, &other, &side_by_side(&twos, &other)));
    }

    #[test]
    fn the_fewest_are_out_of_order() {
        assert!(out_of_order(&[1, 2, 3]).is_empty());
        assert_eq!(out_of_order(&[2, 3, 4, 1, 5]), [3]);
        assert_eq!(out_of_order(&[1, 2, 2, 3]).len(), 1, "of two the one or the other");
        assert!(out_of_order::<u64>(&[]).is_empty());
    }
}
