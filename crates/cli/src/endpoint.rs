//! One question to a language model on this machine or this network, over plain HTTP.
//!
//! In: an address given on the command line, a request body. Out: the body of the answer. What always holds: nothing is sent unless an
//! address was given, and only to a loopback or private one; no redirect is followed and no proxy asked; one deadline holds for the whole
//! exchange; an answer that is too large or shorter than it says is refused whole.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

/// The largest answer taken, in bytes, with its head.
const LARGEST: usize = 4 << 20;

/// A server that speaks as OpenAI's does.
pub(crate) struct Endpoint {
    host: String,
    path: String,
    addresses: Vec<SocketAddr>,
    patience: Duration,
}

impl Endpoint {
    /// Reads an address: `http://host:port/v1`.
    pub(crate) fn parse(url: &str, patience: Duration) -> Result<Endpoint, String> {
        let bad = |what: String| {
            format!(
                "error[bad-endpoint]: `{url}`: {what}\n  help: expected http://HOST:PORT/v1 on this machine or this network"
            )
        };
        if url.starts_with("https://") {
            return Err(bad("https is not spoken here; run the model on this machine or network, or put a local proxy that speaks TLS before it".to_owned()));
        }
        let rest =
            url.strip_prefix("http://").ok_or_else(|| bad("it does not begin with http://".to_owned()))?;
        let (host, path) = rest.find('/').map_or((rest, ""), |i| rest.split_at(i));
        let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '@' | '?' | '#');
        if host.is_empty() || rest.contains(odd) {
            return Err(bad("it has no host, or more than host, port and path".to_owned()));
        }
        let ported = host.rsplit_once(':').is_some_and(|(_, p)| p.parse::<u16>().is_ok());
        let target = if ported { host.to_owned() } else { format!("{host}:80") };
        let addresses: Vec<SocketAddr> =
            target.to_socket_addrs().map_err(|e| bad(format!("its host is not found: {e}")))?.collect();
        if let Some(far) = addresses.iter().find(|a| !near(a.ip())) {
            return Err(bad(format!(
                "{} is outside this network, and the text would travel unsealed",
                far.ip()
            )));
        }
        let path = path.trim_end_matches('/');
        let path = if path.ends_with("/chat/completions") {
            path.to_owned()
        } else {
            format!("{path}/chat/completions")
        };
        Ok(Endpoint { host: host.to_owned(), path, addresses, patience })
    }

    /// Sends a request and waits for the whole answer.
    pub(crate) fn ask(&self, body: &str) -> Result<String, String> {
        let end = Instant::now() + self.patience;
        let bad = |what: String| format!("error[model-endpoint]: `{}`: {what}", self.host);
        let slow = || bad(format!("no whole answer within {} seconds", self.patience.as_secs()));
        let left = || Some(end.saturating_duration_since(Instant::now())).filter(|d| !d.is_zero());
        let failed = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut => slow(),
            _ => bad(e.to_string()),
        };
        let address = self.addresses.first().ok_or_else(|| bad("it has no address".to_owned()))?;
        let mut stream = TcpStream::connect_timeout(address, left().ok_or_else(slow)?).map_err(failed)?;
        stream.set_write_timeout(left()).map_err(failed)?;
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.path,
            self.host,
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).map_err(failed)?;
        let (mut raw, mut piece) = (Vec::new(), [0_u8; 16 << 10]);
        let text = loop {
            stream.set_read_timeout(Some(left().ok_or_else(slow)?)).map_err(failed)?;
            let n = stream.read(&mut piece).map_err(failed)?;
            raw.extend_from_slice(&piece[..n]);
            if raw.len() > LARGEST {
                return Err(bad(format!("the answer has more than {LARGEST} bytes, the limit")));
            }
            match whole(&raw, n == 0).map_err(bad)? {
                Some(text) => break text,
                None if n == 0 => return Err(bad("the answer ended before it was whole".to_owned())),
                None => {}
            }
        };
        String::from_utf8(text).map_err(|_| bad("the answer is not UTF-8".to_owned()))
    }
}

/// Whether an address is this machine or a private network.
fn near(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(a) => a.is_loopback() || a.is_private() || a.is_link_local(),
        IpAddr::V6(a) => a.is_loopback() || a.is_unique_local() || a.is_unicast_link_local(),
    }
}

/// The body of an answer, if it is all there. `ended`: nothing more will come.
fn whole(raw: &[u8], ended: bool) -> Result<Option<Vec<u8>>, String> {
    let Some(split) = raw.windows(4).position(|w| w == b"\r\n\r\n") else { return Ok(None) };
    let head = String::from_utf8_lossy(&raw[..split]);
    let body = &raw[split + 4..];
    let mut lines = head.split("\r\n");
    let first = lines.next().unwrap_or("");
    let status = first.strip_prefix("HTTP/1.").and_then(|t| t.get(2..5)).unwrap_or("");
    if status != "200" {
        let shown: String = first.chars().filter(|c| !c.is_control()).take(80).collect();
        return Err(format!("it answered `{shown}` where 200 was expected"));
    }
    let fields: Vec<(String, &str)> = lines
        .filter_map(|l| l.split_once(':'))
        .map(|(k, v)| (k.trim().to_ascii_lowercase(), v.trim()))
        .collect();
    let field = |name: &str| fields.iter().find(|(k, _)| k == name).map(|(_, v)| *v);
    if field("transfer-encoding").is_some_and(|v| v.eq_ignore_ascii_case("chunked")) {
        return chunks(body);
    }
    let Some(length) = field("content-length") else { return Ok(ended.then(|| body.to_vec())) };
    let length: usize = length.parse().map_err(|_| "its Content-Length is no number".to_owned())?;
    Ok(body.get(..length).map(<[u8]>::to_vec))
}

/// A body sent in chunks, if the last one is there.
fn chunks(mut rest: &[u8]) -> Result<Option<Vec<u8>>, String> {
    let mut out = Vec::new();
    loop {
        let Some(line) = rest.windows(2).position(|w| w == b"\r\n") else { return Ok(None) };
        let size = String::from_utf8_lossy(&rest[..line]);
        let size = size.split(';').next().unwrap_or("").trim();
        let size = usize::from_str_radix(size, 16)
            .ok()
            .filter(|n| *n <= LARGEST)
            .ok_or_else(|| "a chunk of its answer has no size, or too large a one".to_owned())?;
        if size == 0 {
            return Ok(Some(out));
        }
        let Some(data) = rest.get(line + 2..line + 2 + size) else { return Ok(None) };
        out.extend_from_slice(data);
        rest = rest.get(line + 4 + size..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_and_plain_addresses_are_taken() {
        let wait = Duration::from_secs(1);
        let path = |url: &str| Endpoint::parse(url, wait).map(|e| e.path);
        assert_eq!(path("http://127.0.0.1:8080/v1/").as_deref(), Ok("/v1/chat/completions"));
        assert_eq!(path("http://[::1]:8080").as_deref(), Ok("/chat/completions"));
        assert_eq!(path("http://192.168.1.7/v1/chat/completions").as_deref(), Ok("/v1/chat/completions"));
        for (url, says) in [
            ("https://127.0.0.1/v1", "https is not spoken"),
            ("http://8.8.8.8/v1", "outside this network"),
            ("ftp://127.0.0.1", "does not begin with http://"),
            ("http://a@127.0.0.1/v1", "more than host"),
            ("http:///v1", "no host"),
        ] {
            assert!(path(url).is_err_and(|e| e.contains(says)), "{url}");
        }
    }

    #[test]
    fn an_answer_is_taken_whole_or_not_at_all() {
        let sized = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nPeru";
        assert_eq!(whole(sized, false), Ok(Some(b"Peru".to_vec())));
        assert_eq!(whole(&sized[..sized.len() - 1], true), Ok(None));
        let parts = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nPe\r\n2\r\nru\r\n0\r\n\r\n";
        assert_eq!(whole(parts, false), Ok(Some(b"Peru".to_vec())));
        assert_eq!(whole(&parts[..parts.len() - 9], true), Ok(None));
        assert!(whole(b"HTTP/1.1 302 Found\r\nLocation: http://8.8.8.8/\r\n\r\n", true).is_err());
        assert!(chunks(b"ffffffffffffffff\r\n").is_err());
    }
}
