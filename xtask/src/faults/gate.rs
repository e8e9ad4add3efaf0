//! A gate before a key server: lets calls through, or holds them up, refuses them, answers them itself.
//! And one HTTP request by hand: the bench has no client of its own.

use std::io::{Read, Write, copy};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// On to the server at this port.
    Through(u16),
    /// The same, after so long.
    Slow(u16, Duration),
    /// The connection is cut at once.
    Down,
    /// It is taken, and there is no answer.
    Silent,
    /// What KMS says of a key that was disabled. (moto opens what such a key has wrapped.)
    Revoked,
}

const REVOKED: &str = "{\"__type\":\"DisabledException\"}";
/// A silent connection is let go after this time; callers have given up before.
const SILENCE: Duration = Duration::from_secs(60);

/// The gate; it takes no more calls once this value is gone.
pub(crate) struct Gate {
    pub(crate) port: u16,
    way: Arc<Mutex<Way>>,
    over: Arc<AtomicBool>,
}

impl Gate {
    pub(crate) fn open(way: Way) -> Result<Gate, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
        let port = listener.local_addr().map_err(|e| e.to_string())?.port();
        let (way, over) = (Arc::new(Mutex::new(way)), Arc::<AtomicBool>::default());
        let (shared, end) = (Arc::clone(&way), Arc::clone(&over));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(way) = shared.lock().map(|way| *way) else { return };
                std::thread::spawn(move || pass(stream, way));
            }
        });
        Ok(Gate { port, way, over })
    }

    pub(crate) fn set(&self, way: Way) {
        if let Ok(mut now) = self.way.lock() {
            *now = way;
        }
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // The listener looks when somebody comes.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

/// A failed copy is a connection that ended: nobody is to be told.
fn pass(mut client: TcpStream, way: Way) {
    match way {
        Way::Down => {}
        Way::Silent => std::thread::sleep(SILENCE),
        Way::Revoked => {
            let _ = client.set_read_timeout(Some(Duration::from_millis(500)));
            // A connection that is closed with bytes unread is reset, and the answer is lost.
            while client.read(&mut [0; 4096]).is_ok_and(|n| n > 0) {}
            let length = REVOKED.len();
            let head = format!("HTTP/1.1 400 Bad Request\r\nContent-Length: {length}\r\n");
            let _ = write!(client, "{head}Connection: close\r\n\r\n{REVOKED}");
        }
        Way::Through(port) => join(client, port),
        Way::Slow(port, time) => {
            std::thread::sleep(time);
            join(client, port);
        }
    }
}

fn join(mut client: TcpStream, port: u16) {
    let Ok(mut server) = TcpStream::connect(("127.0.0.1", port)) else { return };
    let (Ok(mut from), Ok(mut to)) = (client.try_clone(), server.try_clone()) else { return };
    let up = std::thread::spawn(move || {
        let _ = copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
    let _ = copy(&mut server, &mut client);
    let _ = client.shutdown(Shutdown::Both);
    let _ = up.join();
}

/// Sends an HTTP request that asks to close, and gives all of the answer.
pub(super) fn ask(address: &str, request: &str) -> Result<Vec<u8>, String> {
    let mut stream = TcpStream::connect(address).map_err(|e| e.to_string())?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).map_err(|e| e.to_string())?;
    // A server that has read enough may close before all was written; its answer is what counts.
    let _ = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_does_what_it_is_told() {
        let server = TcpListener::bind("127.0.0.1:0").expect("binds");
        let port = server.local_addr().expect("an address").port();
        std::thread::spawn(move || {
            for mut stream in server.incoming().flatten() {
                let _ = stream.write_all(b"hello");
            }
        });
        let gate = Gate::open(Way::Through(port)).expect("opens");
        let ask = || {
            let mut stream = TcpStream::connect(("127.0.0.1", gate.port)).expect("connects");
            stream.set_read_timeout(Some(Duration::from_secs(5))).expect("sets");
            let mut answer = String::new();
            let _ = stream.read_to_string(&mut answer);
            answer
        };
        assert_eq!(ask(), "hello");
        gate.set(Way::Down);
        assert_eq!(ask(), "");
        gate.set(Way::Revoked);
        assert!(ask().ends_with(REVOKED), "says that the key is disabled");
        gate.set(Way::Slow(port, Duration::from_millis(1)));
        assert_eq!(ask(), "hello");
    }
}
