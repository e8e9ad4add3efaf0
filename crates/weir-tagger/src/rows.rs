//! The memory of a model's rows: megabytes that are read here and there, a few dozen places a token. In pages of
//! 4 KiB the processor would look up most of their addresses anew; where the system has larger pages,
//! these are asked for.

use memmap2::MmapMut;

/// Bytes of a row: a check, then a weight for each label.
pub(crate) const ROW: usize = 16;
/// The two rows in which a feature may stand.
pub(crate) type Pair = [[u8; ROW]; 2];

/// Where a large page begins: memory that is to be in one has to lie so.
const LARGE_PAGE_BYTES: usize = 2 * 1024 * 1024;

/// Pairs of rows.
#[derive(Debug)]
pub(crate) struct Rows {
    memory: MmapMut,
    /// Where they are in it.
    at: std::ops::Range<usize>,
}

impl Rows {
    /// A copy of these bytes; `None` where there is no memory for them.
    pub(crate) fn new(bytes: &[u8]) -> Option<Rows> {
        let mut memory = MmapMut::map_anon(bytes.len() + LARGE_PAGE_BYTES).ok()?;
        // A system without large pages, or that gives none, is only slower.
        #[cfg(target_os = "linux")]
        let _ = memory.advise(memmap2::Advice::HugePage);
        let from = memory.as_ptr().align_offset(LARGE_PAGE_BYTES);
        let at = from..from.checked_add(bytes.len())?;
        memory.get_mut(at.clone())?.copy_from_slice(bytes);
        Some(Rows { memory, at })
    }

    /// All of them, in order.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.memory[self.at.clone()]
    }

    /// Likewise, two by two.
    pub(crate) fn pairs(&self) -> &[Pair] {
        self.bytes().as_chunks::<ROW>().0.as_chunks::<2>().0
    }
}
