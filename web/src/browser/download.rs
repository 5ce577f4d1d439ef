//! Hands the visitor a file: a text, or a picture drawn from one. Nothing goes over the network.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, Url,
};

use crate::browser::document;

/// Sharp on screens with two dots for a pixel.
const SCALE: i32 = 2;
/// As wide or high as every browser draws; a larger picture gets fewer dots.
const MAX_SIDE: f64 = 16_000.0;

/// Saves a text as a file.
pub(crate) fn text(name: &str, mime: &str, text: &str) {
    let parts = Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        save(name, &blob);
    }
}

/// Saves bytes as a file.
pub(crate) fn bytes(name: &str, mime: &str, bytes: &[u8]) {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        save(name, &blob);
    }
}

/// Saves an SVG text as a picture of dots.
pub(crate) fn png(name: String, svg: &str, width: i32, height: i32) {
    let Ok(image) = HtmlImageElement::new() else {
        return;
    };
    let drawn = image.clone();
    let on_load = Closure::once_into_js(move || {
        // A browser that cannot draw it saves nothing.
        let _ = draw(name, &drawn, width, height);
    });
    image.set_onload(Some(on_load.unchecked_ref()));
    let encoded = String::from(js_sys::encode_uri_component(svg));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{encoded}"));
}

fn draw(name: String, image: &HtmlImageElement, width: i32, height: i32) -> Result<(), JsValue> {
    let canvas = document().ok_or(JsValue::NULL)?.create_element("canvas")?;
    let canvas: HtmlCanvasElement = canvas.dyn_into()?;
    let (width, height) = (f64::from(width), f64::from(height));
    let scale = f64::from(SCALE).min(MAX_SIDE / width.max(height));
    let (width, height) = ((width * scale).round(), (height * scale).round());
    canvas.set_width(dots(width));
    canvas.set_height(dots(height));
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)?;
    let on_blob = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            save(&name, &blob);
        }
    });
    canvas.to_blob(on_blob.unchecked_ref())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and `MAX_SIDE`"
)]
const fn dots(side: f64) -> u32 {
    side as u32
}

fn save(name: &str, blob: &Blob) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    let link = document().and_then(|it| it.create_element("a").ok());
    if let Some(link) = link.and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // The browser has begun to read it by then.
    crate::browser::after_render(move || {
        let _ = Url::revoke_object_url(&address);
    });
}
