//! Files that have to be made whole before their first byte is known, and the parts of them that are asked for.
//!
//! Made once, they are kept on disk without a name, so that nothing is left of them when the program ends.
//!
//! Owns: what is kept, ranges (RFC 9110 §14). Leaves to others: what is in them.
//! Invariant: parts of one ETag fit together.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use axum::body::{Body as HttpBody, Bytes};
use axum::http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::Semaphore;

use super::answer::{Answer, finish};
use super::body::{Body, Digest128};
use super::cache::Key;
use super::coding::Coding;
use super::error::Error;
use super::once;
use crate::model::Lang;

/// Bytes read from disk at a time.
const PIECE_BYTES: u64 = 256 << 10;

/// Bytes on disk of all files together.
const KEPT_BYTES: u64 = 1 << 30;
const KEPT_FILES: usize = 256;

/// Files made at the same time, and files that wait for it; who asks for one more is sent away.
const MAKERS: usize = 2;
const WAITING: usize = 16;

/// Cheap to clone; clones keep the same files.
#[derive(Clone)]
pub struct WholeFiles {
    kept: Arc<Cache<Key, Arc<WholeFile>, ByBytes>>,
    makers: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

pub struct WholeFile {
    file: File,
    n_bytes: u64,
    digest: Digest128,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Arc<WholeFile>> for ByBytes {
    fn weight(&self, _: &Key, whole: &Arc<WholeFile>) -> u64 {
        whole.n_bytes.max(1)
    }
}

impl Default for WholeFiles {
    fn default() -> Self {
        Self {
            kept: Arc::new(Cache::with_weighter(KEPT_FILES, KEPT_BYTES, ByBytes)),
            makers: Arc::new(Semaphore::new(MAKERS)),
            waiting: Arc::new(Semaphore::new(MAKERS + WAITING)),
        }
    }
}

impl WholeFiles {
    /// The file of `key`, made by `make` if it is not kept. Errors: `Overloaded` where too many are waited for.
    pub async fn get<F>(&self, key: Key, make: F) -> Result<Arc<WholeFile>, Error>
    where
        F: FnOnce() -> io::Result<File> + Send + 'static,
    {
        let (waiting, makers) = (self.waiting.clone(), self.makers.clone());
        let turn = async move {
            let place = waiting.try_acquire_owned().map_err(|_| Error::Overloaded)?;
            let maker = makers.acquire_owned().await.map_err(Error::internal)?;
            Ok((place, maker))
        };
        let make = || make().and_then(WholeFile::new).map(Arc::new).map_err(Error::internal);
        once::get(&self.kept, key, turn, make).await.map(|(whole, _)| whole)
    }
}

impl WholeFile {
    fn new(mut file: File) -> io::Result<Self> {
        file.rewind()?;
        let mut hash = blake3::Hasher::new();
        let mut n_bytes = 0;
        let mut piece = vec![0; PIECE_BYTES as usize];
        loop {
            let n = file.read(&mut piece)?;
            if n == 0 {
                break;
            }
            n_bytes += n as u64;
            hash.update(&piece[..n]);
        }
        Ok(Self { file, n_bytes, digest: Digest128::first_half(hash.finalize()) })
    }

    fn read(&self, piece: Range<u64>) -> io::Result<Bytes> {
        let mut bytes = vec![0; (piece.end - piece.start) as usize];
        self.file.read_exact_at(&mut bytes, piece.start)?;
        Ok(bytes.into())
    }
}

/// The response to a request with `headers`: all of the file, the part that is asked for, or 304.
///
/// It leaves as it is, in no other coding: its parts are parts of the file.
pub fn respond(
    headers: &HeaderMap,
    whole: Arc<WholeFile>,
    content_type: &'static str,
    negotiated: Option<Lang>,
) -> Response {
    let body = Body { bytes: Bytes::new(), digest: whole.digest };
    let mut response = finish(
        headers,
        &Answer::new(body.clone(), content_type).in_language(negotiated),
        body,
        Coding::Identity,
    );
    if response.status() == StatusCode::NOT_MODIFIED {
        return response;
    }
    let n_bytes = whole.n_bytes;
    let part = Part::asked(headers, response.headers().get(ETAG), n_bytes);
    let told = |range: &str| header(&format!("bytes {range}/{n_bytes}"));
    let range = match part {
        Part::Whole => 0..n_bytes,
        Part::Of(range) => {
            let named = told(&format!("{}-{}", range.start, range.end - 1));
            response.headers_mut().insert(CONTENT_RANGE, named);
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            range
        }
        Part::Beyond => {
            let mut refusal = Error::BeyondFile { n_bytes }.into_response();
            refusal.headers_mut().insert(CONTENT_RANGE, told("*"));
            return refusal;
        }
    };
    response.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    response.headers_mut().insert(CONTENT_LENGTH, header(&(range.end - range.start).to_string()));
    *response.body_mut() = HttpBody::from_stream(stream::try_unfold((whole, range), next_piece));
    response
}

fn header(text: &str) -> HeaderValue {
    text.parse().expect("digits are a header")
}

type Left = (Arc<WholeFile>, Range<u64>);

async fn next_piece((whole, left): Left) -> io::Result<Option<(Bytes, Left)>> {
    if left.is_empty() {
        return Ok(None);
    }
    let piece = left.start..left.end.min(left.start + PIECE_BYTES);
    let after = piece.end..left.end;
    let reader = whole.clone();
    let bytes = tokio::task::spawn_blocking(move || reader.read(piece)).await.map_err(io::Error::other)??;
    Ok(Some((bytes, (whole, after))))
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Of(Range<u64>),
    Beyond,
}

impl Part {
    /// What cannot be understood, and more than one range, are answered with the whole, as the standard allows.
    fn asked(headers: &HeaderMap, etag: Option<&HeaderValue>, n_bytes: u64) -> Self {
        let is_other = headers.get(IF_RANGE).is_some_and(|known| Some(known) != etag);
        let asked = headers.get(RANGE).and_then(|range| range.to_str().ok()).filter(|_| !is_other);
        asked.and_then(|text| Self::read(text, n_bytes)).unwrap_or(Self::Whole)
    }

    fn read(text: &str, n_bytes: u64) -> Option<Self> {
        let (first, last) = text.strip_prefix("bytes=")?.trim().split_once('-')?;
        let number = |text: &str| -> Option<u64> {
            text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
        };
        let range = match (first, last) {
            ("", last) => n_bytes.saturating_sub(number(last)?)..n_bytes,
            (first, "") => number(first)?..n_bytes,
            (first, last) => {
                let (first, last) = (number(first)?, number(last)?);
                if last < first {
                    return None;
                }
                first..last.saturating_add(1).min(n_bytes)
            }
        };
        Some(if range.is_empty() { Self::Beyond } else { Self::Of(range) })
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future as _;
    use std::task::{Context, Waker};

    use tokio::sync::oneshot;

    use super::*;

    #[test]
    fn a_part_is_what_the_standard_says() {
        for (asked, expected) in [
            ("bytes=0-4", Part::Of(0..5)),
            ("bytes=5-", Part::Of(5..10)),
            ("bytes=-3", Part::Of(7..10)),
            ("bytes=-99", Part::Of(0..10)),
            ("bytes=8-99", Part::Of(8..10)),
            ("bytes=10-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=4-2", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("lines=0-4", Part::Whole),
            ("bytes=99999999999999999999-", Part::Whole),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, HeaderValue::from_static(asked));
            assert_eq!(Part::asked(&headers, None, 10), expected, "{asked}");
        }
    }

    #[test]
    fn a_part_of_another_file_is_the_whole() {
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, HeaderValue::from_static("bytes=0-4"));
        headers.insert(IF_RANGE, HeaderValue::from_static("\"old\""));
        let part = |etag| Part::asked(&headers, Some(&HeaderValue::from_static(etag)), 10);
        assert_eq!(part("\"new\""), Part::Whole);
        assert_eq!(part("\"old\""), Part::Of(0..5));
    }

    fn key(answer: &str) -> Key {
        Key { content: "1".into(), answer: answer.into() }
    }

    /// Somebody has asked for `/a`, which is made until it is released.
    async fn begun(
        files: &WholeFiles,
    ) -> (tokio::task::JoinHandle<Result<(), Error>>, std::sync::mpsc::Sender<()>) {
        let (told, begins) = oneshot::channel();
        let (release, released) = std::sync::mpsc::channel::<()>();
        let make = move || {
            told.send(()).expect("the test waits");
            released.recv().expect("the test releases");
            tempfile::tempfile()
        };
        let asked = tokio::spawn({
            let files = files.clone();
            async move { files.get(key("/a"), make).await.map(|_| ()) }
        });
        begins.await.expect("it begins");
        (asked, release)
    }

    #[tokio::test]
    async fn a_file_that_has_begun_is_kept_though_nobody_waits_for_it() {
        let files = WholeFiles::default();
        let (asked, release) = begun(&files).await;
        asked.abort();
        assert!(asked.await.is_err_and(|error| error.is_cancelled()));
        release.send(()).expect("it waits");
        let again = || Err(io::ErrorKind::Unsupported.into());
        assert!(files.get(key("/a"), again).await.is_ok());
    }

    #[tokio::test]
    async fn those_who_wait_for_one_file_leave_room_for_others() {
        let files = WholeFiles::default();
        let (first, release) = begun(&files).await;
        let n_askers = 2 * (MAKERS + WAITING);
        let mut others: Vec<_> = (0..n_askers)
            .map(|_| Box::pin(files.get(key("/a"), || Err(io::ErrorKind::Unsupported.into()))))
            .collect();
        for asker in &mut others {
            assert!(asker.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        files.get(key("/b"), tempfile::tempfile).await.expect("a maker is idle");
        release.send(()).expect("it waits");
        first.await.expect("no panic").expect("made");
        for asker in others {
            asker.await.expect("the one that was made");
        }
    }

    #[tokio::test]
    async fn a_file_is_made_once_and_leaves_in_pieces() {
        let files = WholeFiles::default();
        let key = key("/a");
        let bytes: Vec<u8> = (0..PIECE_BYTES as u32 + 10).map(|at| (at % 251) as u8).collect();
        let expected = bytes.clone();
        let make = move || {
            let mut file = tempfile::tempfile()?;
            io::Write::write_all(&mut file, &bytes)?;
            Ok(file)
        };
        let whole = files.get(key.clone(), make).await.expect("made");
        let again = files.get(key, || Err(io::ErrorKind::Unsupported.into())).await.expect("kept");
        assert_eq!(whole.digest, again.digest);
        assert_eq!(whole.digest, Digest128::of(&expected));
        let response = respond(&HeaderMap::new(), again, "application/zip", None);
        let length = response.headers()[CONTENT_LENGTH].to_str().expect("digits").to_owned();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("whole");
        assert_eq!((length, &body[..]), (expected.len().to_string(), &expected[..]));
    }
}
