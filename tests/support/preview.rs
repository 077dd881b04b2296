//! `mentorpress serve` as a process of its own, and a browser's side of the connection without a browser.

use super::Site;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long anything may take on a busy machine before it has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A preview that runs; it ends with the test.
pub struct Preview {
    child: Child,
    pub port: u16,
    /// The path of the address that it printed.
    pub base: String,
    said: Arc<Mutex<String>>,
}

/// What a server sent.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    headers: String,
    pub body: String,
}

impl Answer {
    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let line = self.headers.lines().find_map(|line| {
            let (own, value) = line.split_once(':')?;
            own.eq_ignore_ascii_case(name).then_some(value)
        });
        line.unwrap_or_default().trim()
    }
}

impl Preview {
    /// Starts a preview of a site on any free port, and waits until it says where it is.
    #[track_caller]
    pub fn of(site: &Site, arguments: &[&str]) -> Preview {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mentorpress"))
            .args(["serve", "--port", "0", "--date", super::TODAY])
            .args(arguments)
            .current_dir(site.root())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let said = Arc::new(Mutex::new(String::new()));
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().expect("piped")), Box::new(child.stderr.take().expect("piped"))];
        for stream in streams {
            let said = Arc::clone(&said);
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines() {
                    let Ok(line) = line else { break };
                    _ = writeln!(said.lock().expect("lock"), "{line}");
                }
            });
        }
        let mut preview = Preview { child, port: 0, base: String::new(), said };
        let said = preview.until_said("The preview is at ");
        let address = said.split_once("http://127.0.0.1:").expect("an address").1;
        let (port, rest) = address.split_once('/').expect("a path");
        preview.port = port.parse().expect("a port");
        preview.base = format!("/{}", rest.split(' ').next().unwrap_or_default());
        preview
    }

    /// Everything that was printed so far, of both streams.
    pub fn said(&self) -> String {
        self.said.lock().expect("lock").clone()
    }

    /// Waits for words on the terminal; returns all that was said.
    #[track_caller]
    pub fn until_said(&self, words: &str) -> String {
        let start = Instant::now();
        loop {
            let said = self.said();
            if said.contains(words) {
                return said;
            }
            assert!(start.elapsed() < PATIENCE, "no `{words}` in\n{said}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// How many builds have come to an end.
    pub fn builds(&self) -> usize {
        self.said()
            .lines()
            .filter(|line| line.contains(", built in ") || line.contains(" warnings: "))
            .count()
    }

    /// Sends what is given and returns the answer.
    #[track_caller]
    pub fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (headers, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = headers.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Answer { status, headers: headers.to_owned(), body: body.to_owned() }
    }

    #[track_caller]
    pub fn ask(&self, method: &str, path: &str) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        self.send(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path)
    }

    /// Asks until a page holds some words.
    #[track_caller]
    pub fn until(&self, path: &str, is_so: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if is_so(&answer) {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "{path} is still {answer:?}\n{}", self.said());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[track_caller]
    pub fn until_text(&self, path: &str, words: &str) -> Answer {
        self.until(path, |answer| answer.status == 200 && answer.body.contains(words))
    }

    /// Listens as an open page does.
    #[track_caller]
    pub fn listen(&self, path: &str) -> Events {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        let host = format!("127.0.0.1:{}", self.port);
        let request = format!("GET /.mentorpress/events{path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        Events(BufReader::new(stream))
    }

    /// Asks the process to end as the terminal does, and returns its exit code.
    #[cfg(unix)]
    pub fn interrupt(mut self, signal: &str) -> Option<i32> {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill");
        assert!(sent.success());
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a process") {
                return status.code();
            }
            assert!(start.elapsed() < PATIENCE, "it goes on");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What an open page is told.
pub struct Events(BufReader<TcpStream>);

impl Events {
    /// The next that it is told.
    #[track_caller]
    pub fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("a line in time") > 0, "the stream has ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("JSON");
            }
        }
    }

    /// The first that is so.
    #[track_caller]
    pub fn until(&mut self, is_so: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let event = self.next();
            if is_so(&event) {
                return event;
            }
            assert!(start.elapsed() < PATIENCE, "still {event}");
        }
    }
}
