//! `serve`: the web face on a port of this machine.
//!
//! In: an opened dossier, a port, perhaps a folder of texts. Out: the address on standard output, then answers until the
//! program is told to stop. What always holds: only the loopback address is listened on; a stop finishes what is being answered.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use foedera::Dossier;
use foedera::read::store::Store;
use foedera_server::{Desk, Today};

use crate::files;
use crate::run::{print, told};

/// What is served.
pub(crate) struct How<'a> {
    /// The port; 0 = any free one.
    pub(crate) port: u16,
    /// A folder of texts.
    pub(crate) texts: Option<&'a Path>,
    /// A folder under review.
    pub(crate) review: Option<&'a Path>,
    /// Who judges there.
    pub(crate) by: Option<String>,
}

/// Serves until interrupted.
pub(crate) fn serve(dossier: Dossier, how: How<'_>) -> Result<u8, String> {
    let port = how.port;
    let texts = how.texts.map(files::texts).transpose()?;
    let mut desk = Desk::new(dossier, texts, Today::Clock);
    if let Some(dir) = how.review {
        desk = desk.reviewing(Store::open(dir).map_err(|e| told(&e))?, how.by);
    }
    let desk = Arc::new(desk);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| format!("error[serve]: cannot start: {e}"))?;
    runtime.block_on(async {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = tokio::net::TcpListener::bind(wanted).await.map_err(|e| {
            format!("error[serve]: cannot listen on {wanted}: {e}\n  help: another port: foedera serve --port 0 takes any free one")
        })?;
        let address = listener.local_addr().map_err(|e| format!("error[serve]: {e}"))?;
        print(&format!("http://{address}/\nOn this machine only. Stop with Ctrl-C.\n"))?;
        foedera_server::serve(listener, desk, stop()).await.map_err(|e| format!("error[serve]: {e}"))
    })?;
    Ok(0)
}

/// Ready when the program is told to stop.
async fn stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
