//! What one transaction of a worker carries: clean records and quarantine, their manifest, where they lie by then,
//! state and events.

use super::{FATAL, Ready, UNKNOWN, Worker};
use crate::clean::{Cleaned, Disposition};
use crate::failpoint;
use crate::limits;
use crate::lineage::{self, TrailHead, TrailRows};
use crate::phi::Code;
use crate::policy::{Delivery, Sink, Timestamp};
use crate::proof::Layout;
use crate::stream::clock::{millis, now};
use crate::stream::machine::{Failure, Load};
use crate::stream::outlet::{CALL, Outlet, Trouble, to};
use crate::stream::prove::{Link, Prover, Written, value_of};
use crate::stream::records::{
    Origin, clean_headers, owned, quarantine_entry, quarantine_parts, timestamp,
};
use crate::stream::state::proof_key;
use crate::stream::telemetry::{Event, tell};
use crate::stream::{Fault, canary, trail};
use std::time::Instant;

impl Worker<'_> {
    /// Hands over everything that the transaction carries, and waits until it has arrived.
    pub(super) fn produce(&mut self, load: Load) -> Result<(), Trouble> {
        let _guard = self.watchdog.watch("produce");
        let open = self.open.as_ref().ok_or(UNKNOWN)?;
        let outlet = self.outlet.as_ref().ok_or(UNKNOWN)?;
        let deadline = open.began + CALL;
        let mut written = None;
        if let Some(ready) = &open.ready {
            written = self.produce_records(outlet, ready, deadline)?;
        }
        let link = self.prove(outlet, load, written, deadline)?;
        for (key, value) in &open.extra.state {
            let mut record = to(&self.job.topics.state).key(key.as_bytes());
            if let Some(value) = value {
                record = record.payload(value.as_bytes());
            }
            outlet.send(record, deadline)?;
        }
        if let Some(topic) = &self.job.topics.lineage {
            let key = lineage::key(self.job.pipeline);
            for event in &open.extra.events {
                let record = to(topic).key(key.as_bytes()).payload(event.as_bytes());
                outlet.send(record, deadline)?;
            }
        }
        outlet.delivered(deadline)?;
        if let (Some(topic), Some(ready)) = (&self.job.topics.trail, &open.ready) {
            self.lay_trail(outlet, topic, ready, deadline)?;
            outlet.delivered(deadline)?;
        }
        failpoint::pass("delivered");
        if let Some(open) = &mut self.open {
            open.link = link;
            // Without transactions what has arrived stands.
            open.is_committing = self.job.pipeline.delivery == Delivery::AtLeastOnce;
        }
        Ok(())
    }

    /// The manifest of a batch; at the end of a run, its last one; and at the start, that of a run that
    /// was found dead. Gives how far the chain of this run is with it.
    fn prove(
        &self,
        outlet: &Outlet,
        load: Load,
        written: Option<Written>,
        deadline: Instant,
    ) -> Result<Link, Trouble> {
        let job = self.job;
        let (Some(topic), Some(signer)) = (&job.topics.proof, job.signer) else {
            return Ok(self.link.clone());
        };
        let (pipeline, sealer, keys) = (job.pipeline, job.sealer, job.keys.version());
        let (clean, worker) = (&job.topics.clean, &job.transactional_id);
        let layout = Layout::Topic;
        let prover = Prover { signer, sealer, pipeline, layout, topic: clean, worker, keys };
        // A run that was found dead, whose chain is this one's.
        let dead = self.before.as_ref().and_then(|state| {
            let run = state.run.as_ref().filter(|run| !run.closed)?;
            state.proof.as_ref().filter(|link| link.run == run.run && &link.topic == topic)
        });
        let of = match load {
            Load::Opening => dead,
            Load::Window => None,
            Load::Batch | Load::Closing(_) => Some(&self.link),
        };
        let Some(of) = of else { return Ok(self.link.clone()) };
        let (envelope, link) =
            prover.manifest(of, written, &now()).map_err(|code| Trouble::Ends(Fault::new(code)))?;
        let link = Link { run: self.run.run.clone(), ..link };
        let record = to(topic).key(of.chain.as_bytes());
        outlet.send(record.payload(envelope.as_bytes()), deadline)?;
        let json = serde_json::to_string(&link);
        let json = json.map_err(|_| Trouble::Ends(Fault::new(Code::Internal)))?;
        let key = proof_key(&job.transactional_id);
        let record = to(&job.topics.state).key(key.as_bytes());
        outlet.send(record.payload(json.as_bytes()), deadline)?;
        Ok(link)
    }

    /// Says whose each clean record of a batch is and where it lies by now, in its transaction.
    fn lay_trail(
        &self,
        outlet: &Outlet,
        topic: &str,
        ready: &Ready,
        deadline: Instant,
    ) -> Result<(), Trouble> {
        let job = self.job;
        let Ready { cleaned, origins, .. } = ready;
        let places = outlet.places()?;
        let head = TrailHead {
            pipeline: job.pipeline.name.clone(),
            topic: job.topics.clean.clone(),
            policy: self.policy.clone(),
            keys: job.keys.version(),
            check: trail::check(&job.keys, &job.pipeline.plan),
            run: self.run.run.clone(),
            at: now(),
        };
        let most = job.topics.trail_bytes.saturating_sub(limits::RECORD_OVERHEAD_BYTES);
        let (mut rows, mut entries) = (TrailRows::default(), Vec::new());
        let broken = |code| Trouble::Ends(Fault::new(code));
        for (record, offset) in places {
            let (whose, chunks) = (cleaned.pseudonyms(record), cleaned.chunks(record));
            let place = (origins[record].partition, offset, cleaned.key(record));
            let full = |rows: TrailRows| {
                entries.push(rows.entry(&head)?);
                Ok(())
            };
            rows.add(place, whose, chunks, most, full).map_err(broken)?;
        }
        if !rows.is_empty() {
            entries.push(rows.entry(&head).map_err(broken)?);
        }
        for entry in &entries {
            let record = to(topic).key(job.transactional_id.as_bytes()).payload(&entry[..]);
            outlet.send(record, deadline)?;
        }
        Ok(())
    }

    /// Sends a batch's records; gives what its manifest says of them, where there is to be one.
    fn produce_records(
        &self,
        outlet: &Outlet,
        ready: &Ready,
        deadline: Instant,
    ) -> Result<Option<Written>, Trouble> {
        let job = self.job;
        let Ready { cleaned, origins, echoes, .. } = ready;
        let Sink::Topic { headers: allowed, timestamp: rule, .. } = &job.pipeline.sink else {
            return Err(Trouble::Failure(Failure::Fatal));
        };
        let (keys, now) = (format!("v{}", job.keys.version()), millis());
        let mut written = job.topics.proof.as_ref().map(|_| {
            let fates = origins.iter().zip(self.fates(ready));
            let clean = fates.filter(|(origin, fate)| {
                origin.canary.is_none() && !matches!(fate, Disposition::Refused(_))
            });
            let echoes = echoes.iter().map(|echo| origins[echo.record].partition);
            let all: Vec<_> = clean.map(|(origin, _)| origin.partition).chain(echoes).collect();
            Written::of(job.pipeline.plan.basis, all.into_iter())
        });
        for (record, origin) in origins.iter().enumerate() {
            if record == origins.len() / 2 {
                failpoint::pass("mid_produce");
            }
            let pointer = origin.pointer(job.topics);
            let lane = job.topics.lane(origin);
            if let Disposition::Refused(code) = self.fate(cleaned, record, origin) {
                tell(Event::Refused(code, origin, job.topics));
                let mut entry = quarantine_entry(
                    job.sealer,
                    cleaned,
                    record,
                    code,
                    &pointer,
                    &self.policy,
                    Some(origin),
                )
                .map_err(|_| Trouble::Failure(Failure::Fatal))?;
                entry.headers = canary::named(entry.headers, origin, job.topics);
                for part in quarantine_parts(entry, lane.quarantine_bytes) {
                    let quarantine = to(lane.quarantine)
                        .partition(origin.partition)
                        .payload(&part.payload)
                        .headers(part.headers);
                    outlet.send(quarantine, deadline)?;
                }
                continue;
            }
            let context = self.traces.carry(record, origin);
            let mut headers =
                clean_headers(&job.pipeline.plan, &self.policy, &keys, &pointer, allowed, origin);
            headers.extend(context.as_ref().map(|(name, value)| (*name, Some(value.as_bytes()))));
            let value = value_of(cleaned, record, origin.prefix.as_deref());
            let (place, key) = ((lane.clean, origin.partition), cleaned.key(record));
            let headers = match (&mut written, &origin.canary) {
                (Some(written), None) => {
                    let both = (key, value.as_deref());
                    written.add(place, both, headers, &pointer).ok_or(FATAL)?
                }
                _ => canary::named(owned(&headers), origin, job.topics),
            };
            let mut clean = to(lane.clean).partition(origin.partition).headers(headers);
            clean.key = key;
            clean.payload = value.as_deref();
            // When a canary came out is what its planter wants to know.
            let rule = if origin.canary.is_some() { Timestamp::Append } else { *rule };
            clean.timestamp = timestamp(rule, origin, now);
            if has_trail(cleaned, record, origin) && job.topics.trail.is_some() {
                outlet.send_numbered(clean, record, deadline)?;
            } else {
                outlet.send(clean, deadline)?;
            }
        }
        for echo in echoes {
            let origin = &origins[echo.record];
            let (pointer, version) = (origin.pointer(job.topics), format!("v{}", echo.version));
            let plan = &job.pipeline.plan;
            let headers = clean_headers(plan, &self.policy, &version, &pointer, allowed, origin);
            let place = (&*job.topics.clean, origin.partition);
            let headers = match &mut written {
                Some(written) => {
                    written.add(place, (Some(&echo.key), None), headers, &pointer).ok_or(FATAL)?
                }
                None => owned(&headers),
            };
            let mut tombstone = to(&job.topics.clean)
                .partition(origin.partition)
                .headers(headers)
                .key(&echo.key[..]);
            tombstone.timestamp = timestamp(*rule, origin, now);
            outlet.send(tombstone, deadline)?;
        }
        Ok(written)
    }
}

/// Whether a clean record is to be found again: it has a body, and is of somebody who may be real.
fn has_trail(cleaned: &Cleaned, record: usize, origin: &Origin) -> bool {
    origin.canary.is_none() && cleaned.disposition(record) == Disposition::Clean
}
