//! Any bytes as a record of `format: text`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TARGET: LazyLock<weir_fuzz::Target> = LazyLock::new(|| weir_fuzz::Target::new("note-text"));
fuzz_target!(|record: &[u8]| TARGET.run(record));
