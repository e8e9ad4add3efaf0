//! A column of values: an Arrow string array that cannot be printed, because Arrow's own `Debug`
//! prints what it holds.

use crate::phi::Code;
use arrow_array::builder::StringBuilder;
use arrow_array::{Array, StringArray};

/// One column of canonical values, or of what a kernel made of them.
///
/// ```compile_fail
/// let column = weir::transform::PhiColumn::from_values(["x"].into_iter());
/// println!("{column:?}"); // PhiColumn has no Debug
/// ```
pub struct PhiColumn(StringArray);

impl PhiColumn {
    /// Copies values into a column.
    pub fn from_values<'a>(values: impl Iterator<Item = &'a str>) -> PhiColumn {
        PhiColumn(StringArray::from_iter_values(values))
    }

    /// Copies values into a column; null where there is none.
    pub fn from_options<'a>(values: impl Iterator<Item = Option<&'a str>>) -> PhiColumn {
        PhiColumn(values.collect())
    }

    /// A column that another engine made.
    pub fn from_array(array: StringArray) -> PhiColumn {
        PhiColumn(array)
    }

    /// The Arrow array itself. `tests/tidy.rs` counts the files that call this.
    pub fn expose(&self) -> &StringArray {
        &self.0
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when there are no rows.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a row; `None` where the kernel removed it.
    pub fn value(&self, row: usize) -> Option<&str> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }
}

/// What a kernel made of a column: as many rows as went in.
pub struct Outcome {
    /// The new values; null where the value was removed or refused.
    pub values: PhiColumn,
    /// Rows that the kernel refused, rising.
    pub refused: Vec<(u32, Code)>,
}

/// Runs `each` on every row; it appends the new value to its buffer and says whether there is one.
pub(super) fn map_rows(
    column: &PhiColumn,
    mut each: impl FnMut(usize, &str, &mut String) -> Result<bool, Code>,
) -> Outcome {
    let array = column.expose();
    let mut out = StringBuilder::with_capacity(array.len(), array.value_data().len() + 16);
    let mut refused = Vec::new();
    let mut buffer = String::new();
    for row in 0..array.len() {
        buffer.clear();
        match each(row, array.value(row), &mut buffer) {
            Ok(true) => out.append_value(&buffer),
            Ok(false) => out.append_null(),
            Err(code) => {
                refused.push((row as u32, code));
                out.append_null();
            }
        }
    }
    zeroize::Zeroize::zeroize(&mut buffer);
    Outcome { values: PhiColumn(out.finish()), refused }
}
