//! Hands the visitor a file: a text, or a picture drawn from one. Nothing goes over the network.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, Url,
};

use crate::browser::{document, window};

/// Sharp on screens with two dots for a pixel.
const SCALE: i32 = 2;

/// Saves a text as a file.
pub(crate) fn text(name: &str, mime: &str, text: &str) {
    let parts = Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        save(name, &blob);
    }
}

/// Puts a text on the clipboard.
pub(crate) fn copy(text: &str) {
    if let Some(window) = window() {
        // Where the browser refuses, the text can still be selected.
        drop(window.navigator().clipboard().write_text(text));
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
    canvas.set_width(u32::try_from(width * SCALE).unwrap_or(0));
    canvas.set_height(u32::try_from(height * SCALE).unwrap_or(0));
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    let (width, height) = (f64::from(width * SCALE), f64::from(height * SCALE));
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)?;
    let on_blob = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            save(&name, &blob);
        }
    });
    canvas.to_blob(on_blob.unchecked_ref())
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
