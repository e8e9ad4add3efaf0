//! The memory of a model's rows. A token asks for some thirty features anywhere in megabytes, and half of them have
//! no row: the checks lie apart, close together, and only a row that is there is fetched. In pages of 4 KiB
//! the processor would look up most addresses anew; where the system has larger pages, these are asked for.

use memmap2::MmapMut;
use std::hint::select_unpredictable;
use std::ops::Range;

/// Bytes of a row: a check, then a weight for each label.
pub(crate) const ROW: usize = 16;

/// Where a large page begins: memory that is to be in one has to lie so.
const LARGE_PAGE_BYTES: usize = 2 * 1024 * 1024;

/// Rows, two to a place.
#[derive(Debug)]
pub(crate) struct Rows {
    memory: MmapMut,
    /// Where they are in it; behind the last one is a row of zeros.
    rows: Range<usize>,
    /// Where their checks are.
    checks: Range<usize>,
}

impl Rows {
    /// A copy of rows; `None` where there is no memory for them.
    pub(crate) fn new(bytes: &[u8]) -> Option<Rows> {
        let count = bytes.len() / ROW;
        let room = bytes.len().checked_add(ROW + count + LARGE_PAGE_BYTES)?;
        let mut memory = MmapMut::map_anon(room).ok()?;
        // A system without large pages, or that gives none, is only slower.
        #[cfg(target_os = "linux")]
        let _ = memory.advise(memmap2::Advice::HugePage);
        let from = memory.as_ptr().align_offset(LARGE_PAGE_BYTES);
        let rows = from..from.checked_add(bytes.len())?;
        memory.get_mut(rows.clone())?.copy_from_slice(bytes);
        let checks = rows.end + ROW..rows.end + ROW + count;
        for (slot, row) in memory.get_mut(checks.clone())?.iter_mut().zip(bytes.chunks(ROW)) {
            *slot = row[0];
        }
        Some(Rows { memory, rows, checks })
    }

    /// All of them, in order.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.memory[self.rows.clone()]
    }

    /// All of them, and the one of zeros behind.
    pub(crate) fn all(&self) -> &[[u8; ROW]] {
        self.memory[self.rows.start..self.rows.end + ROW].as_chunks::<ROW>().0
    }

    /// For each place and check, the number of its row, or of the row of zeros.
    pub(crate) fn find(&self, places: impl Iterator<Item = (usize, u8)>, out: &mut Vec<u32>) {
        let (checks, _) = self.memory[self.checks.clone()].as_chunks::<2>();
        let zeros = 2 * checks.len();
        out.clear();
        out.extend(places.map(|(place, check)| {
            let [first, second] = checks.get(place).copied().unwrap_or([0; 2]);
            // Which of the two it is, or none, no processor can guess: no branch is to hang on it.
            let row = select_unpredictable(second == check, 2 * place + 1, zeros);
            select_unpredictable(first == check, 2 * place, row) as u32
        }));
    }
}
