//! Checkpoints: how long an audit was, and the root of its tree, signed. They are written as C2SP's `tlog-checkpoint`
//! has it, a signed note, so that other witnesses can take them, and kept where those who can write the audit cannot:
//! a [`Witness`].

use super::tree::Node;
use crate::keys::{Signer, Verifier};
use crate::phi::Code;
use data_encoding::BASE64;
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write as _};
use std::path::PathBuf;

/// What keeps checkpoints.
pub trait Witness: std::fmt::Debug + Send + Sync {
    /// Keeps a checkpoint for good, or refuses with [`Code::AuditWitness`].
    fn keep(&self, origin: &str, note: &str) -> Result<(), Code>;
    /// All that it keeps of an audit, one behind the other, as text; whatever else there is may stand between.
    fn kept(&self, origin: &str) -> Result<String, Code>;
    /// Where it is, for people.
    fn place(&self) -> String;
}

/// Whose log it is: an audit's key names it, and no other has the key.
pub(super) fn origin(verifier: &Verifier) -> String {
    format!("weir-audit/{}", verifier.id())
}

/// How long an audit was, and the root of its tree then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Checkpoint {
    pub(super) size: u64,
    pub(super) root: Node,
    /// When the last line was written, as it says.
    pub(super) time: String,
}

impl Checkpoint {
    fn body(&self, origin: &str) -> String {
        format!("{origin}\n{}\n{}\ntime {}\n", self.size, BASE64.encode(&self.root), self.time)
    }

    /// The signed note.
    pub(super) fn note(&self, signer: &Signer) -> String {
        let verifier = signer.verifier();
        let origin = origin(&verifier);
        let mut note = self.body(&origin);
        let mut signature = note_key(&verifier).to_vec();
        signature.extend(signer.sign(note.as_bytes()));
        let _ = write!(note, "\n\u{2014} {origin} {}\n", BASE64.encode(&signature));
        note
    }
}

/// The four bytes by which a note names a key: SHA-256 over its name, a line feed, the kind (1 is Ed25519) and the key.
fn note_key(verifier: &Verifier) -> [u8; 4] {
    use sha2::{Digest, Sha256};
    let hash = Sha256::new()
        .chain_update(origin(verifier))
        .chain_update([b'\n', 1])
        .chain_update(verifier.bytes())
        .finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

/// The checkpoints of a text, each where its first line is the origin, and how many notes are none: cut off by a crash, or
/// not signed by this key. These say nothing, for or against.
pub(super) fn read(verifier: &Verifier, text: &str) -> (Vec<Checkpoint>, u64) {
    let origin = origin(verifier);
    let lines: Vec<&str> = text.lines().collect();
    let (mut all, mut others) = (Vec::new(), 0);
    for at in (0..lines.len()).filter(|at| lines[*at] == origin) {
        let read = || {
            let [size, root, time, "", signature] = lines.get(at + 1..at + 6)? else { return None };
            let root: Node = BASE64.decode(root.as_bytes()).ok()?.try_into().ok()?;
            let time = time.strip_prefix("time ")?.to_string();
            let checkpoint = Checkpoint { size: size.parse().ok()?, root, time };
            let signed = signature.strip_prefix(&format!("\u{2014} {origin} "))?;
            let signed = BASE64.decode(signed.as_bytes()).ok()?;
            let signature = signed.strip_prefix(&note_key(verifier))?;
            verifier.holds(checkpoint.body(&origin).as_bytes(), signature).then_some(checkpoint)
        };
        match read() {
            Some(checkpoint) => all.push(checkpoint),
            None => others += 1,
        }
    }
    (all, others)
}

/// A folder that keeps checkpoints, in a file an audit: on a disk of somebody else's, or one that takes no changes.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Folder {
    fn file(&self, origin: &str) -> PathBuf {
        self.0.join(format!("{}.checkpoints", origin.replace('/', "-")))
    }
}

impl Witness for Folder {
    fn keep(&self, origin: &str, note: &str) -> Result<(), Code> {
        let keep = || -> std::io::Result<()> {
            let mut file =
                OpenOptions::new().append(true).read(true).create(true).open(self.file(origin))?;
            // What a crash cut off before stays, and ends here.
            let torn = file.metadata()?.len() > 0 && {
                let mut last = [0];
                file.seek(SeekFrom::End(-1))?;
                file.read_exact(&mut last)?;
                last[0] != b'\n'
            };
            let between = if torn { "\n" } else { "" };
            file.write_all(format!("{between}{note}").as_bytes())?;
            file.sync_all()?;
            File::open(&self.0)?.sync_all()
        };
        keep().map_err(|_| Code::AuditWitness)
    }

    fn kept(&self, origin: &str) -> Result<String, Code> {
        match std::fs::read(self.file(origin)) {
            // What a crash cut off may end in the middle of a letter.
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            // A folder that is there, and has nothing of it.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && self.0.is_dir() => {
                Ok(String::new())
            }
            Err(_) => Err(Code::AuditWitness),
        }
    }

    fn place(&self) -> String {
        self.0.display().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_holds_for_its_key_and_as_it_is() {
        let signer = Signer::generate().expect("a key");
        let time = "2026-11-30T12:00:00.000Z".to_string();
        let one = Checkpoint { size: 7, root: [3; 32], time };
        let note = one.note(&signer);
        let verifier = signer.verifier();
        assert_eq!(read(&verifier, &note), (vec![one.clone()], 0));
        assert_eq!(read(&verifier, &note.replace("\n7\n", "\n8\n")), (vec![], 1));
        let other = Signer::generate().expect("a key").verifier();
        assert_eq!(read(&other, &note), (vec![], 0), "of another log");
        // Signed by another key under this one's name.
        let forged = one.note(&Signer::generate().expect("a key"));
        let name = |text: &str| text.lines().next().map(str::to_string).unwrap_or_default();
        let forged = forged.replace(&name(&forged), &name(&note));
        assert_eq!(read(&verifier, &forged), (vec![], 1));
        // A crash at any byte, and one behind it.
        let folder = std::env::temp_dir().join(format!("weir-notes-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let (witness, origin) = (Folder(folder.clone()), origin(&verifier));
        for cut in 1..note.len() - 1 {
            std::fs::write(witness.file(&origin), &note.as_bytes()[..cut]).expect("writes");
            let kept = || read(&verifier, &witness.kept(&origin).expect("reads")).0;
            assert_eq!(kept(), vec![], "{cut}");
            witness.keep(&origin, &note).expect("keeps");
            assert_eq!(kept(), vec![one.clone()], "{cut}");
        }
        std::fs::remove_dir_all(folder).expect("removes");
    }
}
