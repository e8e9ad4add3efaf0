//! Manifests, and the envelope that they are signed in: DSSE, whose verification needs no canonical
//! form of JSON. The manifests of a worker are a chain, over its runs: each has the
//! hash of the one before.

use super::{Batch, LEAF_BYTES};
use crate::keys::{Signer, Verifier};
use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What the payload of an envelope is.
const PAYLOAD_TYPE: &str = "application/vnd.weir.manifest+json";

/// Signatures of one envelope that are looked at; weir makes one.
const SIGNATURES_MAX: usize = 8;

/// What the records of a manifest are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// A topic.
    Topic,
    /// The lines of a file.
    Lines,
    /// A file that is one record.
    File,
}

/// The timestamps of records: retention goes by these, and not by when they were signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stamp {
    /// Of when they were written.
    #[default]
    Append,
    /// The first moment of the year of their source's.
    Year,
    /// Their source's, as old as it may be.
    Keep,
}

impl Stamp {
    /// By how much a record may be stamped before it was signed, in milliseconds.
    pub(super) fn before_millis(self) -> i64 {
        match self {
            Stamp::Append => 0,
            // Sources are old, too: what was read late is stamped with its own year.
            Stamp::Year | Stamp::Keep => i64::MAX,
        }
    }
}

/// What weir says of the records that it wrote in one batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of this form: 1.
    pub manifest: u8,
    /// The batch, in hexadecimal digits.
    pub batch: String,
    /// The chain that it is of: a worker's, over all of its runs.
    pub chain: String,
    /// Its place in the chain, from 0.
    pub seq: u64,
    /// SHA-256 of the payload of the one before, in hexadecimal digits; of the first none.
    pub previous: Option<String>,
    /// When the one before was signed.
    pub previous_at: Option<String>,
    /// The worker: its transactional id.
    pub worker: String,
    /// The run that wrote it, as in lineage.
    pub run: String,
    /// When it was signed, RFC 3339.
    pub at: String,
    /// The pipeline.
    pub pipeline: String,
    /// Policy and schema: SHA-256 as in lineage.
    pub digest: String,
    /// The key version that its tokens were made with.
    pub keys: u32,
    /// What the records are in.
    pub layout: Layout,
    /// The topic; of a file, its name.
    pub topic: String,
    /// The timestamps of its records.
    #[serde(default)]
    pub stamp: Stamp,
    /// Partitions, in order, and how many leaves each has.
    pub partitions: Vec<(i32, u32)>,
    /// The leaves, 16 bytes each, in base64.
    pub leaves: String,
    /// Where records have no pointer to their source (`safe_harbor`): the pointers, leaf by leaf, a line
    /// each, sealed to the key of quarantine, in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sources: Option<String>,
    /// Behind this one the run wrote nothing; another run of the chain may follow.
    pub end: bool,
}

impl Manifest {
    /// The leaves, where they are what the rest says.
    pub fn leaves(&self) -> Option<Vec<u8>> {
        let leaves = BASE64.decode(self.leaves.as_bytes()).ok()?;
        let mut sum = 0usize;
        for (_, count) in &self.partitions {
            sum = sum.checked_add(*count as usize)?;
        }
        let in_order = self.partitions.windows(2).all(|two| two[0].0 < two[1].0);
        (in_order && leaves.len() == sum.checked_mul(LEAF_BYTES)?).then_some(leaves)
    }

    /// The batch's bytes.
    pub fn batch(&self) -> Option<Batch> {
        Batch::try_from(HEXLOWER.decode(self.batch.as_bytes()).ok()?).ok()
    }

    /// Signs it: the envelope, and the hash that the next one has.
    pub fn sign(&self, signer: &Signer) -> Result<(String, String), serde_json::Error> {
        let payload = serde_json::to_vec(self)?;
        let sig = signer.sign(&pre_authentication(&payload));
        let envelope = Envelope {
            payload_type: PAYLOAD_TYPE.into(),
            payload: BASE64.encode(&payload),
            signatures: vec![Signed { keyid: signer.verifier().id(), sig: BASE64.encode(&sig) }],
        };
        Ok((serde_json::to_string(&envelope)?, hash(&payload)))
    }
}

/// DSSE's envelope.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    payload_type: String,
    payload: String,
    signatures: Vec<Signed>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Signed {
    #[serde(default)]
    keyid: String,
    sig: String,
}

/// Opens an envelope: the manifest, and its hash. `None` where it is none, or no key of these has signed it.
pub fn open(envelope: &[u8], keys: &[Verifier]) -> Option<(Manifest, String)> {
    let envelope: Envelope = serde_json::from_slice(envelope).ok()?;
    // Each is tried with each key over the whole payload.
    if envelope.payload_type != PAYLOAD_TYPE || envelope.signatures.len() > SIGNATURES_MAX {
        return None;
    }
    let payload = BASE64.decode(envelope.payload.as_bytes()).ok()?;
    let bytes = pre_authentication(&payload);
    let holds = |signed: &Signed| {
        let sig = BASE64.decode(signed.sig.as_bytes()).unwrap_or_default();
        keys.iter().any(|key| key.holds(&bytes, &sig))
    };
    if !envelope.signatures.iter().any(holds) {
        return None;
    }
    let manifest: Manifest = serde_json::from_slice(&payload).ok()?;
    (manifest.manifest == 1).then(|| (manifest, hash(&payload)))
}

/// What is signed: DSSE's pre-authentication encoding, version 1.
fn pre_authentication(payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {PAYLOAD_TYPE} {} ", PAYLOAD_TYPE.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

fn hash(payload: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(payload))
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn manifest() -> Manifest {
        Manifest {
            manifest: 1,
            batch: "07".repeat(16),
            chain: "c".into(),
            seq: 0,
            previous: None,
            previous_at: None,
            worker: "w".into(),
            run: "r".into(),
            at: "2026-03-02T10:00:00Z".into(),
            pipeline: "p".into(),
            digest: "d".into(),
            keys: 1,
            layout: Layout::Topic,
            topic: "t".into(),
            stamp: Stamp::Append,
            partitions: vec![(0, 2), (3, 1)],
            leaves: BASE64.encode(&[1; 48]),
            sources: None,
            end: false,
        }
    }

    #[test]
    fn an_envelope_opens_for_its_key_and_unchanged() {
        let signer = Signer::generate().expect("draws");
        let keys = [Signer::generate().expect("draws").verifier(), signer.verifier()];
        let (envelope, hash) = manifest().sign(&signer).expect("signs");
        let (opened, same) = open(envelope.as_bytes(), &keys).expect("opens");
        assert_eq!((opened, same), (manifest(), hash));
        assert!(open(envelope.as_bytes(), &keys[..1]).is_none(), "another's key");
        let forged =
            BASE64.encode(&serde_json::to_vec(&Manifest { seq: 1, ..manifest() }).expect("JSON"));
        let mut broken: serde_json::Value = serde_json::from_str(&envelope).expect("JSON");
        broken["payload"] = forged.into();
        assert!(open(broken.to_string().as_bytes(), &keys).is_none(), "another payload");
        let typed = envelope.replace("weir.manifest", "weir.other");
        assert!(open(typed.as_bytes(), &keys).is_none(), "another type");
        let unsigned = r#"{"payloadType":"application/vnd.weir.manifest+json","payload":"e30=","signatures":[]}"#;
        assert!(open(unsigned.as_bytes(), &keys).is_none());
        let signature =
            serde_json::from_str::<Envelope>(&envelope).expect("JSON").signatures.remove(0);
        let signed = |times| {
            let mut many: Envelope = serde_json::from_str(&envelope).expect("JSON");
            many.signatures = (0..times)
                .map(|_| Signed { keyid: String::new(), sig: signature.sig.clone() })
                .collect();
            open(serde_json::to_string(&many).expect("JSON").as_bytes(), &keys).is_some()
        };
        assert!(signed(SIGNATURES_MAX) && !signed(SIGNATURES_MAX + 1), "a day's work");
    }

    #[test]
    fn leaves_that_are_not_what_the_rest_says_are_none() {
        assert_eq!(manifest().leaves().expect("leaves").len(), 48);
        for partitions in [
            vec![(0, 2)],
            vec![(3, 1), (0, 2)],
            vec![(0, 2), (0, 1)],
            vec![(0, u32::MAX), (1, u32::MAX)],
        ] {
            assert_eq!(Manifest { partitions, ..manifest() }.leaves(), None);
        }
        assert_eq!(Manifest { leaves: "x".into(), ..manifest() }.leaves(), None);
    }
}
