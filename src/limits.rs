//! Every bound in one place, units at the end of the names, relations asserted at compile time.

/// Longest record value that is cleaned, in bytes; longer ones are refused (W0205).
pub const RECORD_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Tombstones in one transaction of `weir forget`.
pub const FORGET_RECORDS_MAX: usize = 100;
/// Parts by subject that a record may have where a trail is kept; with more it is refused (W0225).
pub const TRAIL_SUBJECTS_MAX: usize = 10_000;
/// Longest name of what is made of a record that a trail keeps, in bytes; longer ones are refused (W0243).
pub const CHUNK_ID_BYTES_MAX: usize = 1024;
/// Deepest nesting of objects and arrays that is followed; deeper is refused (W0204).
pub const JSON_DEPTH_MAX: usize = 64;
/// Deepest nesting of elements of XML; deeper is refused (W0204).
pub const XML_DEPTH_MAX: usize = 128;
/// One call of a schema registry, connecting included, in milliseconds: the group hears nothing meanwhile.
pub const REGISTRY_CALL_MILLIS_MAX: u64 = 3_000;
/// How long a worker asks for one schema and what it refers to, in milliseconds; what was said by then is known at the next try.
pub const REGISTRY_FIND_MILLIS_MAX: u64 = 5_000;
/// How long a worker asks for the schemas of one batch before it answers its group, in milliseconds.
pub const REGISTRY_BATCH_MILLIS_MAX: u64 = 2_000;
/// How long a worker waits for a schema registry that does not answer, in milliseconds; then the run ends (W0434).
pub const REGISTRY_SILENT_MILLIS_MAX: u64 = 30_000;
/// Longest answer of a schema registry, in bytes.
pub const SCHEMA_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// Most schemas that one refers to.
pub const SCHEMA_REFERENCES_MAX: usize = 1_000;
/// Values of one record that rules apply to, and members that are deleted; more are refused (W0225).
pub const RECORD_VALUES_MAX: usize = 500_000;
/// So many a short record may have.
pub const SHORT_RECORD_VALUES_MAX: usize = 250_000;
/// One more for so many bytes: a value costs some hundred bytes of memory beside its own.
pub const RECORD_BYTES_A_VALUE: usize = 32;

/// The values that a record of so many bytes may have.
pub fn values_max(bytes: usize) -> usize {
    (SHORT_RECORD_VALUES_MAX + bytes / RECORD_BYTES_A_VALUE).min(RECORD_VALUES_MAX)
}
/// Documents that one record may hold inside of its values; more are refused (W0225).
pub const DOCUMENTS_MAX: usize = 10_000;
/// Kinds of documents in a plan: the record's own, and those inside of values.
pub const DOCUMENT_KINDS_MAX: usize = 64;
/// Fields of a plan.
pub const FIELDS_MAX: usize = 50_000;
/// Members of one object that are compared pairwise for duplicates; wider objects use a set.
pub const JSON_MEMBERS_LINEAR_MAX: usize = 24;
/// Compared bytes that looking through one text may cost: so many for each byte of the text ...
pub const LOOK_STEPS_PER_BYTE_MAX: usize = 64;
/// ... beside this many; more is refused (W0219).
pub const LOOK_STEPS_MIN: usize = 1_000_000;
/// Bytes of one record's prose that a transformer reads. It reads 5 to 10 kB of notes a second on one core (a q4
/// BERT of 6 layers, AMD EPYC), 1.6 kB where hardly two letters stand together. Longer prose is refused where
/// it reads everything (W0226), else its least doubtful parts go without.
pub const TRANSFORMER_RECORD_BYTES_MAX: usize = 24 * 1024;
/// Bytes of record values in one transaction where a transformer reads.
pub const TRANSFORMER_BATCH_BYTES_MAX: usize = 8 * 1024;
/// What it needs for a kibibyte of notes on a busy core, in milliseconds.
pub const TRANSFORMER_MILLIS_PER_KIB: u64 = 200;
/// Windows, and words that may be something in them, whose reading is remembered.
pub const TRANSFORMER_CACHE_UNITS: usize = 256 * 1024;
/// Fields and array elements that may hold parts of one person's name; more are refused (W0219).
pub const NAME_PARTS_MAX: usize = 16;
/// Numbers that are drawn for one surrogate; a value that needs more is refused (W0219).
pub const SURROGATE_DRAWS_MAX: usize = 1_024;
/// Smallest FF1 domain, in values (draft NIST SP 800-38G Rev. 1); smaller is refused (W0210).
pub const FPE_DOMAIN_MIN: u64 = 1_000_000;
/// Smallest domain that a keyed permutation table takes, in values; the largest is FF1's smallest.
pub const PERMUTE_DOMAIN_MIN: u64 = 10_000;
/// Longest value that FF1 takes here, in characters.
pub const FPE_CHARS_MAX: usize = 256;
/// Cycle walks before a value is given up; the sparsest layout (a JCB card) needs 16 on average.
pub const FPE_WALKS_MAX: usize = 1_024;

/// Places of records that a scan keeps apart; what stands at further ones is counted together.
pub const SCAN_PLACES_MAX: usize = 16_384;
/// Members of one object that a scan keeps apart by their names; an object with more is taken for a
/// map, whose names are data.
pub const SCAN_NAMES_MAX: usize = 1_024;
/// Different values of one place that a scan counts exactly, by their hashes; more are estimated.
pub const SCAN_DISTINCT_MAX: usize = 256;
/// Bytes of one value that a scan looks through for identifiers.
pub const SCAN_VALUE_BYTES_MAX: usize = 64 * 1024;
/// Bytes of all values together that a scan looks through; the shapes of further ones are still seen.
pub const SCAN_LOOK_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Different texts of one place that a scan looks through; the shapes of further ones are still seen.
pub const SCAN_TEXTS_MAX: u64 = 10_000;
/// The same of the names of one map.
pub const SCAN_MAP_NAMES_MAX: u64 = 1_000;
/// Records of one scan.
pub const SCAN_RECORDS_MAX: usize = 1_000_000;
/// Bytes of records that a scan holds at once: of a topic, whose records are read before the scan.
pub const SCAN_HELD_BYTES_MAX: usize = 256 * 1024 * 1024;

/// Failures of one kind that a page of `weir eval` lists; how many there are it says in any case.
pub const EVAL_LISTED_MAX: usize = 1_000;

/// A topic's `max.message.bytes` where the broker does not tell: a little under Kafka's default.
pub const TOPIC_RECORD_BYTES: usize = 1_000_000;
/// What a record needs beside its key and value: headers, and the batch around it.
pub const RECORD_OVERHEAD_BYTES: usize = 4 * 1024;
/// How far ahead of this machine's clock a record's own time may be to be kept, in milliseconds; two
/// machines' clocks differ by less.
pub const AHEAD_MILLIS_MAX: i64 = 60_000;
/// One request to a server of lineage events, in milliseconds, where the pipeline says nothing else.
pub const LINEAGE_HTTP_MILLIS: u64 = 5_000;
/// Bytes of events that wait for such a server, where the pipeline says nothing else.
pub const LINEAGE_SPOOL_BYTES: usize = 16 * 1024 * 1024;
/// The longest wait between two tries, in milliseconds.
pub const LINEAGE_RETRY_MILLIS_MAX: u64 = 30_000;
/// How long a run that ends waits for events that are still to be sent, in milliseconds.
pub const LINEAGE_DRAIN_MILLIS_MAX: u64 = 10_000;
/// How long a process's first worker waits for the others to end, in milliseconds, before it ends itself.
pub const SIBLINGS_MILLIS_MAX: u64 = 20_000;
/// Ranges of offsets that a run keeps of one partition: so often it may lose it to another run and get it back.
pub const LINEAGE_RANGES_MAX: usize = 512;
/// Spans and log lines that wait for the server of telemetry; what comes on top is dropped, and counted.
pub const TELEMETRY_QUEUE_MAX: usize = 8_192;
/// Spans and log lines in one request.
pub const TELEMETRY_BATCH_MAX: usize = 512;
/// How long they are gathered for it, in milliseconds.
pub const TELEMETRY_GATHER_MILLIS: u64 = 1_000;
/// One request to the server of telemetry, in milliseconds.
pub const TELEMETRY_CALL_MILLIS_MAX: u64 = 3_000;
/// How often metrics are sent, in milliseconds.
pub const TELEMETRY_METRICS_MILLIS: u64 = 10_000;
/// How long a run that ends waits for telemetry that is still to be sent, in milliseconds.
pub const TELEMETRY_DRAIN_MILLIS_MAX: u64 = 5_000;
/// Records of a batch whose traces its span is linked with, and that have a span of their own.
pub const TRACE_LINKS_MAX: usize = 64;
/// Records in one transaction.
pub const BATCH_RECORDS_MAX: usize = 10_000;
/// Longest line that has a leaf, and longest manifest beside a file, in bytes: who verifies a file keeps one in memory.
pub const PROOF_LINE_BYTES_MAX: usize = 8 * RECORD_BYTES_MAX;
/// Longest path that a system takes, in bytes.
const PATH_BYTES_MAX: usize = 4096;
/// Bytes of record values in one transaction.
pub const BATCH_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Records whose keys are carried over in one transaction; each may have a tombstone beside it.
pub const CARRY_RECORDS_MAX: usize = 5_000;
/// Bytes of record values that may wait in memory for the rest of what goes with them in one
/// transaction, while keys are carried over.
pub const CARRY_WAITING_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Age of a batch when it is cut, in milliseconds.
pub const BATCH_MILLIS_MAX: u64 = 200;
/// The same at least once, where a batch costs no transaction.
pub const BATCH_MILLIS_AT_LEAST_ONCE: u64 = 5;
/// Bytes that wait in a consumer's queue, read and not yet polled.
pub const FETCH_QUEUE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Bytes of one answer to a fetch: what may come on top of a queue that is not full yet. A single
/// batch that is longer comes whole.
pub const FETCH_BYTES_MAX: usize = 16 * 1024 * 1024;
/// The part of it that one partition may have.
pub const FETCH_PARTITION_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Bytes that wait in a producer's queue; a full one is waited for.
pub const SEND_QUEUE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Memory of all automata that look for shapes in prose, in bytes, for each worker.
pub const PATTERN_AUTOMATA_BYTES_MAX: usize = 64 * 1024 * 1024;
/// The part of it, for each shape, of an automaton that looks for many of them at once.
pub const SHAPES_AUTOMATON_BYTES_A_SHAPE: usize = 312 * 1024;
/// The part that an automaton may have which looks for one shape.
pub const SHAPE_AUTOMATON_BYTES_MAX: usize = 208 * 1024;
/// Resident memory that one worker may come to, in bytes.
pub const RESIDENT_BYTES_MAX: usize = 512 * 1024 * 1024;
/// Deadline of one call on a transaction, in milliseconds: begin, offsets, commit, abort.
pub const TXN_CALL_MILLIS_MAX: u64 = 5_000;
/// All calls of one transaction together, in milliseconds. Longer than the broker's limit, and its
/// time-out would look like a newer process that fences this one.
pub const TXN_MILLIS_MAX: u64 = 8_000;
/// Init of a producer, in milliseconds; it fences whoever had its transactional id.
pub const INIT_MILLIS_MAX: u64 = 10_000;
/// How long a worker that was told that it is fenced looks for the process that did it, in
/// milliseconds: a broker's time-out and a late request say the same. Where it was the group that said
/// so, one look that succeeds is enough.
pub const SUCCESSOR_MILLIS_MAX: u64 = 5_000;
/// A group member that does not poll for so long loses its partitions, in milliseconds.
pub const POLL_MILLIS_MAX: u64 = 90_000;
/// The broker's own limit on a transaction, in milliseconds.
pub const TXN_TIMEOUT_MILLIS: u64 = 10_000;
/// The broker's limit on a silent group member, in milliseconds.
pub const SESSION_TIMEOUT_MILLIS: u64 = 10_000;
/// A blocked socket is given up after this, in milliseconds.
pub const SOCKET_TIMEOUT_MILLIS: u64 = 3_000;
/// No call of a worker's consumer or producer is waited for longer than this, in milliseconds; then the
/// watchdog ends the process, and the next owner of the transactional id fences what is left. What
/// reads the state topic has clients of its own, which nobody watches: their calls have deadlines,
/// taking them down has none.
pub const WATCHDOG_MILLIS: u64 = 12_000;
/// A worker that takes longer over one step is told of as one that does not live, in milliseconds.
pub const LIVE_MILLIS: u64 = 40_000;
/// One call of the store of subjects, in milliseconds, connecting included. It is made between
/// transactions, so it may be longer than their deadlines.
pub const SUBJECTS_CALL_MILLIS_MAX: u64 = 15_000;
/// Writing the table of subjects anew after a shredding, in milliseconds.
pub const SUBJECTS_SCRUB_MILLIS_MAX: u64 = 600_000;
/// How often the ends of the source partitions are looked at, in milliseconds.
pub const STATISTICS_MILLIS: u64 = 2_000;
/// The longest that a file of an audit grows before the chain goes on in a new one, in bytes.
pub const AUDIT_FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// How long an audit is kept at least, in years (45 CFR 164.316(b)(2)).
pub const AUDIT_KEPT_YEARS: i16 = 6;
/// How often a run looks whether its brokers are in the destination's private endpoint, in milliseconds.
pub const ENDPOINT_LOOK_MILLIS: u64 = 10_000;
/// From so many days before a term ends on, a run says so, each day.
pub const TERMS_NOTICE_DAYS: i64 = 30;
/// Start-up calls (metadata, init of transactions), in milliseconds.
pub const START_MILLIS_MAX: u64 = 30_000;

const _: () = assert!(TXN_CALL_MILLIS_MAX < TXN_MILLIS_MAX);
const _: () = assert!(TXN_MILLIS_MAX < TXN_TIMEOUT_MILLIS);
const _: () = assert!(TXN_CALL_MILLIS_MAX < SESSION_TIMEOUT_MILLIS);
const _: () = assert!(SOCKET_TIMEOUT_MILLIS < TXN_CALL_MILLIS_MAX);
const _: () = assert!(BATCH_MILLIS_MAX * 10 < TXN_TIMEOUT_MILLIS);
const _: () = assert!(WATCHDOG_MILLIS > 2 * TXN_CALL_MILLIS_MAX);
const _: () = assert!(WATCHDOG_MILLIS > INIT_MILLIS_MAX);
const _: () = assert!(LIVE_MILLIS > WATCHDOG_MILLIS);
// One step makes two calls of the store of subjects.
const _: () = assert!(LIVE_MILLIS > 2 * SUBJECTS_CALL_MILLIS_MAX);
// Between two polls lie at most the two calls of the store of subjects that a batch needs, one
// transaction, one abort (its drain, then its call), one init, one look for a successor, and one at
// the state and the offsets (ends of both kinds, the records, the offsets).
const _: () = assert!(
    2 * SUBJECTS_CALL_MILLIS_MAX
        + TXN_MILLIS_MAX
        + 2 * TXN_CALL_MILLIS_MAX
        + INIT_MILLIS_MAX
        + SUCCESSOR_MILLIS_MAX
        + 4 * TXN_CALL_MILLIS_MAX
        + TRANSFORMER_BATCH_MILLIS
        < POLL_MILLIS_MAX
);
/// A batch goes over its bytes by one record at most.
const TRANSFORMER_BATCH_MILLIS: u64 = TRANSFORMER_MILLIS_PER_KIB
    * ((TRANSFORMER_BATCH_BYTES_MAX + TRANSFORMER_RECORD_BYTES_MAX) / 1024) as u64;
// What is read and waits, what is being cleaned (as it was, as it will be, and sealed in base64), what
// waits to be sent: with as much again for what the allocator keeps, below the limit.
const _: () = assert!(
    2 * (FETCH_QUEUE_BYTES_MAX
        + FETCH_BYTES_MAX
        + 4 * (BATCH_BYTES_MAX + RECORD_BYTES_MAX)
        + SEND_QUEUE_BYTES_MAX
        + PATTERN_AUTOMATA_BYTES_MAX)
        <= RESIDENT_BYTES_MAX
);
const _: () = assert!(SEND_QUEUE_BYTES_MAX >= 2 * (BATCH_BYTES_MAX + RECORD_BYTES_MAX));
const _: () = assert!(RECORD_BYTES_MAX < u32::MAX as usize);
// A leaf, a path, `/`, a line's number and its end, in base64 twice, with room for the rest.
const _: () =
    assert!(PROOF_LINE_BYTES_MAX >= 2 * BATCH_RECORDS_MAX * (16 + PATH_BYTES_MAX + 22) + 4096);
