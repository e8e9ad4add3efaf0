//! The Merkle tree of an audit (RFC 9162, 2.1): of a log's first `n` lines there is one root. What is kept of the
//! tree while it grows are the roots of its whole subtrees, at most one for each power of two.

use sha2::{Digest, Sha256};

/// A hash of the tree.
pub(super) type Node = [u8; 32];

/// A tree that grows at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tree {
    size: u64,
    /// The roots of the whole subtrees, the widest in front.
    peaks: Vec<Node>,
}

impl Tree {
    /// The tree whose first `size` leaves have these subtrees; `None` where so many leaves have others.
    pub(super) fn of(size: u64, peaks: Vec<Node>) -> Option<Tree> {
        (size.count_ones() as usize == peaks.len()).then_some(Tree { size, peaks })
    }

    /// Leaves.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its whole subtrees.
    pub(super) fn peaks(&self) -> &[Node] {
        &self.peaks
    }

    /// One leaf more.
    pub(super) fn push(&mut self, leaf: &Node) {
        let mut node: Node = Sha256::new().chain_update([0]).chain_update(leaf).finalize().into();
        for _ in 0..self.size.trailing_ones() {
            let left = self.peaks.pop().unwrap_or_default();
            node = above(&left, &node);
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// The root.
    pub(super) fn root(&self) -> Node {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            None => Sha256::digest([]).into(),
            Some(last) => peaks.fold(*last, |right, left| above(left, &right)),
        }
    }
}

fn above(left: &Node, right: &Node) -> Node {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 9162, word by word.
    fn hash_of(leaves: &[Node]) -> Node {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => Sha256::new().chain_update([0]).chain_update(leaf).finalize().into(),
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                above(&hash_of(&leaves[..split]), &hash_of(&leaves[split..]))
            }
        }
    }

    #[test]
    fn the_root_is_the_one_that_the_rfc_defines() {
        let leaves: Vec<Node> = (0..70u8).map(|n| Sha256::digest([n]).into()).collect();
        let mut tree = Tree::default();
        for n in 0..leaves.len() {
            assert_eq!(tree.root(), hash_of(&leaves[..n]), "{n}");
            assert_eq!(Tree::of(tree.size(), tree.peaks().to_vec()).as_ref(), Some(&tree));
            tree.push(&leaves[n]);
        }
        assert_eq!(Tree::of(3, tree.peaks().to_vec()[..1].to_vec()), None);
    }
}
