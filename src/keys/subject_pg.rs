//! A store of subjects in PostgreSQL, for many processes: whoever comes first with a person's secret
//! wins, and everyone gets that one. The server sees keyed hashes and sealed bytes.
//!
//! Two tables: `weir_store` (one row: the store's own keys, wrapped) and `weir_subjects`.

use super::file::check_private;
use super::ring::Keyring;
use super::subjects::{Head, Id, New, Row, Rows, StoreKeys};
use crate::limits::SUBJECTS_CALL_MILLIS_MAX;
use crate::phi::Code;
use openssl::ssl::{SslConnector, SslMethod};
use postgres_openssl::MakeTlsConnector;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, Error};

const CALL: Duration = Duration::from_millis(SUBJECTS_CALL_MILLIS_MAX);

/// Held shared while rows are added and alone while one is shredded, to the transaction's end: no
/// code of a person gets in beside their shredding. The number is `weir` in ASCII.
const GATE: i64 = 0x7765_6972;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS weir_store (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        format integer NOT NULL, tenant text NOT NULL,
        version integer NOT NULL, wrapped text NOT NULL);
    CREATE TABLE IF NOT EXISTS weir_subjects (
        id bytea PRIMARY KEY, owner bytea, back bytea UNIQUE, sealed bytea, shredded text,
        CHECK ((sealed IS NULL) <> (shredded IS NULL)));
    CREATE INDEX IF NOT EXISTS weir_subjects_owner ON weir_subjects (owner) WHERE owner IS NOT NULL;";

/// A secret that was given must outlive a crash of the server, whatever its default is.
const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') IN ('off', 'local')";

/// Rows in PostgreSQL.
pub(super) struct PgRows {
    config: Config,
    tls: Option<MakeTlsConnector>,
    link: Mutex<Link>,
}

struct Link {
    runtime: Runtime,
    /// `None` before the first call, and after one that failed.
    client: Option<Client>,
}

impl PgRows {
    /// `postgres://USER@HOST[:PORT]/DATABASE?password-source=FILE&ca=FILE`, or `?socket=FOLDER`
    /// without a host. Plain text goes to this machine only.
    pub(super) fn open(place: &str, keyring: &Keyring) -> Result<(StoreKeys, PgRows), Code> {
        let (config, tls) = read(place)?;
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(|_| Code::Internal)?;
        let link = Mutex::new(Link { runtime, client: None });
        let rows = PgRows { config, tls, link };
        let keys = rows.keys(keyring)?;
        Ok((keys, rows))
    }

    /// The store's own keys; its tables and keys are made where there are none.
    fn keys(&self, keyring: &Keyring) -> Result<StoreKeys, Code> {
        let proposed = StoreKeys::new()?.head(keyring)?;
        let head = self.call(async |client| {
            let there = "SELECT to_regclass('weir_store') IS NOT NULL";
            if !client.query_one(there, &[]).await?.get::<_, bool>(0) {
                let transaction = client.transaction().await?;
                transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&GATE]).await?;
                transaction.batch_execute(TABLES).await?;
                transaction.commit().await?;
            }
            let insert = "INSERT INTO weir_store (format, tenant, version, wrapped)
                VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
            let Head { format, tenant, version, wrapped } = &proposed;
            let (format, version) = (*format as i32, *version as i32);
            client.execute(insert, &[&format, tenant, &version, wrapped]).await?;
            let select = "SELECT format, tenant, version, wrapped FROM weir_store";
            let row = client.query_one(select, &[]).await?;
            Ok(Head {
                format: row.get::<_, i32>(0) as u32,
                tenant: row.get(1),
                version: row.get::<_, i32>(2) as u32,
                wrapped: row.get(3),
            })
        })?;
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
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        let Link { runtime, client } = &mut *link;
        runtime.block_on(async {
            for _ in 0..2 {
                let mut held = match client.take() {
                    Some(client) if !client.is_closed() => client,
                    _ => self.connect().await?,
                };
                match tokio::time::timeout(CALL, work(&mut held)).await {
                    Ok(Ok(done)) => {
                        *client = Some(held);
                        return Ok(done);
                    }
                    Ok(Err(error)) if passes(&error) => {}
                    Ok(Err(error)) => return Err(code(&error)),
                    // After a deadline nobody knows what the connection is in the middle of.
                    Err(_) => break,
                }
            }
            Err(Code::SubjectsUnreachable)
        })
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
    let (mut ca, mut socket) = (None, None);
    for option in options.split('&').filter(|option| !option.is_empty()) {
        match option.split_once('=').ok_or(wrong)? {
            ("password-source", path) => {
                check_private(Path::new(path))?;
                let text = std::fs::read_to_string(path).map(zeroize::Zeroizing::new);
                let text = text.map_err(|_| Code::KeyringUnreadable)?;
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
        tls.set_ca_file(path).map_err(|_| wrong)?;
    }
    config.ssl_mode(SslMode::Require);
    Ok((config, Some(MakeTlsConnector::new(tls.build()))))
}

fn id(bytes: &[u8]) -> Option<Id> {
    Id::try_from(bytes).ok()
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

    fn add(&self, new: &[New]) -> Result<(), Code> {
        let ids: Vec<_> = new.iter().map(|new| new.id.as_slice()).collect();
        let owners: Vec<_> = new.iter().map(|new| new.owner.as_ref().map(Id::as_slice)).collect();
        let backs: Vec<_> = new.iter().map(|new| new.back.as_ref().map(Id::as_slice)).collect();
        let sealed: Vec<_> = new.iter().map(|new| new.sealed.as_slice()).collect();
        // In one order, or two processes could wait for each other's rows.
        let insert = "INSERT INTO weir_subjects (id, owner, back, sealed)
            SELECT new.* FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[])
                AS new (id, owner, back, sealed)
            WHERE NOT EXISTS (SELECT FROM weir_subjects gone
                WHERE gone.id = new.owner AND gone.shredded IS NOT NULL)
            ORDER BY new.id ON CONFLICT DO NOTHING";
        self.call(async |client| {
            let transaction = client.transaction().await?;
            transaction.execute("SELECT pg_advisory_xact_lock_shared($1)", &[&GATE]).await?;
            transaction.execute(insert, &[&ids, &owners, &backs, &sealed]).await?;
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

    fn shred(&self, id: &Id, day: &str) -> Result<Option<Row>, Code> {
        let id = id.as_slice();
        let select = "SELECT sealed, shredded FROM weir_subjects WHERE id = $1";
        let theirs = "UPDATE weir_subjects SET sealed = NULL, shredded = $2
            WHERE owner = $1 AND shredded IS NULL";
        let own = "INSERT INTO weir_subjects (id, shredded) VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET sealed = NULL, shredded = $2";
        self.call(async |client| {
            let transaction = client.transaction().await?;
            transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&GATE]).await?;
            let before = transaction.query_opt(select, &[&id]).await?;
            let before = before.and_then(|found| row(found.get(0), found.get(1)));
            if !matches!(before, Some(Row::Shredded(_))) {
                transaction.execute(theirs, &[&id, &day]).await?;
                transaction.execute(own, &[&id, &day]).await?;
            }
            transaction.commit().await?;
            Ok(before)
        })
    }

    /// PostgreSQL keeps the old row of an update in the table's file until it is written anew.
    fn scrub(&self) -> Result<(), Code> {
        self.call(async |client| client.batch_execute("VACUUM (FULL) weir_subjects").await)
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
