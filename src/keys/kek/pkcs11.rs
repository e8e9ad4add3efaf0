//! A KEK in an HSM, by PKCS#11: AES-GCM with a key that never leaves it. Names are RFC 7512's:
//! `pkcs11:token=...;object=...?module-path=...&pin-source=FILE`.

use super::{Binding, Kek, KekName, Root, root_of};
use crate::phi::Code;
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::aead::GcmParams;
use cryptoki::object::{Attribute, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use std::sync::{Mutex, OnceLock};
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 12;
const TAG_BITS: u64 = 128;

struct Hsm {
    session: Session,
    key: ObjectHandle,
}

/// A module is initialised once a process.
static MODULES: OnceLock<Mutex<Vec<(String, Pkcs11)>>> = OnceLock::new();

fn module(path: &str) -> Result<Pkcs11, Code> {
    let mut modules = MODULES
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((_, module)) = modules.iter().find(|(known, _)| known == path) {
        return Ok(module.clone());
    }
    let module = Pkcs11::new(path).map_err(|_| Code::KekUnreachable)?;
    module
        .initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))
        .map_err(|_| Code::KekUnreachable)?;
    modules.push((path.to_string(), module.clone()));
    Ok(module)
}

pub(super) fn open(name: &KekName) -> Result<Box<dyn Kek>, Code> {
    name.only(&["module-path", "pin-source"])?;
    let mut place: Vec<(&str, &str)> = Vec::new();
    for part in name.place.split(';') {
        place.push(part.split_once('=').ok_or(Code::KekUnknown)?);
    }
    if place.iter().any(|(key, _)| !matches!(*key, "token" | "object")) {
        return Err(Code::KekUnknown);
    }
    let part = |wanted| place.iter().find(|(key, _)| *key == wanted).map(|(_, value)| *value);
    let (token, object) =
        (part("token").ok_or(Code::KekUnknown)?, part("object").ok_or(Code::KekUnknown)?);
    let module = module(name.option("module-path").ok_or(Code::KekUnknown)?)?;
    let pin = name.secret(name.option("pin-source").ok_or(Code::KekUnknown)?)?;
    let slots = module.get_slots_with_token().map_err(|_| Code::KekUnreachable)?;
    let slot = slots.into_iter().find(|&slot| {
        module.get_token_info(slot).is_ok_and(|info| info.label().trim_end() == token)
    });
    let session = module
        .open_ro_session(slot.ok_or(Code::KekUnreachable)?)
        .map_err(|_| Code::KekUnreachable)?;
    let pin = AuthPin::new(pin.as_str().into());
    match session.login(UserType::User, Some(&pin)) {
        // One login serves every session of a process.
        Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
        Err(_) => return Err(Code::KekRefused),
    }
    let template = [
        Attribute::Class(ObjectClass::SECRET_KEY),
        Attribute::KeyType(KeyType::AES),
        Attribute::Label(object.as_bytes().to_vec()),
    ];
    let found = session.find_objects(&template).map_err(|_| Code::KekUnreachable)?;
    // Two keys of one label: which one wraps would be chance.
    let [key] = found[..] else { return Err(Code::KekRefused) };
    Ok(Box::new(Hsm { session, key }))
}

impl Kek for Hsm {
    fn wrap(&self, root: &Root, binding: &Binding<'_>) -> Result<Vec<u8>, Code> {
        let mut nonce = [0u8; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| Code::RandomSource)?;
        let mut wrapped = nonce.to_vec();
        let aad = binding.aad();
        let params =
            GcmParams::new(&mut nonce, &aad, TAG_BITS.into()).map_err(|_| Code::Internal)?;
        let mechanism = Mechanism::AesGcm(params);
        let sealed = self.session.encrypt(&mechanism, self.key, root.as_slice());
        wrapped.extend_from_slice(&sealed.map_err(|_| Code::KekRefused)?);
        Ok(wrapped)
    }

    fn unwrap(&self, wrapped: &[u8], binding: &Binding<'_>) -> Result<Root, Code> {
        let (nonce, sealed) = wrapped.split_at_checked(NONCE_BYTES).ok_or(Code::KekRefused)?;
        let mut nonce = nonce.to_vec();
        let aad = binding.aad();
        let params =
            GcmParams::new(&mut nonce, &aad, TAG_BITS.into()).map_err(|_| Code::Internal)?;
        // Modules say "general error" for a wrong key and for wrong data alike.
        let root = self.session.decrypt(&Mechanism::AesGcm(params), self.key, sealed);
        root_of(&Zeroizing::new(root.map_err(|_| Code::KekRefused)?))
    }
}
