//! A KEK in AWS KMS. Tenant and version are the encryption context, so that CloudTrail names them
//! and a root opens for them only.

use super::{Binding, Kek, KekName, Root, check_address, root_of};
use crate::phi::Code;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::http::HttpResponse;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use aws_sdk_kms::config::{BehaviorVersion, Region};
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_kms::primitives::Blob;
use std::collections::HashMap;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use zeroize::Zeroizing;

/// One call with its retries, in seconds.
const CALL_SECONDS_MAX: u64 = 15;

struct Aws {
    runtime: Runtime,
    client: Client,
    key: String,
}

/// `aws-kms:KEY?region=...&endpoint=...`; KEY is an id, an ARN or `alias/...`.
pub(super) fn open(name: &KekName) -> Result<Box<dyn Kek>, Code> {
    name.only(&["region", "endpoint"])?;
    let runtime = Builder::new_current_thread().enable_all().build().map_err(|_| Code::Internal)?;
    let timeouts =
        TimeoutConfig::builder().operation_timeout(Duration::from_secs(CALL_SECONDS_MAX)).build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest()).timeout_config(timeouts);
    if let Some(region) = name.option("region") {
        loader = loader.region(Region::new(region.to_string()));
    }
    if let Some(endpoint) = name.option("endpoint") {
        loader = loader.endpoint_url(endpoint);
    }
    let config = runtime.block_on(loader.load());
    // Ours, or the environment's: the root goes there as it is.
    if let Some(endpoint) = config.endpoint_url() {
        let (scheme, rest) = endpoint.split_once("://").ok_or(Code::KekUnknown)?;
        check_address(scheme, rest.split('/').next().unwrap_or(""))?;
    }
    let client = Client::new(&config);
    Ok(Box::new(Aws { runtime, client, key: name.place.clone() }))
}

fn context(binding: &Binding<'_>) -> HashMap<String, String> {
    let pairs = [
        ("weir-format", "2".to_string()),
        ("weir-tenant", binding.tenant.to_string()),
        ("weir-version", binding.version.to_string()),
    ];
    pairs.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// An answer of the service is a refusal, unless it says that the service cannot answer now;
/// anything else, that there was none.
fn code<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Code {
    let SdkError::ServiceError(answer) = error else {
        return Code::KekUnreachable;
    };
    let status = answer.raw().status().as_u16();
    let name = answer.err().code().unwrap_or("");
    // Throttling comes with status 400; KMS's internal errors and time-outs with 5xx.
    let busy = ["Throttl", "LimitExceeded", "TooManyRequests", "RequestTimeout"];
    match status == 429 || status >= 500 || busy.iter().any(|word| name.contains(word)) {
        true => Code::KekUnreachable,
        false => Code::KekRefused,
    }
}

impl Kek for Aws {
    fn wrap(&self, root: &Root, binding: &Binding<'_>) -> Result<Vec<u8>, Code> {
        let call = self
            .client
            .encrypt()
            .key_id(&self.key)
            .plaintext(Blob::new(root.as_slice()))
            .set_encryption_context(Some(context(binding)));
        let sealed = self.runtime.block_on(call.send()).map_err(|error| code(&error))?;
        sealed.ciphertext_blob.map(Blob::into_inner).ok_or(Code::KekRefused)
    }

    fn unwrap(&self, wrapped: &[u8], binding: &Binding<'_>) -> Result<Root, Code> {
        let call = self
            .client
            .decrypt()
            .key_id(&self.key)
            .ciphertext_blob(Blob::new(wrapped))
            .set_encryption_context(Some(context(binding)));
        let opened = self.runtime.block_on(call.send()).map_err(|error| code(&error))?;
        root_of(&Zeroizing::new(opened.plaintext.map(Blob::into_inner).ok_or(Code::KekRefused)?))
    }
}
