//! A store of subjects in PostgreSQL, for many processes: whoever comes first with a person's secret
//! wins, and everyone gets that one. The server sees keyed hashes and sealed bytes.
//!
//! Three tables: `weir_store` (one row: the store's own keys, wrapped), `weir_subjects` (secrets and
//! codes) and `weir_owners` (whose a code is).

use super::file::check_private;
use super::ring::Keyring;
use super::subjects::{Head, Id, Link, New, Row, Rows, StoreKeys};
use crate::limits::{SUBJECTS_CALL_MILLIS_MAX, SUBJECTS_SCRUB_MILLIS_MAX};
use crate::phi::Code;
use openssl::ssl::{SslConnector, SslMethod};
use openssl::x509::store::X509StoreBuilder;
use postgres_openssl::MakeTlsConnector;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, Error, IsolationLevel, Transaction};

const CALL: Duration = Duration::from_millis(SUBJECTS_CALL_MILLIS_MAX);
/// To tell a server that its answer is not waited for any more.
const CANCEL: Duration = Duration::from_millis(1_000);

/// Held shared while rows are added and alone while one is shredded, to the transaction's end: no
/// code of a person gets in beside their shredding. The number is `weir` in ASCII.
const GATE: i64 = 0x7765_6972;
const GATE_SHARED: &str = "SELECT pg_advisory_xact_lock_shared($1)";
const GATE_ALONE: &str = "SELECT pg_advisory_xact_lock($1)";

/// A transaction behind the gate. What it sees is what was there when it asks, whatever the server's
/// default is: a look from before the gate opened would miss a shredding.
async fn gated<'a>(client: &'a mut Client, gate: &str) -> Result<Transaction<'a>, Error> {
    let level = IsolationLevel::ReadCommitted;
    let transaction = client.build_transaction().isolation_level(level).start().await?;
    transaction.execute(gate, &[&GATE]).await?;
    Ok(transaction)
}

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS weir_store (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        format integer NOT NULL, tenant text NOT NULL,
        version integer NOT NULL, wrapped text NOT NULL);
    CREATE TABLE IF NOT EXISTS weir_subjects (
        id bytea PRIMARY KEY, back bytea UNIQUE, sealed bytea, shredded text,
        CHECK ((sealed IS NULL) <> (shredded IS NULL)));
    CREATE TABLE IF NOT EXISTS weir_owners (
        code bytea, owner bytea, PRIMARY KEY (code, owner));
    CREATE INDEX IF NOT EXISTS weir_owners_owner ON weir_owners (owner);";

/// A secret that was given must outlive a crash of the server, whatever its default is.
const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') IN ('off', 'local')";

/// Rows in PostgreSQL.
pub(super) struct PgRows {
    config: Config,
    tls: Option<MakeTlsConnector>,
    link: Mutex<Wire>,
}

struct Wire {
    runtime: Runtime,
    /// `None` before the first call, and after one that failed.
    client: Option<Client>,
}

impl PgRows {
    /// `postgres://USER@HOST[:PORT]/DATABASE?password-source=FILE&ca=FILE`, or `?socket=FOLDER`
    /// without a host. Plain text goes to this machine only.
    pub(super) fn open(
        place: &str,
        keyring: &Keyring,
        make: bool,
    ) -> Result<(StoreKeys, PgRows), Code> {
        let (config, tls) = read(place)?;
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(|_| Code::Internal)?;
        let link = Mutex::new(Wire { runtime, client: None });
        let rows = PgRows { config, tls, link };
        let keys = rows.keys(keyring, make)?;
        Ok((keys, rows))
    }

    /// The store's own keys; its tables and keys are made where there are none and `make` says so.
    fn keys(&self, keyring: &Keyring, make: bool) -> Result<StoreKeys, Code> {
        let proposed = StoreKeys::new()?.head(keyring)?;
        let head = self.call(async |client| {
            let there = "SELECT to_regclass('weir_store') IS NOT NULL";
            if !client.query_one(there, &[]).await?.get::<_, bool>(0) {
                if !make {
                    return Ok(None);
                }
                let transaction = gated(client, GATE_ALONE).await?;
                transaction.batch_execute(TABLES).await?;
                transaction.commit().await?;
            }
            // Rows whose keys are gone are never taken for an empty store.
            let insert = "INSERT INTO weir_store (format, tenant, version, wrapped)
                SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT FROM weir_subjects)
                ON CONFLICT DO NOTHING";
            let Head { format, tenant, version, wrapped } = &proposed;
            let (format, version) = (*format as i32, *version as i32);
            if make {
                client.execute(insert, &[&format, tenant, &version, wrapped]).await?;
            }
            let select = "SELECT format, tenant, version, wrapped FROM weir_store";
            let Some(row) = client.query_opt(select, &[]).await? else {
                let any = "SELECT EXISTS (SELECT FROM weir_subjects)";
                let any = client.query_one(any, &[]).await?.get::<_, bool>(0);
                return Ok(any.then_some(Err(Code::SubjectsBroken)));
            };
            Ok(Some(Ok(Head {
                format: row.get::<_, i32>(0) as u32,
                tenant: row.get(1),
                version: row.get::<_, i32>(2) as u32,
                wrapped: row.get(3),
            })))
        })?;
        let head = head.ok_or(Code::SubjectsMissing)??;
        let keys = StoreKeys::of_head(&head, keyring)?;
        if keyring.version() > head.version {
            let new = keys.head(keyring)?;
            let update = "UPDATE weir_store SET version = $1, wrapped = $2 WHERE version = $3";
            let (to, from) = (new.version as i32, head.version as i32);
            self.call(async |client| client.execute(update, &[&to, &new.wrapped, &from]).await)?;
        }
        Ok(keys)
    }

    /// One call, connecting included, inside its deadline. A connection that went away in between is
    /// made anew, once: every call here can be made twice.
    fn call<T>(&self, work: impl AsyncFn(&mut Client) -> Result<T, Error>) -> Result<T, Code> {
        self.call_within(CALL, work)
    }

    fn call_within<T>(
        &self,
        deadline: Duration,
        work: impl AsyncFn(&mut Client) -> Result<T, Error>,
    ) -> Result<T, Code> {
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        let Wire { runtime, client } = &mut *link;
        runtime.block_on(async {
            for _ in 0..2 {
                let mut held = match client.take() {
                    Some(client) if !client.is_closed() => client,
                    _ => self.connect().await?,
                };
                match tokio::time::timeout(deadline, work(&mut held)).await {
                    Ok(Ok(done)) => {
                        *client = Some(held);
                        return Ok(done);
                    }
                    Ok(Err(error)) if passes(&error) => {}
                    Ok(Err(error)) => return Err(code(&error)),
                    // After a deadline nobody knows what the connection is in the middle of: the server
                    // is told to leave it, and the connection goes.
                    Err(_) => {
                        let _ = tokio::time::timeout(CANCEL, self.cancel(&held)).await;
                        break;
                    }
                }
            }
            Err(Code::SubjectsUnreachable)
        })
    }

    async fn cancel(&self, client: &Client) {
        let token = client.cancel_token();
        let _ = match &self.tls {
            Some(tls) => token.cancel_query(tls.clone()).await,
            None => token.cancel_query(tokio_postgres::NoTls).await,
        };
    }

    async fn connect(&self) -> Result<Client, Code> {
        let connecting = async {
            let client = match &self.tls {
                Some(tls) => {
                    let (client, connection) = self.config.connect(tls.clone()).await?;
                    tokio::spawn(connection);
                    client
                }
                None => {
                    let (client, connection) = self.config.connect(tokio_postgres::NoTls).await?;
                    tokio::spawn(connection);
                    client
                }
            };
            client.query(DURABLE, &[]).await?;
            Ok::<_, Error>(client)
        };
        match tokio::time::timeout(CALL, connecting).await {
            Ok(connected) => connected.map_err(|error| code(&error)),
            Err(_) => Err(Code::SubjectsUnreachable),
        }
    }
}

/// Whether the same call may go through on a new connection.
fn passes(error: &Error) -> bool {
    let again = [
        &SqlState::ADMIN_SHUTDOWN,
        &SqlState::CRASH_SHUTDOWN,
        &SqlState::T_R_DEADLOCK_DETECTED,
        &SqlState::T_R_SERIALIZATION_FAILURE,
    ];
    error.is_closed() || error.code().is_some_and(|code| again.contains(&code))
}

/// An error of the server's own is a refusal. Its text may quote what it was given: a code is enough.
fn code(error: &Error) -> Code {
    match error.as_db_error() {
        Some(_) => Code::SubjectsRefused,
        None => Code::SubjectsUnreachable,
    }
}

fn read(place: &str) -> Result<(Config, Option<MakeTlsConnector>), Code> {
    let wrong = Code::SubjectsPlace;
    let (_, rest) = place.split_once("://").ok_or(wrong)?;
    let (rest, options) = rest.split_once('?').unwrap_or((rest, ""));
    let (user, rest) = rest.split_once('@').ok_or(wrong)?;
    let (host, database) = rest.split_once('/').ok_or(wrong)?;
    // A password in here would be seen by every process of the machine.
    if user.is_empty() || user.contains(':') || database.is_empty() {
        return Err(wrong);
    }
    let mut config = Config::new();
    config.user(user).dbname(database).application_name("weir").connect_timeout(CALL);
    // A way that drops quiet connections is kept open, and one that went dark is noticed.
    config.keepalives_idle(Duration::from_secs(60)).tcp_user_timeout(CALL);
    let (mut ca, mut socket) = (None, None);
    for option in options.split('&').filter(|option| !option.is_empty()) {
        match option.split_once('=').ok_or(wrong)? {
            ("password-source", path) => {
                check_private(Path::new(path)).map_err(|_| wrong)?;
                let text = std::fs::read_to_string(path).map(zeroize::Zeroizing::new);
                let text = text.map_err(|_| wrong)?;
                config.password(text.lines().next().unwrap_or("").trim());
            }
            ("ca", path) => ca = Some(path),
            ("socket", folder) => socket = Some(folder),
            _ => return Err(wrong),
        }
    }
    if let Some(folder) = socket {
        config.host_path(folder);
        return if host.is_empty() { Ok((config, None)) } else { Err(wrong) };
    }
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port.parse().map_err(|_| wrong)?),
        _ => (host, 5432),
    };
    let name = name.trim_matches(['[', ']']);
    if name.is_empty() {
        return Err(wrong);
    }
    config.host(name).port(port);
    let here = name == "localhost"
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    if here && ca.is_none() {
        config.ssl_mode(SslMode::Disable);
        return Ok((config, None));
    }
    // The server's name and its certificate are checked.
    let mut tls = SslConnector::builder(SslMethod::tls_client()).map_err(|_| Code::Internal)?;
    if let Some(path) = ca {
        // This authority, and none of the system's.
        let none = X509StoreBuilder::new().map_err(|_| Code::Internal)?;
        tls.set_cert_store(none.build());
        tls.set_ca_file(path).map_err(|_| wrong)?;
    }
    config.ssl_mode(SslMode::Require);
    Ok((config, Some(MakeTlsConnector::new(tls.build()))))
}

fn id(bytes: &[u8]) -> Option<Id> {
    Id::try_from(bytes).ok()
}

fn columns(links: &[Link]) -> (Vec<&[u8]>, Vec<&[u8]>) {
    links.iter().map(|(code, owner)| (code.as_slice(), owner.as_slice())).unzip()
}

/// A row by its two columns.
fn row(sealed: Option<Vec<u8>>, shredded: Option<String>) -> Option<Row> {
    sealed.map(Row::Sealed).or(shredded.map(Row::Shredded))
}

impl Rows for PgRows {
    fn get(&self, ids: &[Id]) -> Result<HashMap<Id, Row>, Code> {
        let ids: Vec<_> = ids.iter().map(Id::as_slice).collect();
        let select = "SELECT id, sealed, shredded FROM weir_subjects WHERE id = ANY($1)";
        let rows = self.call(async |client| client.query(select, &[&ids]).await)?;
        let one = |found: &tokio_postgres::Row| {
            Some((id(found.get(0))?, row(found.get(1), found.get(2))?))
        };
        rows.iter().map(|found| one(found).ok_or(Code::SubjectsBroken)).collect()
    }

    fn linked(&self, links: &[Link]) -> Result<HashSet<Link>, Code> {
        if links.is_empty() {
            return Ok(HashSet::new());
        }
        let (codes, owners) = columns(links);
        let select = "SELECT code, owner FROM weir_owners
            JOIN unnest($1::bytea[], $2::bytea[]) AS wanted (code, owner) USING (code, owner)";
        let rows = self.call(async |client| client.query(select, &[&codes, &owners]).await)?;
        let one = |found: &tokio_postgres::Row| Some((id(found.get(0))?, id(found.get(1))?));
        rows.iter().map(|found| one(found).ok_or(Code::SubjectsBroken)).collect()
    }

    fn add(&self, new: &[New], links: &[Link]) -> Result<(), Code> {
        let ids: Vec<_> = new.iter().map(|new| new.id.as_slice()).collect();
        let owners: Vec<_> = new.iter().map(|new| new.owner.as_ref().map(Id::as_slice)).collect();
        let backs: Vec<_> = new.iter().map(|new| new.back.as_ref().map(Id::as_slice)).collect();
        let sealed: Vec<_> = new.iter().map(|new| new.sealed.as_slice()).collect();
        // In one order, or two processes could wait for each other's rows.
        let insert = "INSERT INTO weir_subjects (id, back, sealed)
            SELECT new.id, new.back, new.sealed
            FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[])
                AS new (id, owner, back, sealed)
            WHERE NOT EXISTS (SELECT FROM weir_subjects gone
                WHERE gone.id = new.owner AND gone.shredded IS NOT NULL)
            ORDER BY new.id ON CONFLICT DO NOTHING";
        let link = "INSERT INTO weir_owners (code, owner)
            SELECT new.code, new.owner FROM unnest($1::bytea[], $2::bytea[]) AS new (code, owner)
            WHERE NOT EXISTS (SELECT FROM weir_subjects gone
                WHERE gone.id = new.owner AND gone.shredded IS NOT NULL)
            ORDER BY new.code, new.owner ON CONFLICT DO NOTHING";
        let (codes, of) = columns(links);
        self.call(async |client| {
            let transaction = gated(client, GATE_SHARED).await?;
            transaction.execute(insert, &[&ids, &owners, &backs, &sealed]).await?;
            if !codes.is_empty() {
                transaction.execute(link, &[&codes, &of]).await?;
            }
            transaction.commit().await
        })
    }

    fn back(&self, backs: &[Id]) -> Result<HashMap<Id, (Id, Row)>, Code> {
        let backs: Vec<_> = backs.iter().map(Id::as_slice).collect();
        let select = "SELECT back, id, sealed, shredded FROM weir_subjects WHERE back = ANY($1)";
        let rows = self.call(async |client| client.query(select, &[&backs]).await)?;
        let one = |found: &tokio_postgres::Row| {
            let there = (id(found.get(1))?, row(found.get(2), found.get(3))?);
            Some((id(found.get(0))?, there))
        };
        rows.iter().map(|found| one(found).ok_or(Code::SubjectsBroken)).collect()
    }

    fn shred(&self, id: &Id, day: &str) -> Result<usize, Code> {
        let id = id.as_slice();
        let unlink = "DELETE FROM weir_owners WHERE owner = $1 RETURNING code";
        // What is nobody else's; it is found by its code from now on, and its value is free.
        let theirs = "UPDATE weir_subjects code SET id = back, sealed = NULL, shredded = $2
            WHERE id = ANY($1) AND sealed IS NOT NULL
                AND NOT EXISTS (SELECT FROM weir_owners other WHERE other.code = code.id)";
        let own = "INSERT INTO weir_subjects (id, shredded) VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET sealed = NULL, shredded = $2
            WHERE weir_subjects.shredded IS NULL";
        self.call(async |client| {
            let transaction = gated(client, GATE_ALONE).await?;
            let codes = transaction.query(unlink, &[&id]).await?;
            let codes: Vec<&[u8]> = codes.iter().map(|code| code.get(0)).collect();
            let went = transaction.execute(theirs, &[&codes, &day]).await?;
            transaction.execute(own, &[&id, &day]).await?;
            transaction.commit().await?;
            Ok(went as usize)
        })
    }

    fn owned(&self, id: &Id) -> Result<usize, Code> {
        let count = "SELECT count(*) FROM weir_owners WHERE owner = $1";
        let found = self.call(async |client| client.query_one(count, &[&id.as_slice()]).await)?;
        usize::try_from(found.get::<_, i64>(0)).map_err(|_| Code::SubjectsBroken)
    }

    /// PostgreSQL keeps the old row of an update in the table's file until the table is written anew.
    /// For whoever may not do that it does nothing, and says so to the log only: so the file is looked at.
    fn scrub(&self) -> Result<(), Code> {
        let deadline = Duration::from_millis(SUBJECTS_SCRUB_MILLIS_MAX);
        let file = "SELECT pg_relation_filenode('weir_subjects')";
        let written = self.call_within(deadline, async |client| {
            let before: Option<u32> = client.query_one(file, &[]).await?.get(0);
            // Records wait behind this: it does not wait long for others itself.
            client.batch_execute("SET lock_timeout = '5s'").await?;
            client.batch_execute("VACUUM (FULL) weir_subjects").await?;
            client.batch_execute("RESET lock_timeout").await?;
            Ok(before != client.query_one(file, &[]).await?.get(0))
        })?;
        if written { Ok(()) } else { Err(Code::SubjectsRefused) }
    }

    fn len(&self) -> Result<usize, Code> {
        let count = "SELECT count(*) FROM weir_subjects WHERE shredded IS NULL";
        let found = self.call(async |client| client.query_one(count, &[]).await)?;
        usize::try_from(found.get::<_, i64>(0)).map_err(|_| Code::SubjectsBroken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_no_password_and_no_plain_way_out() {
        for place in [
            "postgres://weir@127.0.0.1:5433/weir",
            "postgres://weir@[::1]/weir",
            "postgresql://weir@/weir?socket=/run/postgresql",
        ] {
            let (_, tls) = read(place).expect(place);
            assert!(tls.is_none(), "{place}");
        }
        let (config, tls) = read("postgres://weir@db.internal/weir").expect("a place");
        assert!(tls.is_some() && config.get_ssl_mode() == SslMode::Require);
        for place in [
            "postgres://weir:secret@127.0.0.1/weir",
            "postgres://127.0.0.1/weir",
            "postgres://weir@127.0.0.1",
            "postgres://weir@127.0.0.1/",
            "postgres://weir@/weir",
            "postgres://weir@db/weir?sslmode=disable",
            "postgres://weir@db/weir?ca=/nowhere.pem",
            "postgres://weir@db/weir?socket=/run/postgresql",
        ] {
            assert_eq!(read(place).err(), Some(Code::SubjectsPlace), "{place}");
        }
    }
}
