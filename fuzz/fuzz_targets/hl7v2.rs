//! Any bytes as a record of `format: hl7v2`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TARGET: LazyLock<weir_fuzz::Target> = LazyLock::new(|| weir_fuzz::Target::new("hl7v2"));
fuzz_target!(|record: &[u8]| TARGET.run(record));
