//! Hosts for tests: a thread that answers as it is told, and nginx and Apache where they are installed.

#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What was asked: method, path with query, and headers with names in small letters.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: BTreeMap<String, String>,
    pub at: Instant,
}

/// Status, headers, body. A status of 0 is no answer at all.
pub type Reply = (u16, Vec<(&'static str, String)>, Vec<u8>);

/// A host on this machine that remembers what it was asked. It ends with the test.
pub struct Host {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Host {
    pub fn answering(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answer = Arc::new(answer);
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                std::thread::spawn(move || drop(serve(&stream, &*answer, &log)));
            }
        });
        Host { url, asked }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no panic").clone()
    }
}

fn serve(
    stream: &TcpStream,
    answer: &dyn Fn(&Asked) -> Reply,
    log: &Mutex<Vec<Asked>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    while let Some(first) = lines.next() {
        let first = first?;
        let mut words = first.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let mut headers = BTreeMap::new();
        for line in lines.by_ref() {
            let line = line?;
            let Some((name, value)) = line.split_once(": ") else { break };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        let asked = Asked { method: method.to_owned(), path: path.to_owned(), headers, at: Instant::now() };
        log.lock().expect("no panic").push(asked.clone());
        let (status, headers, body) = answer(&asked);
        if status == 0 {
            return Ok(());
        }
        let mut head = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\n", body.len());
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        let mut out = stream;
        out.write_all(format!("{head}\r\n").as_bytes())?;
        if asked.method != "HEAD" {
            out.write_all(&body)?;
        }
    }
    Ok(())
}

/// nginx or Apache, serving a folder as the program tells it to; stopped at the end.
pub struct Server {
    pub url: String,
    folder: PathBuf,
    process: Child,
}

impl Server {
    /// `None`, and a word about it, where nginx is not installed. `include` is what stands in the server block.
    pub fn nginx(root: &Path, include: &str) -> Option<Server> {
        let Some(program) = ["/usr/sbin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"]
            .into_iter()
            .find(|path| Path::new(path).exists())
        else {
            eprintln!("SKIPPED: nginx is not installed (on Debian: apt-get install nginx-light)");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let folder = root.parent().expect("a folder").join(format!("nginx-{port}"));
        fs::create_dir_all(&folder).expect("a folder for nginx");
        fs::write(folder.join("site.conf"), include).expect("written");
        let place = folder.display();
        let user = if cfg!(target_os = "linux") && is_root() { "user root;\n" } else { "" };
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {place}/{name};\n"))
            .concat();
        let types = [
            "/etc/nginx/mime.types",
            "/usr/local/etc/nginx/mime.types",
            "/opt/homebrew/etc/nginx/mime.types",
        ];
        let types =
            types.into_iter().find(|path| Path::new(path).exists()).expect("the types that nginx knows");
        let text = format!(
            "{user}daemon off;\nmaster_process off;\nworker_processes 1;\npid {place}/pid;\nerror_log {place}/error.log;\n\
             events {{}}\nhttp {{\ninclude {types};\naccess_log off;\n{temporary}\
             server {{\nlisten 127.0.0.1:{port};\nroot {};\ninclude {place}/site.conf;\n}}\n}}\n",
            root.display()
        );
        let config = folder.join("nginx.conf");
        fs::write(&config, text).expect("written");
        let mut command = Command::new(program);
        command.arg("-p").arg(&folder).arg("-c").arg(&config).arg("-e").arg(folder.join("error.log"));
        Some(Server::started(&mut command, folder, port))
    }

    /// Apache, which reads `.htaccess` in the folder. `None`, and a word about it, where it is not installed.
    pub fn apache(root: &Path) -> Option<Server> {
        let (program, modules) = (Path::new("/usr/sbin/apache2"), Path::new("/usr/lib/apache2/modules"));
        if !program.exists() || !modules.exists() {
            eprintln!("SKIPPED: Apache is not installed (on Debian: apt-get install apache2-bin)");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let folder = root.parent().expect("a folder").join(format!("apache-{port}"));
        fs::create_dir_all(&folder).expect("a folder for Apache");
        let types = folder.join("types");
        fs::write(
            &types,
            "text/html html\ntext/css css\ntext/javascript js\napplication/xml xml\ntext/csv csv\n",
        )
        .expect("written");
        let modules: String = ["mpm_event", "authz_core", "mime", "dir", "headers", "alias"]
            .map(|name| format!("LoadModule {name}_module {}/mod_{name}.so\n", modules.display()))
            .concat();
        // As root it would go on as somebody who may not read the folder of a test.
        let user = if is_root() { "User www-data\nGroup www-data\n" } else { "" };
        let (place, root) = (folder.display(), root.display());
        let text = format!(
            "ServerRoot {place}\nPidFile {place}/pid\nServerName localhost\nListen 127.0.0.1:{port}\n\
             ErrorLog {place}/error.log\n{modules}{user}TypesConfig {place}/types\nDocumentRoot {root}\n\
             <Directory {root}>\nAllowOverride FileInfo Indexes\nRequire all granted\n</Directory>\n"
        );
        let config = folder.join("httpd.conf");
        fs::write(&config, text).expect("written");
        let mut command = Command::new(program);
        command.arg("-DFOREGROUND").arg("-f").arg(&config);
        Some(Server::started(&mut command, folder, port))
    }

    fn started(command: &mut Command, folder: PathBuf, port: u16) -> Server {
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the server starts");
        let server = Server { url: format!("http://127.0.0.1:{port}/"), folder, process };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let error = || fs::read_to_string(server.folder.join("error.log")).unwrap_or_default();
            assert!(begun.elapsed() < Duration::from_secs(20), "the server does not start: {}", error());
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// What `curl -i` would show: status, headers with names in small letters, body.
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> (u16, BTreeMap<String, String>, Vec<u8>) {
        use std::io::Read;
        let host = self.url.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(host).expect("the server answers");
        let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        stream
            .write_all(
                format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n").as_bytes(),
            )
            .expect("asked");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("answered");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            let values = headers.entry(name.to_lowercase()).or_default();
            if !values.is_empty() {
                values.push_str(" AND ");
            }
            values.push_str(value);
        }
        (status, headers, bytes[end + 4..].to_vec())
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

impl Drop for Server {
    fn drop(&mut self) {
        // Apache has processes of its own, which end when they are asked to and not when the first is killed.
        drop(Command::new("kill").arg(self.process.id().to_string()).status());
        drop(self.process.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}
