//! As much of Kafka's wire protocol as the proxy needs: the header of a request, whose transaction
//! it belongs to, and the first error of an answer.

use std::io::{self, Read};

/// No frame is longer, in bytes.
const FRAME_BYTES_MAX: usize = 100 * 1024 * 1024;

pub(crate) const PRODUCE: i16 = 0;
pub(crate) const INIT_PRODUCER_ID: i16 = 22;
pub(crate) const ADD_PARTITIONS_TO_TXN: i16 = 24;
pub(crate) const ADD_OFFSETS_TO_TXN: i16 = 25;
pub(crate) const END_TXN: i16 = 26;
pub(crate) const TXN_OFFSET_COMMIT: i16 = 28;

/// An API's name, for reports.
pub(crate) fn api_name(api: i16) -> &'static str {
    match api {
        PRODUCE => "Produce",
        INIT_PRODUCER_ID => "InitProducerId",
        ADD_PARTITIONS_TO_TXN => "AddPartitionsToTxn",
        ADD_OFFSETS_TO_TXN => "AddOffsetsToTxn",
        END_TXN => "EndTxn",
        TXN_OFFSET_COMMIT => "TxnOffsetCommit",
        _ => "another API",
    }
}

/// A broker's error code, for reports.
pub(crate) fn error_name(code: i16) -> String {
    let name = match code {
        0 => "NONE",
        14 => "COORDINATOR_LOAD_IN_PROGRESS",
        15 => "COORDINATOR_NOT_AVAILABLE",
        16 => "NOT_COORDINATOR",
        45 => "OUT_OF_ORDER_SEQUENCE_NUMBER",
        46 => "DUPLICATE_SEQUENCE_NUMBER",
        47 => "INVALID_PRODUCER_EPOCH",
        48 => "INVALID_TXN_STATE",
        49 => "INVALID_PRODUCER_ID_MAPPING",
        51 => "CONCURRENT_TRANSACTIONS",
        55 => "OPERATION_NOT_ATTEMPTED",
        59 => "UNKNOWN_PRODUCER_ID",
        90 => "PRODUCER_FENCED",
        120 => "TRANSACTION_ABORTABLE",
        _ => return format!("error {code}"),
    };
    name.to_string()
}

/// The first version of an API whose layout has compact strings and tagged fields.
fn flexible_from(api: i16) -> Option<i16> {
    match api {
        PRODUCE => Some(9),
        INIT_PRODUCER_ID => Some(2),
        ADD_PARTITIONS_TO_TXN | ADD_OFFSETS_TO_TXN | END_TXN | TXN_OFFSET_COMMIT => Some(3),
        _ => None,
    }
}

fn is_flexible(api: i16, version: i16) -> bool {
    flexible_from(api).is_some_and(|from| version >= from)
}

/// What the proxy knows of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) api: i16,
    pub(crate) version: i16,
    pub(crate) correlation: i32,
    pub(crate) client: Option<String>,
    /// The transactional id, of the APIs that have one.
    pub(crate) txn: Option<String>,
    /// For `EndTxn`: whether it commits.
    pub(crate) commit: bool,
}

/// A frame without its length; `None` at the orderly end of the stream.
pub(crate) fn read_frame(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    let mut filled = 0;
    while filled < 4 {
        match from.read(&mut length[filled..])? {
            0 if filled == 0 => return Ok(None),
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => filled += n,
        }
    }
    let length = usize::try_from(i32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > FRAME_BYTES_MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut frame = vec![0; length];
    from.read_exact(&mut frame)?;
    Ok(Some(frame))
}

/// A frame with its length in front.
pub(crate) fn framed(frame: &[u8]) -> Vec<u8> {
    let mut bytes = (frame.len() as u32).to_be_bytes().to_vec();
    bytes.extend_from_slice(frame);
    bytes
}

/// The head of a request; `None` for bytes that are no request.
pub(crate) fn request(frame: &[u8]) -> Option<Request> {
    let mut at = Cursor(frame);
    let (api, version, correlation) = (at.i16()?, at.i16()?, at.i32()?);
    let client = at.string(false)?;
    let (mut txn, mut commit) = (None, false);
    // From version 4 on AddPartitionsToTxn is for brokers: many ids in one request.
    let between_brokers = api == ADD_PARTITIONS_TO_TXN && version >= 4;
    if flexible_from(api).is_some() && !(api == PRODUCE && version < 3) && !between_brokers {
        let flexible = is_flexible(api, version);
        if flexible {
            at.tags()?;
        }
        txn = at.string(flexible)?;
        if api == END_TXN {
            // Producer id and epoch come first.
            at.take(8 + 2)?;
            commit = at.byte()? != 0;
        }
    }
    Some(Request { api, version, correlation, client, txn, commit })
}

/// The correlation id of an answer.
pub(crate) fn correlation(frame: &[u8]) -> Option<i32> {
    Cursor(frame).i32()
}

/// The first error code of an answer to one of the APIs above.
pub(crate) fn first_error(api: i16, version: i16, frame: &[u8]) -> Option<i16> {
    let flexible = is_flexible(api, version);
    let mut at = Cursor(frame);
    at.i32()?;
    if flexible {
        at.tags()?;
    }
    if api != PRODUCE {
        // The time that the broker asks a client to wait.
        at.i32()?;
    }
    match api {
        INIT_PRODUCER_ID | ADD_OFFSETS_TO_TXN | END_TXN => at.i16(),
        PRODUCE | ADD_PARTITIONS_TO_TXN | TXN_OFFSET_COMMIT => {
            // Topics, and partitions of each: index and error.
            at.count(flexible)?;
            at.string(flexible)?;
            at.count(flexible)?;
            at.i32()?;
            at.i16()
        }
        _ => None,
    }
}

/// Reads big-endian values from the front.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn i16(&mut self) -> Option<i16> {
        self.take(2)?.try_into().ok().map(i16::from_be_bytes)
    }

    fn i32(&mut self) -> Option<i32> {
        self.take(4)?.try_into().ok().map(i32::from_be_bytes)
    }

    fn varint(&mut self) -> Option<usize> {
        let (mut value, mut shift) = (0usize, 0);
        loop {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            if shift > 28 {
                return None;
            }
        }
    }

    fn count(&mut self, compact: bool) -> Option<usize> {
        if compact { self.varint()?.checked_sub(1) } else { self.i32()?.try_into().ok() }
    }

    /// A string or null.
    #[expect(clippy::option_option, reason = "no string is not the same as no bytes left")]
    fn string(&mut self, compact: bool) -> Option<Option<String>> {
        let length =
            if compact { self.varint()?.checked_sub(1) } else { usize::try_from(self.i16()?).ok() };
        let Some(length) = length else { return Some(None) };
        Some(Some(String::from_utf8_lossy(self.take(length)?).into_owned()))
    }

    fn tags(&mut self) -> Option<()> {
        for _ in 0..self.varint()? {
            self.varint()?;
            let size = self.varint()?;
            self.take(size)?;
        }
        Some(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A request as librdkafka writes one, of a version without tagged fields.
    pub(crate) fn plain(
        api: i16,
        version: i16,
        correlation: i32,
        txn: &str,
        tail: &[u8],
    ) -> Vec<u8> {
        let mut frame = [api.to_be_bytes(), version.to_be_bytes()].concat();
        frame.extend(correlation.to_be_bytes());
        for text in ["weir", txn] {
            frame.extend((text.len() as i16).to_be_bytes());
            frame.extend(text.as_bytes());
        }
        frame.extend(tail);
        frame
    }

    /// `EndTxn` that commits.
    pub(crate) fn end(correlation: i32, txn: &str) -> Vec<u8> {
        plain(END_TXN, 1, correlation, txn, &[0, 0, 0, 0, 0, 0, 0, 9, 0, 3, 1])
    }

    /// An answer with one error code at its top.
    pub(crate) fn answer(correlation: i32, error: i16) -> Vec<u8> {
        [&correlation.to_be_bytes()[..], &[0; 4], &error.to_be_bytes()].concat()
    }

    #[test]
    fn a_request_says_whose_transaction_it_is_of() {
        let parsed = request(&end(7, "weir.p/a/0")).expect("a request");
        assert_eq!((parsed.api, parsed.version, parsed.correlation), (26, 1, 7));
        assert_eq!(
            (parsed.client.as_deref(), parsed.txn.as_deref()),
            (Some("weir"), Some("weir.p/a/0"))
        );
        assert!(parsed.commit);
        let abort = plain(END_TXN, 1, 7, "x", &[0, 0, 0, 0, 0, 0, 0, 9, 0, 3, 0]);
        assert!(!request(&abort).expect("a request").commit);
    }

    #[test]
    fn compact_strings_and_tags_are_read() {
        let mut frame = vec![0, 26, 0, 3, 0, 0, 0, 1, 0, 1, b'c'];
        frame.extend([1, 5, 2, 9, 9]); // one tagged field, number 5, two bytes
        frame.extend([3, b'i', b'd']);
        frame.extend([0, 0, 0, 0, 0, 0, 0, 9, 0, 3, 1, 0]);
        let parsed = request(&frame).expect("a request");
        assert_eq!((parsed.txn.as_deref(), parsed.commit), (Some("id"), true));
    }

    #[test]
    fn null_ids_and_other_apis_have_no_transaction() {
        // Produce 7: a null transactional id.
        let produce = [0, 0, 0, 7, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff];
        let parsed = request(&produce).expect("a request");
        assert_eq!((parsed.client, parsed.txn), (None, None));
        let fetch = plain(1, 11, 3, "x", &[]);
        assert_eq!(request(&fetch).expect("a request").txn, None);
        assert_eq!(request(&[0, 26, 0]), None);
    }

    #[test]
    fn the_first_error_of_an_answer_is_found() {
        assert_eq!(first_error(END_TXN, 1, &answer(1, 47)), Some(47));
        assert_eq!(first_error(END_TXN, 3, &[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 90, 0]), Some(90));
        // Produce 7: one topic `t`, one partition 3 with error 46.
        let produce = [0, 0, 0, 1, 0, 0, 0, 1, 0, 1, b't', 0, 0, 0, 1, 0, 0, 0, 3, 0, 46];
        assert_eq!(first_error(PRODUCE, 7, &produce), Some(46));
        let commit =
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, b't', 0, 0, 0, 1, 0, 0, 0, 3, 0, 16];
        assert_eq!(first_error(TXN_OFFSET_COMMIT, 0, &commit), Some(16));
        assert_eq!(first_error(END_TXN, 1, &[0, 0]), None);
    }

    #[test]
    fn frames_end_in_order_or_with_an_error() {
        let bytes = framed(b"abc");
        assert_eq!(read_frame(&mut &bytes[..]).expect("reads"), Some(b"abc".to_vec()));
        assert_eq!(read_frame(&mut &[][..]).expect("reads"), None);
        assert!(read_frame(&mut &bytes[..2]).is_err());
        assert!(read_frame(&mut &[0xff, 0xff, 0xff, 0xff][..]).is_err());
    }
}
