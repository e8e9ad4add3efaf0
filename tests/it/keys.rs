//! Keys in custody: a real PKCS#11 module, a real AWS API, a stub of Vault's transit engine, and
//! what a person does with a keyring over the years.

use crate::broker::{Feeder, Folder, Stage, console, setting, terminate, wait_for, weir};
use crate::cli::words;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// `weir` in a folder, with words on standard input.
pub(crate) fn run(folder: &Folder, arguments: &[&str], input: &str) -> Output {
    run_with(folder, arguments, input, &[])
}

fn run_with(folder: &Folder, arguments: &[&str], input: &str, env: &[(&str, &str)]) -> Output {
    let mut child = weir()
        .current_dir(&folder.0)
        .args(arguments)
        .envs(env.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("ends")
}

pub(crate) fn text(out: &Output) -> String {
    assert!(out.status.success(), "{}", words(out));
    String::from_utf8(out.stdout.clone()).expect("UTF-8").trim_end().to_string()
}

pub(crate) fn refused(out: &Output, code: &str) {
    assert!(!out.status.success() && words(out).contains(code), "no {code}: {}", words(out));
}

pub(crate) fn private(path: &Path, text: &str) {
    let mut options = std::fs::OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(0o600).open(path);
    file.expect("opens").write_all(text.as_bytes()).expect("writes");
}

const ENCRYPT: [&str; 5] = ["token", "encrypt", "--dev", "--class", "mrn"];
const DECRYPT: [&str; 7] =
    ["token", "decrypt", "--dev", "--class", "mrn", "--reason", "a drill of the restore"];

/// Tokens of a keyring whatever wraps it: made, kept over restarts, and the same under a new KEK.
fn serves(folder: &Folder, kek: &str, env: &[(&str, &str)]) -> String {
    let out = run_with(folder, &["keys", "init", "--tenant", "acme", "--kek", kek], "", env);
    assert!(out.status.success(), "{}", words(&out));
    let encrypt = ["token", "encrypt", "--class", "mrn"];
    let token = text(&run_with(folder, &encrypt, "0012345678\n", env));
    assert_ne!(token, "0012345678");
    assert_eq!(text(&run_with(folder, &encrypt, "0012345678\n", env)), token, "over a restart");
    text(&run_with(folder, &["keys", "verify"], "", env));
    text(&run_with(folder, &["keys", "rotate"], "", env));
    let old = ["token", "decrypt", "--class", "mrn", "--key-version", "1", "--reason", "a restart"];
    assert_eq!(text(&run_with(folder, &old, &token, env)), "0012345678");
    let ring = std::fs::read_to_string(folder.0.join("weir.keyring")).expect("reads");
    assert!(ring.contains(kek), "{ring}");
    token
}

/// A SoftHSM token of a test's own, with AES keys that cannot be taken out of it.
struct Hsm<'a> {
    folder: &'a Folder,
    library: String,
    config: String,
}

const PIN: &str = "4321";

impl Hsm<'_> {
    fn new(folder: &Folder) -> Hsm<'_> {
        let tokens = folder.0.join("tokens");
        std::fs::create_dir(&tokens).expect("a folder");
        let config = folder.0.join("softhsm2.conf");
        let text = format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display());
        std::fs::write(&config, text).expect("writes");
        let (library, config) = (setting("WEIR_TEST_SOFTHSM"), config.display().to_string());
        let hsm = Hsm { folder, library, config };
        let arguments =
            ["--init-token", "--free", "--label", "weir", "--pin", PIN, "--so-pin", "1234"];
        hsm.tool("softhsm2-util", &arguments);
        private(&folder.0.join("pin"), &format!("{PIN}\n"));
        hsm
    }

    fn tool(&self, program: &str, arguments: &[&str]) {
        let mut command = Command::new(program);
        command.args(arguments).env("SOFTHSM2_CONF", &self.config).stdin(Stdio::null());
        let out = command.output().expect("the tool of Debian's package runs");
        assert!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
    }

    /// As the documentation tells people to.
    fn pkcs11_tool(&self, arguments: &[&str]) {
        let login = ["--module", &self.library, "--token-label", "weir", "--login", "--pin", PIN];
        self.tool("pkcs11-tool", &[&login[..], arguments].concat());
    }

    fn make_key(&self, label: &str) {
        let make = ["--keygen", "--key-type", "AES:32", "--label", label, "--sensitive"];
        self.pkcs11_tool(&make);
    }

    fn kek(&self, object: &str) -> String {
        format!("pkcs11:token=weir;object={object}?module-path={}&pin-source=pin", self.library)
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        run_with(self.folder, arguments, input, &[("SOFTHSM2_CONF", &self.config)])
    }
}

#[test]
fn a_real_hsm_keeps_the_kek() {
    let folder = Folder::new("hsm");
    let hsm = Hsm::new(&folder);
    hsm.make_key("weir-kek");
    hsm.make_key("other");
    let env = [("SOFTHSM2_CONF", hsm.config.as_str())];
    let token = serves(&folder, &hsm.kek("weir-kek"), &env);
    let encrypt = ["token", "encrypt", "--class", "mrn", "--key-version", "1"];
    // Another KEK: no token changes, and the old one may go.
    text(&hsm.run(&["keys", "rewrap", "--to", &hsm.kek("other")], ""));
    hsm.pkcs11_tool(&["--delete-object", "--type", "secrkey", "--label", "weir-kek"]);
    assert_eq!(text(&hsm.run(&encrypt, "0012345678\n")), token);
    // What goes wrong, and by which name.
    private(&folder.0.join("pin"), "0000\n");
    refused(&hsm.run(&["keys", "verify"], ""), "W0308");
    private(&folder.0.join("pin"), PIN);
    let ring = folder.0.join("weir.keyring");
    let right = std::fs::read_to_string(&ring).expect("reads");
    for (from, to, code) in [
        ("object=other", "object=none", "W0308"),
        ("token=weir", "token=none", "W0307"),
        ("module-path=/", "module-path=/none/", "W0307"),
        ("\"acme\"", "\"evil\"", "W0308"),
    ] {
        private(&ring, &right.replace(from, to));
        let out = hsm.run(&["keys", "verify"], "");
        refused(&out, code);
        assert!(words(&out).contains("weir.keyring, pkcs11:"), "it says which: {}", words(&out));
    }
    private(&ring, &right);
    text(&hsm.run(&["keys", "verify"], ""));
    // The KEK is destroyed: so is everything under it.
    hsm.pkcs11_tool(&["--delete-object", "--type", "secrkey", "--label", "other"]);
    refused(&hsm.run(&encrypt, "0012345678\n"), "W0308");
}

#[test]
fn aws_kms_keeps_the_kek() {
    let (folder, url) = (Folder::new("kms"), setting("WEIR_TEST_KMS"));
    // Made by hand, as an administrator's tool would: the provider has no right to.
    let make = |_| {
        let mut answer = ureq::post(&url)
            .header("X-Amz-Target", "TrentService.CreateKey")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20261124/eu-central-1/kms/aws4_request, SignedHeaders=host, Signature=0",
            )
            .send("{}")
            .expect("moto makes a key");
        let answer: serde_json::Value = answer.body_mut().read_json().expect("JSON");
        answer["KeyMetadata"]["KeyId"].as_str().expect("an id").to_string()
    };
    let [key, other] = [(); 2].map(make);
    let env = [("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")];
    let kek = |key: &str| format!("aws-kms:{key}?region=eu-central-1&endpoint={url}");
    let token = serves(&folder, &kek(&key), &env);
    let verify = || run_with(&folder, &["keys", "verify"], "", &env);
    let ring = folder.0.join("weir.keyring");
    let right = std::fs::read_to_string(&ring).expect("reads");
    for (from, to, code) in [
        // The encryption context names the tenant.
        ("\"acme\"", "\"evil\"", "W0308"),
        (url.as_str(), "http://127.0.0.1:1", "W0307"),
        // In plain text to another machine: no.
        (url.as_str(), "http://192.0.2.2:1", "W0309"),
        (url.as_str(), "http://127.0.0.1:1@192.0.2.2", "W0309"),
    ] {
        private(&ring, &right.replace(from, to));
        refused(&verify(), code);
    }
    private(&ring, &right);
    let rewrap = ["keys", "rewrap", "--to", &kek(&other)];
    text(&run_with(&folder, &rewrap, "", &env));
    let encrypt = ["token", "encrypt", "--class", "mrn", "--key-version", "1"];
    assert_eq!(text(&run_with(&folder, &encrypt, "0012345678\n", &env)), token);
    let none = [("AWS_ACCESS_KEY_ID", ""), ("AWS_EC2_METADATA_DISABLED", "true")];
    refused(&run_with(&folder, &["keys", "verify"], "", &none), "W0307");
}

/// What the transit engine does, as its documentation has it: no Vault can be had from the package
/// registries, so this stub stands in for one, and the docs say so.
struct Transit {
    address: String,
    down: Arc<AtomicBool>,
    calls: Arc<Mutex<u32>>,
}

const VAULT_TOKEN: &str = "s.stub";

impl Transit {
    fn start() -> Transit {
        Transit::serve(None)
    }

    fn serve(tls: Option<SslAcceptor>) -> Transit {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let (down, calls) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(0)));
        let (is_down, count) = (Arc::clone(&down), Arc::clone(&calls));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if !is_down.load(Ordering::SeqCst) {
                    *count.lock().expect("counts") += 1;
                    match &tls {
                        None => answer(stream),
                        // Who does not trust the certificate hangs up.
                        Some(tls) => tls.accept(stream).into_iter().for_each(answer),
                    }
                }
            }
        });
        Transit { address, down, calls }
    }

    /// The same behind a certificate for 127.0.0.1 that only its own file vouches for.
    fn start_with_tls(folder: &Folder) -> Transit {
        let at = |name: &str| folder.0.join(name).display().to_string();
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=x"])
            .args(["-addext", "subjectAltName=IP:127.0.0.1"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .args(["-keyout", &at("vault.key"), "-out", &at("vault.pem")])
            .output();
        assert!(made.expect("runs").status.success());
        let mut tls = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).expect("TLS");
        tls.set_private_key_file(at("vault.key"), SslFiletype::PEM).expect("a key");
        tls.set_certificate_chain_file(at("vault.pem")).expect("a certificate");
        Transit::serve(Some(tls.build()))
    }

    fn kek(&self) -> String {
        format!("vault-transit:http://{}/transit/weir?token-source=vault-token", self.address)
    }
}

/// One request, one answer. The "ciphertext" is the two parts as they are, behind a prefix: what is
/// tested is the contract, not a cipher.
fn answer(stream: impl Read + Write) {
    let mut reader = BufReader::new(stream);
    let (mut path, mut length, mut allowed, mut line) = (String::new(), 0, false, String::new());
    while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
        let lower = line.trim().to_ascii_lowercase();
        if let Some(rest) = line.strip_prefix("POST ") {
            path = rest.split(' ').next().unwrap_or("").to_string();
        } else if let Some(n) = lower.strip_prefix("content-length: ") {
            length = n.parse().expect("a length");
        } else if lower.starts_with("x-vault-token: ") {
            allowed = lower.ends_with(VAULT_TOKEN);
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let body: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    let part = |name: &str| body[name].as_str().unwrap_or("").to_string();
    let data = match path.as_str() {
        _ if !allowed => None,
        // A key of the name `blind` takes and does not give back.
        "/v1/transit/encrypt/weir" | "/v1/transit/encrypt/blind" => {
            let sealed = format!("vault:v1:{}.{}", part("associated_data"), part("plaintext"));
            Some(serde_json::json!({ "ciphertext": sealed }))
        }
        "/v1/transit/decrypt/weir" => part("ciphertext")
            .strip_prefix(&format!("vault:v1:{}.", part("associated_data")))
            .map(|plain| serde_json::json!({ "plaintext": plain })),
        _ => None,
    };
    let (status, text) = match data {
        Some(data) => ("200 OK", serde_json::json!({ "data": data }).to_string()),
        None => ("403 Forbidden", serde_json::json!({ "errors": ["no"] }).to_string()),
    };
    let length = text.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\n");
    let mut stream = reader.into_inner();
    let _ = write!(stream, "{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{text}");
}

#[test]
fn a_stub_of_vault_transit_keeps_the_kek() {
    let (folder, transit) = (Folder::new("vault"), Transit::start());
    let token_file = folder.0.join("vault-token");
    private(&token_file, VAULT_TOKEN);
    serves(&folder, &transit.kek(), &[]);
    assert!(*transit.calls.lock().expect("counts") > 4);
    let ring = folder.0.join("weir.keyring");
    let right = std::fs::read_to_string(&ring).expect("reads");
    private(&ring, &right.replace("\"acme\"", "\"evil\""));
    refused(&run(&folder, &["keys", "verify"], ""), "W0308");
    private(&ring, &right);
    private(&token_file, "s.other");
    refused(&run(&folder, &["keys", "verify"], ""), "W0308");
    private(&token_file, VAULT_TOKEN);
    transit.down.store(true, Ordering::SeqCst);
    let out = run(&folder, &["keys", "verify"], "");
    refused(&out, "W0307");
    assert!(words(&out).contains(&transit.address), "it says which: {}", words(&out));
    // Over TLS: by the authority that is named, and by no other.
    let secure = Transit::start_with_tls(&folder);
    let kek = secure.kek().replace("http:", "https:");
    let known = Folder::new("vault-tls");
    private(&known.0.join("vault-token"), VAULT_TOKEN);
    std::fs::copy(folder.0.join("vault.pem"), known.0.join("vault.pem")).expect("copies");
    serves(&known, &format!("{kek}&ca=vault.pem"), &[]);
    let unknown = Folder::new("vault-unknown");
    private(&unknown.0.join("vault-token"), VAULT_TOKEN);
    let init = |kek: &str| run(&unknown, &["keys", "init", "--tenant", "t", "--kek", kek], "");
    refused(&init(&kek), "W0307");
    std::fs::write(unknown.0.join("vault.pem"), "no certificate").expect("writes");
    refused(&init(&format!("{kek}&ca=vault.pem")), "W0309");
    std::fs::remove_file(unknown.0.join("vault.pem")).expect("removes");
    refused(&init(&format!("{kek}&ca=vault.pem")), "W0326");
    for elsewhere in ["vault.example", "127.0.0.1:1@192.0.2.2"] {
        let plain = transit.kek().replace("127.0.0.1", elsewhere);
        refused(&init(&plain), "W0309");
    }
}

#[test]
fn a_proxy_of_the_environment_gets_nothing_in_plain_text() {
    let (folder, transit) = (Folder::new("proxy"), Transit::start());
    private(&folder.0.join("vault-token"), VAULT_TOKEN);
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a port");
    proxy.set_nonblocking(true).expect("sets");
    let url = format!("http://{}", proxy.local_addr().expect("an address"));
    let names = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    let env: Vec<_> = names.iter().map(|name| (*name, url.as_str())).collect();
    let init = ["keys", "init", "--tenant", "t", "--kek", &transit.kek()];
    let out = run_with(&folder, &init, "", &env);
    assert!(proxy.accept().is_err(), "the proxy was asked");
    text(&out);
}

/// A server on this machine with one answer for everybody.
fn always(status: &'static str, body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (mut length, mut line) = (0, String::new());
            let mut reader = BufReader::new(&stream);
            while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                let lower = line.trim().to_ascii_lowercase();
                if let Some(n) = lower.strip_prefix("content-length: ") {
                    length = n.parse().expect("a length");
                }
                line.clear();
            }
            let _ = reader.read_exact(&mut vec![0; length]);
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
            let _ = write!(stream, "{head}Connection: close\r\n\r\n{body}");
        }
    });
    address
}

/// W0308 tells people that their key may be destroyed: a server that has too much to do does not.
#[test]
fn a_key_server_that_cannot_answer_now_is_not_one_that_refuses() {
    let folder = Folder::new("busy");
    private(&folder.0.join("vault-token"), VAULT_TOKEN);
    let keys = [("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")];
    let init =
        |kek: &str| run_with(&folder, &["keys", "init", "--tenant", "t", "--kek", kek], "", &keys);
    for (status, code) in [
        ("429 Too Many Requests", "W0307"),
        ("472 Standby", "W0307"),
        ("473 Standby", "W0307"),
        ("503 Sealed", "W0307"),
        ("400 Bad Request", "W0308"),
        ("403 Forbidden", "W0308"),
    ] {
        let place = always(status, "{}");
        let out = init(&format!("vault-transit:http://{place}/transit/w?token-source=vault-token"));
        assert!(words(&out).contains(code), "{status}: {}", words(&out));
    }
    for (status, body, code) in [
        ("400 Bad Request", "{\"__type\":\"ThrottlingException\"}", "W0307"),
        ("500 Internal Server Error", "{\"__type\":\"KMSInternalException\"}", "W0307"),
        ("503 Service Unavailable", "{\"__type\":\"DependencyTimeoutException\"}", "W0307"),
        ("400 Bad Request", "{\"__type\":\"DisabledException\"}", "W0308"),
        ("400 Bad Request", "{\"__type\":\"AccessDeniedException\"}", "W0308"),
    ] {
        let place = always(status, body);
        let out = init(&format!("aws-kms:k?region=eu-central-1&endpoint=http://{place}"));
        assert!(words(&out).contains(code), "{body}: {}", words(&out));
    }
}

/// A KEK that wraps and does not open would lock the tenant out for ever.
#[test]
fn a_kek_that_does_not_open_what_it_wraps_takes_nothing_over() {
    let (folder, transit) = (Folder::new("blind"), Transit::start());
    private(&folder.0.join("vault-token"), VAULT_TOKEN);
    text_of_init(&folder);
    let before = std::fs::read_to_string(folder.0.join("weir.keyring")).expect("reads");
    let blind = transit.kek().replace("/weir?", "/blind?");
    refused(&run(&folder, &["keys", "rewrap", "--dev", "--to", &blind], ""), "W0308");
    let after = std::fs::read_to_string(folder.0.join("weir.keyring")).expect("reads");
    assert_eq!(before, after);
    text(&run(&folder, &["keys", "verify", "--dev"], ""));
}

#[test]
fn a_passphrase_is_for_development() {
    let folder = Folder::new("dev");
    refused(&run(&folder, &["keys", "init", "--tenant", "acme"], ""), "W0309");
    text(&run(&folder, &["keys", "init", "--tenant", "acme", "--dev"], ""));
    let out = run(&folder, &["token", "encrypt", "--class", "mrn"], "0012345678\n");
    refused(&out, "W0311");
    let out = run(&folder, &ENCRYPT, "0012345678\n");
    text(&out);
    assert!(words(&out).contains("never for real data"), "{}", words(&out));
}

/// What a person does over the years: rotate, carry over, put aside, destroy.
#[test]
fn tokens_outlive_rotations_until_their_version_goes() {
    let folder = Folder::new("years");
    text(&run(&folder, &["keys", "init", "--tenant", "acme", "--dev"], ""));
    let encrypt =
        |extra: &[&str], value: &str| text(&run(&folder, &[&ENCRYPT, extra].concat(), value));
    let decrypt = |extra: &[&str], token: &str| run(&folder, &[&DECRYPT, extra].concat(), token);
    let first = encrypt(&[], "0012345678\n");
    let siv = encrypt(&["--kernel", "siv"], "0012345678\n");
    text(&run(&folder, &["keys", "rotate", "--dev"], ""));
    let second = encrypt(&[], "0012345678\n");
    assert_ne!(first, second);
    assert_eq!(encrypt(&["--all-versions"], "0012345678\n"), format!("{first}\t{second}"));
    // Both reveal: by the header's version, and by the token's own.
    assert_eq!(text(&decrypt(&["--key-version", "1"], &first)), "0012345678");
    assert_eq!(text(&decrypt(&["--key-version", "2"], &second)), "0012345678");
    assert_eq!(text(&decrypt(&["--key-version", "2"], &siv)), "0012345678");
    // As it stands in X12.
    let pointed = siv.replace(['~', ':'], ".");
    assert_ne!(pointed, siv);
    assert_eq!(text(&decrypt(&["--key-version", "2"], &pointed)), "0012345678");
    refused(&decrypt(&[], &first), "W0314");
    // The token of one version is another person's under the other: FF1 cannot tell.
    assert_ne!(text(&decrypt(&["--key-version", "2"], &first)), "0012345678");
    let carry = ["token", "retokenize", "--dev", "--class", "mrn", "--from", "1", "--reason", "x"];
    assert_eq!(text(&run(&folder, &carry, &format!("{first}\n"))), second);
    let siv2 = text(&run(&folder, &carry, &siv));
    assert!(siv2.starts_with("[MRN~v2:"), "{siv2}");
    let destroy = |tenant: &str| {
        let arguments = ["keys", "destroy", "1", "--dev", "--no-subjects", "--confirm", tenant];
        run(&folder, &arguments, "")
    };
    refused(&destroy("acme"), "W0314");
    let aside = run(&folder, &["keys", "disable", "1", "--dev"], "");
    text(&aside);
    // Before there is no way back, and once there is none.
    assert!(
        words(&aside).contains("whose records a trail has under v1 (W0444)"),
        "{}",
        words(&aside)
    );
    refused(&decrypt(&["--key-version", "1"], &first), "W0314");
    refused(&decrypt(&["--key-version", "2"], &siv), "W0314");
    refused(&destroy("evil"), "W0104");
    // Nobody destroys a version without a word on the store of subjects that it may wrap.
    let silent = run(&folder, &["keys", "destroy", "1", "--dev", "--confirm", "acme"], "");
    assert_eq!(silent.status.code(), Some(2), "{}", words(&silent));
    let gone = destroy("acme");
    text(&gone);
    assert!(
        words(&gone).contains("whose records a trail has under v1, nobody"),
        "{}",
        words(&gone)
    );
    refused(&run(&folder, &["keys", "enable", "1", "--dev"], ""), "W0314");
    assert_eq!(text(&decrypt(&["--key-version", "2"], &siv2)), "0012345678");
    let shown = text(&run(&folder, &["keys", "show"], ""));
    assert!(shown.contains("v1       destroyed") && shown.contains("v2       primary"), "{shown}");
    // Every act, in order, and no value in any of it.
    let audit = std::fs::read_to_string(folder.0.join("weir-audit.jsonl")).expect("reads");
    for act in ["keys.init", "keys.rotate", "keys.disable", "keys.destroy", "token.decrypt"] {
        assert!(audit.contains(act), "{act}");
    }
    for value in ["0012345678", &first, &second, &siv] {
        assert!(!audit.contains(value), "{value}");
    }
}

#[test]
fn what_cannot_be_audited_does_not_happen() {
    let folder = Folder::new("audited");
    text(&run(&folder, &["keys", "init", "--tenant", "acme", "--dev"], ""));
    let token = text(&run(&folder, &ENCRYPT, "0012345678\n"));
    let none = ["--audit", "/nonexistent/audit.jsonl", "--audit-key", "weir-audit.key"];
    let out = run(&folder, &[&DECRYPT[..], &none].concat(), &token);
    refused(&out, "W0315");
    assert!(out.stdout.is_empty());
    refused(&run(&folder, &[&["keys", "rotate", "--dev"][..], &none].concat(), ""), "W0315");
    let shown = text(&run(&folder, &["keys", "show"], ""));
    assert!(shown.contains("epoch  1"), "{shown}");
    let log = folder.0.join("weir-audit.jsonl");
    let audit = std::fs::read_to_string(&log).expect("reads");
    std::fs::write(&log, audit.replace("acme", "evil")).expect("writes");
    refused(&run(&folder, &DECRYPT, &token), "W0316");
    let blank = ["token", "decrypt", "--dev", "--class", "mrn", "--reason", " "];
    refused(&run(&folder, &blank, &token), "W0318");
    // Nor is a keyring made, nor a part of one, and the next try finds the place empty.
    let fresh = Folder::new("audited-init");
    let init = ["keys", "init", "--tenant", "acme", "--dev"];
    refused(&run(&fresh, &[&init[..], &none[..2]].concat(), ""), "W0315");
    assert_eq!(std::fs::read_dir(&fresh.0).expect("a folder").count(), 0);
    text(&run(&fresh, &init, ""));
}

/// A disk that is full in the middle of a line leaves no piece of it, and no token.
#[test]
fn a_full_disk_leaves_the_audit_as_it_was() {
    let folder = Folder::new("full");
    text_of_init(&folder);
    text(&run(&folder, &ENCRYPT, "0012345678\n"));
    let log = folder.0.join("weir-audit.jsonl");
    let before = std::fs::read_to_string(&log).expect("reads");
    let blocks = before.len() / 512 + 1;
    assert!(before.len() % 512 < 500, "the limit falls into the next line");
    // The same error as of a full disk: a file may not grow over this many blocks.
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
    shell.arg(weir().get_program()).args(ENCRYPT).current_dir(&folder.0);
    std::fs::write(folder.0.join("values"), "1\n").expect("writes");
    for _ in 0..3 {
        let values = std::fs::File::open(folder.0.join("values")).expect("opens");
        let out = shell.stdin(values).output().expect("runs");
        refused(&out, "W0315");
        assert!(out.stdout.is_empty());
        assert_eq!(std::fs::read_to_string(&log).expect("reads"), before);
    }
    text(&run(&folder, &ENCRYPT, "0012345678\n"));
    text(&run(&folder, &["audit", "verify"], ""));
}

#[test]
fn the_audit_is_checked_and_its_head_shown() {
    let folder = Folder::new("audit-verify");
    text_of_init(&folder);
    let siv = text(&run(&folder, &[&ENCRYPT[..], &["--kernel", "siv"]].concat(), "0012345678\n"));
    text(&run(&folder, &["keys", "rotate", "--dev"], ""));
    let bare = text(&run(&folder, &ENCRYPT, "0012345678\n"));
    text(&run(&folder, &DECRYPT, &siv));
    let key_version = ["--key-version", "2"];
    text(&run(&folder, &[&DECRYPT[..], &key_version].concat(), &bare));
    let log = folder.0.join("weir-audit.jsonl");
    let written = std::fs::read_to_string(&log).expect("reads");
    let lines: Vec<serde_json::Value> =
        written.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    // A token in brackets names its own version; the primary one would be a wrong one here.
    let versions: Vec<_> = lines.iter().map(|line| line["version"].as_u64()).collect();
    assert_eq!(versions, [Some(1), Some(1), None, Some(2), None, Some(2)]);
    let verify = ["audit", "verify", "--json"];
    let said: serde_json::Value =
        serde_json::from_str(&text(&run(&folder, &verify, ""))).expect("JSON");
    assert_eq!(said["lines"], 6);
    assert_eq!((&said["first"], &said["last"]), (&lines[0]["time"], &lines[5]["time"]));
    assert_eq!(said["head"], lines[5]["hash"]);
    let words_of = text(&run(&folder, &["audit", "verify"], ""));
    let head = said["head"].as_str().expect("a hash");
    assert!(words_of.starts_with("lines  6\n") && words_of.contains(head), "{words_of}");
    // A line that was edited, by its number; and a file that is not there.
    std::fs::write(&log, written.replace("keys.rotate", "keys.enable")).expect("writes");
    let out = run(&folder, &["audit", "verify"], "");
    assert_eq!(out.status.code(), Some(4));
    refused(&out, "W0316");
    assert!(words(&out).contains("weir-audit.jsonl, line 3"), "{}", words(&out));
    let public = ["--public-key", "weir-audit.pub"];
    let none = run(&folder, &[&["audit", "verify", "--audit", "none"], &public[..]].concat(), "");
    refused(&none, "W0100");
    assert!(none.stdout.is_empty());
}

#[test]
fn values_that_have_no_token_are_named_by_their_line() {
    let folder = Folder::new("lines");
    text(&run(&folder, &["keys", "init", "--tenant", "acme", "--dev"], ""));
    let out = run(&folder, &ENCRYPT, "0012345678\nQ7\n0087654321\n");
    assert_eq!(out.status.code(), Some(8));
    let lines = String::from_utf8(out.stdout.clone()).expect("UTF-8");
    let lines: Vec<_> = lines.lines().collect();
    assert!(lines.len() == 3 && lines[1].is_empty() && lines[2].len() == 10, "{lines:?}");
    assert!(words(&out).contains("line 2: W0210") && !words(&out).contains("Q7"));
    let small = ["--kernel", "permute", "--width", "5"];
    let token = text(&run(&folder, &[&ENCRYPT[..], &small].concat(), "123\n"));
    assert_eq!(token.len(), 5, "{token}");
    assert_eq!(text(&run(&folder, &[&DECRYPT[..], &small].concat(), &token)), "00123");
    let shaped = ["--shape", "E#{7}"];
    let token = text(&run(&folder, &[&ENCRYPT[..], &shaped].concat(), "e-1234567\n"));
    assert!(token.len() == 8 && token.starts_with('E'), "{token}");
    let back = text(&run(&folder, &[&DECRYPT[..], &shaped].concat(), &token));
    assert_eq!(back, "E1234567");
}

/// A folder with a pipeline over files whose account numbers are of `subject` scope, and phone
/// numbers of the destination's.
fn scoped(name: &str) -> Folder {
    let folder = Folder::project(name);
    folder.write(
        "schemas/s.yaml",
        "schema: s\nformat: json\nsubject: $.mrn\nfields:\n  $.mrn: {class: mrn, width: 10}\n  \
         $.account: account\n  $.phone: phone\n  $.seen: date\n  $.note: free_text\n",
    );
    folder.write(
        "policies/p.yaml",
        "policy: p\nbasis: pseudonymized\nclasses:\n  mrn: fpe\n  \
         account: {kernel: fpe, scope: subject}\n  phone: {kernel: fpe, scope: destination}\n  \
         date: {shift_days: 365, per: subject, scope: subject}\n  free_text: detect\n\
         default: remove\n",
    );
    folder.write(
        "pipelines/p.yaml",
        "pipeline: p\nsource: {files: [raw/r.ndjson], schema: s}\npolicy: p\ndestination: rag-local\n\
         sink: {files: clean}\nquarantine: {files: refused}\nlineage: {file: lineage.ndjson}\n",
    );
    let record = |mrn: &str, seen: &str| {
        format!(
            "{{\"mrn\":\"{mrn}\",\"account\":\"4400123987\",\"phone\":\"(212) 555-0142\",\
             \"seen\":\"{seen}\",\"note\":\"account 4400123987, call 212-555-0142\"}}\n"
        )
    };
    let records = [("7", "2026-01-05"), ("8", "2026-01-05"), ("7", "2026-01-15")];
    let text: String = records.iter().map(|(mrn, seen)| record(mrn, seen)).collect();
    folder.write("raw/r.ndjson", &text);
    text_of_init(&folder);
    folder
}

pub(crate) fn text_of_init(folder: &Folder) {
    text(&run(folder, &["keys", "init", "--tenant", "acme", "--dev"], ""));
}

/// The clean records, as JSON.
fn cleaned(folder: &Folder) -> Vec<serde_json::Value> {
    let out = run(folder, &["run", "--dev", "pipelines/p.yaml"], "");
    assert!(out.status.success(), "{}", words(&out));
    let text = std::fs::read_to_string(folder.0.join("clean/r.ndjson")).expect("reads");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn records_reveal_over_a_rotation_and_a_shredded_subject_never() {
    let folder = scoped("shred");
    let first = cleaned(&folder);
    assert_eq!(first.len(), 3, "all clean");
    let of = |records: &[serde_json::Value], at: usize, field: &str| {
        records[at][field].as_str().expect("a string").to_string()
    };
    // One person, one token; another person with the same account number, another one.
    assert_eq!(of(&first, 0, "account"), of(&first, 2, "account"));
    assert_ne!(of(&first, 0, "account"), of(&first, 1, "account"));
    assert_eq!(of(&first, 0, "phone"), of(&first, 1, "phone"));
    assert_eq!(of(&first, 0, "note").matches(&of(&first, 0, "account")).count(), 1, "{first:?}");
    let day = |at: usize| of(&first, at, "seen").parse::<jiff::civil::Date>().expect("a day");
    assert_eq!(day(0).until(day(2)).expect("a span").get_days(), 10, "intervals stay");
    text(&run(&folder, &["keys", "rotate", "--dev"], ""));
    let second = cleaned(&folder);
    assert_ne!(of(&first, 0, "account"), of(&second, 0, "account"));
    let reveal = |class: &str, version: &str, extra: &[&str], line: &str| {
        let head = ["token", "decrypt", "--dev", "--reason", "a test", "--class", class];
        let arguments = [&head[..], &["--key-version", version], extra].concat();
        run(&folder, &arguments, &format!("{line}\n"))
    };
    let subject = ["--scope", "subject", "--subject-width", "10"];
    let destination = ["--scope", "destination", "--destination", "rag-local"];
    for (version, records) in [("1", &first), ("2", &second)] {
        let mrn = reveal("mrn", version, &["--width", "10"], &of(records, 0, "mrn"));
        assert_eq!(text(&mrn), "0000000007");
        let line = format!("0000000007\t{}", of(records, 0, "account"));
        assert_eq!(text(&reveal("account", version, &subject, &line)), "4400123987");
        let phone = reveal("phone", version, &destination, &of(records, 0, "phone"));
        assert_eq!(text(&phone), "+12125550142");
        // Without the right scope the token is another number's, and nothing says so.
        assert_ne!(text(&reveal("phone", version, &[], &of(records, 0, "phone"))), "+12125550142");
    }
    let status = |id: &str| {
        text(&run(&folder, &["subject", "status", "--dev", "--width", "10"], &format!("{id}\n")))
    };
    assert_eq!((status("7"), status("9")), ("alive".into(), "unknown".into()));
    let shred = ["subject", "shred", "--dev", "--width", "10", "--reason", "erasure request 12"];
    let without = ["subject", "shred", "--dev", "--width", "10", "--reason", " "];
    refused(&run(&folder, &without, "7\n"), "W0318");
    text(&run(&folder, &shred, "7\n"));
    assert!(status("7").starts_with("shredded 20"));
    for (version, records) in [("1", &first), ("2", &second)] {
        let line = |at: usize, id: &str| format!("{id}\t{}", of(records, at, "account"));
        refused(&reveal("account", version, &subject, &line(0, "7")), "W0221");
        let other = reveal("account", version, &subject, &line(1, "8"));
        assert_eq!(text(&other), "4400123987", "only that person's tokens died");
        // What is of scope join cannot be shredded, and the command said so.
        let mrn = reveal("mrn", version, &["--width", "10"], &of(records, 0, "mrn"));
        assert_eq!(text(&mrn), "0000000007");
    }
    // Records of theirs that still come are refused, not given a new name.
    std::fs::remove_dir_all(folder.0.join("clean")).expect("removes");
    let third = cleaned(&folder);
    assert_eq!(third.len(), 1);
    let refused = std::fs::read_to_string(folder.0.join("refused/r.ndjson")).expect("reads");
    assert_eq!(refused.matches("W0221").count(), 2, "{refused}");
    let audit = std::fs::read_to_string(folder.0.join("weir-audit.jsonl")).expect("reads");
    assert!(audit.contains("subject.shred") && audit.contains("erasure request 12"));
    let store = std::fs::read_to_string(folder.0.join("weir.subjects")).expect("reads");
    assert!(!store.contains("0000000007") && !store.contains("0000000008"));
}

/// The drill of docs/keys.md: keyring, KEK and subjects from their backups onto an empty machine.
#[test]
fn tokens_survive_the_loss_of_the_machine() {
    let folder = scoped("drill");
    let before = cleaned(&folder);
    let empty = Folder::new("drill-restored");
    for file in ["weir.keyring", "weir.passphrase", "weir.subjects"] {
        std::fs::copy(folder.0.join(file), empty.0.join(file)).expect("restores");
    }
    // What is done on the new machine is in an audit of its own.
    text(&run(&empty, &["audit", "init"], ""));
    let verify = run(&empty, &["keys", "verify", "--dev"], "");
    assert!(words(&verify).contains("whole; tenant acme"), "{}", words(&verify));
    let line = format!("7\t{}\n", before[0]["account"].as_str().expect("a token"));
    let arguments = [
        "token",
        "decrypt",
        "--dev",
        "--class",
        "account",
        "--scope",
        "subject",
        "--subject-width",
        "10",
        "--reason",
        "a drill",
    ];
    assert_eq!(text(&run(&empty, &arguments, &line)), "4400123987");
    // Without the subjects' file, the same keys open nothing of theirs.
    std::fs::remove_file(empty.0.join("weir.subjects")).expect("removes");
    refused(&run(&empty, &arguments, &line), "W0327");
}

/// On a real Kafka: the key server goes away while a pipeline runs, and the pipeline goes on with the
/// keys it holds; a start without it is refused, by name. Records say their key version.
#[test]
fn a_pipeline_outlives_its_key_server_and_does_not_start_without_it() {
    let (stage, transit) = (Stage::new("server"), Transit::start());
    stage.make_topics();
    let audit = [("WEIR_AUDIT", "audit.jsonl")];
    let weir_in = |arguments: &[&str]| run_with(&stage.folder, arguments, "", &audit);
    private(&stage.folder.0.join("vault-token"), VAULT_TOKEN);
    text(&weir_in(&["keys", "rewrap", "--dev", "--to", &transit.kek()]));
    std::fs::remove_file(stage.folder.0.join("weir.passphrase")).expect("removes");
    let generator = weir_synth::Generator::new(31, 5);
    let feeder = Feeder::new();
    let feed = |range: std::ops::Range<u64>| {
        range.for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
        feeder.done();
    };
    feed(0..100);
    // Started with leave to write core files, as far as this machine gives it.
    let plain = stage.run();
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -S -c \"$(ulimit -H -c)\"; exec \"$0\" \"$@\""]);
    shell.arg(plain.get_program()).args(plain.get_args()).stdin(Stdio::null());
    let child = shell.stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 100, std::time::Duration::from_secs(60));
    // No core file will hold the keys, whatever the limits that it was started with.
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).expect("reads");
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a line");
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    transit.down.store(true, Ordering::SeqCst);
    let calls = *transit.calls.lock().expect("counts");
    feed(100..200);
    wait_for(&stage, 200, std::time::Duration::from_secs(60));
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    let out = stage.run().output().expect("runs");
    assert_eq!(out.status.code(), Some(4), "{}", words(&out));
    refused(&out, "W0307");
    assert!(words(&out).contains(&transit.address), "it says which: {}", words(&out));
    assert_eq!(*transit.calls.lock().expect("counts"), calls, "no call for a record");
    // Back within half a minute, it starts without a person.
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    std::thread::sleep(std::time::Duration::from_secs(2));
    transit.down.store(false, Ordering::SeqCst);
    feed(200..210);
    wait_for(&stage, 210, std::time::Duration::from_secs(60));
    let out = terminate(child);
    assert!(out.status.success() && words(&out).contains("asking again"), "{}", words(&out));
    // The keys are rotated; what comes from now on is of the new version.
    text(&weir_in(&["keys", "rotate"]));
    feed(210..300);
    let note = generator.note(0);
    feeder.send(&stage.topic("source"), 0, &note.key, None);
    feeder.done();
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 301, std::time::Duration::from_secs(60));
    assert!(terminate(child).status.success());
    let seen = String::from_utf8_lossy(&console(&stage.topic("clean"), 302).stdout).into_owned();
    assert_eq!(seen.lines().count(), 302);
    // The tombstone went out under both versions, or the record of the old one would stay.
    let encrypt = ["token", "encrypt", "--class", "mrn", "--width", "10", "--all-versions"];
    let tokens = text(&run(&stage.folder, &encrypt, &note.key));
    let (tombstones, seen): (Vec<&str>, Vec<&str>) =
        seen.lines().partition(|line| line.ends_with("null"));
    assert_eq!(tombstones.len(), 2, "{tombstones:?}");
    for (version, token) in (1..).zip(tokens.split('\t')) {
        let mark = format!("weir-keys:v{version}");
        let of = |line: &&&str| line.contains(&mark) && line.contains(token);
        assert_eq!(tombstones.iter().filter(of).count(), 1, "v{version}: {tombstones:?}");
        assert!(seen.iter().any(|line| line.contains(&mark) && line.contains(token)));
    }
    let mut revealed = [0, 0];
    for line in seen {
        let version = [1, 2].into_iter().find(|v| line.contains(&format!("weir-keys:v{v}")));
        let version = version.unwrap_or_else(|| panic!("no version: {line}"));
        if revealed[version - 1] == 3 {
            continue;
        }
        let start = line.find('{').expect("a value");
        let value: serde_json::Value = serde_json::from_str(&line[start..]).expect("JSON");
        let token = value["patient"]["mrn"].as_str().expect("a token").to_string();
        let version_text = version.to_string();
        let arguments = [
            "token",
            "decrypt",
            "--class",
            "mrn",
            "--width",
            "10",
            "--key-version",
            &version_text,
            "--reason",
            "a test",
        ];
        let mrn = text(&run(&stage.folder, &arguments, &token));
        assert!(generator.patients().iter().any(|p| p.mrn == mrn), "v{version}: not a patient's");
        revealed[version - 1] += 1;
    }
    assert_eq!(revealed, [3, 3]);
}
