//! The JavaScript API: questions as JavaScript values in, answers as JavaScript values out.
//!
//! Two halves. The native one (all public modules) reads JSON text and gives values that serialise
//! to the answer; `javascript` hands them over the border and is all that knows of it. Invariants:
//! every function is total, it gives `{"ok": true, …}` or `{"ok": false, "diagnostics": […]}`;
//! spans are UTF-16 units; unknown fields of the input are errors. What the values look like to
//! JavaScript stands in `package/index.d.ts`.

pub mod answer;
pub mod case;
pub mod catalogue;
pub mod document;
pub mod finding;
pub mod input;
pub mod javascript;
pub mod policies;
pub mod scenario;
mod utf16;
pub mod version;
pub mod who;
mod wildcard_only;
mod wrong_type;
