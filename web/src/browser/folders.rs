//! What lies in folders that somebody dropped onto the page.
//!
//! Knows nothing of what is in the files. Invariant: at most [`MAX_FILES`] are given back, so that a folder of everything
//! does not hold up the page.
//!
//! See <https://developer.mozilla.org/docs/Web/API/FileSystemDirectoryReader>.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

/// More files than these are left out.
pub(crate) const MAX_FILES: usize = 2000;

/// What was dropped, where a folder is among it. To be asked for while the event lasts.
pub(crate) fn with_folder(dropped: &DataTransfer) -> Option<Vec<FileSystemEntry>> {
    let items = dropped.items();
    let items = (0..items.length()).filter_map(|idx| items.get(idx));
    let entries: Vec<FileSystemEntry> = items
        .filter_map(|it| it.webkit_get_as_entry().ok().flatten())
        .collect();
    let has_folder = entries.iter().any(FileSystemEntry::is_directory);
    has_folder.then_some(entries)
}

/// The files in there, each with its path from where it was dropped, and whether there are more of them.
pub(crate) async fn files(entries: Vec<FileSystemEntry>) -> (Vec<(String, File)>, bool) {
    let mut found = Vec::new();
    let mut left = entries;
    left.reverse();
    while let Some(entry) = left.pop() {
        if entry.is_directory() {
            let inside = inside(entry.unchecked_ref()).await;
            left.extend(inside.into_iter().rev());
        } else if found.len() == MAX_FILES {
            return (found, true);
        } else if let Some(file) = file(entry.unchecked_ref()).await {
            let path = entry.full_path();
            found.push((path.trim_start_matches('/').to_owned(), file));
        }
    }
    (found, false)
}

/// What lies in a folder; what cannot be read of it is not there.
async fn inside(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    while let Some(some) = next(&reader).await
        && some.length() > 0
    {
        all.extend(some.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
    all
}

/// The next entries of a folder: browsers give a hundred at a time, and none behind the last.
async fn next(reader: &FileSystemDirectoryReader) -> Option<Array> {
    let answer = Promise::new(&mut |resolve, reject| {
        // What is refused comes as an error too.
        let _ = reader.read_entries_with_callback_and_callback(&resolve, &reject);
    });
    answered(answer).await?.dyn_into().ok()
}

async fn file(entry: &FileSystemFileEntry) -> Option<File> {
    let answer = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    answered(answer).await?.dyn_into().ok()
}

async fn answered(answer: Promise) -> Option<JsValue> {
    JsFuture::from(answer).await.ok()
}
