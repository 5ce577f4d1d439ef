// The widget in a page of somebody else: what its author can say of it and ask of it, and what it leaves alone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { journey } from "./harness.js";
import { hostOf } from "./widget_host.js";

const WORLDS = new URL("../../crates/lessons/worlds/", import.meta.url);
const world = (name) => readFileSync(new URL(`${name}.json`, WORLDS), "utf8");
const SHUT = "Stopped at door 6 of 11: Assume execution role";
const OPEN = "Every door is open";

/** A journey with a host's page: `show(body, options)` opens it, `widget(idx)` has the parts of a widget. */
function hosted(name, options, walk) {
  if (typeof options === "function") return hosted(name, {}, options);
  journey(name, options, async (tools) => {
    const { page, address, allow } = tools;
    const host = await hostOf(address);
    allow(host.address);
    await page.addInitScript(() => {
      window.heard = [];
      window.violations = [];
      for (const name of ["ready", "change", "verdict", "error"]) {
        // On the document: they bubble, and out of the shadow root.
        document.addEventListener(name, (event) => {
          if (event instanceof CustomEvent) window.heard.push({ name, id: event.target.id, ...event.detail });
        });
      }
      document.addEventListener("securitypolicyviolation", (event) => {
        window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
      });
    });
    const show = (body, more) => page.goto(host.page({ body, ...more }));
    try {
      await walk({ ...tools, host, show, widget: (idx = 0) => widgetOf(page, idx) });
    } finally {
      await host.close();
    }
  });
}

function widgetOf(page, idx) {
  const element = page.locator("rolewalk-playground").nth(idx);
  const verdict = element.getByRole("region", { name: "Verdict" });
  return {
    element,
    verdict,
    text: element.getByRole("textbox", { name: "Policy document" }),
    says: (words) => verdict.getByText(words).first().waitFor(),
    button: (name) => element.getByRole("button", { name }),
    /** Calls a method of the element. */
    call: (name, ...values) => element.evaluate((it, [name, values]) => it[name](...values), [name, values]),
    set: (name, value) => element.evaluate((it, [name, value]) => value === null ? it.removeAttribute(name) : it.setAttribute(name, value), [name, value]),
    /** Types a text in place of the whole policy. */
    async write(text) {
      const area = element.getByRole("textbox", { name: "Policy document" });
      await element.locator("[contenteditable]#policy-text").waitFor();
      await area.focus();
      await area.press("ControlOrMeta+a");
      await page.keyboard.insertText(text);
    },
    textNow: () => element.locator("#policy-text").evaluate((it) => it.value),
  };
}

const heard = (page, name, id) =>
  page.evaluate(([name, id]) => window.heard.filter((it) => it.name === name && (id === undefined || it.id === id)), [name, id]);

/** Waits until an event was heard of that `test` (a text of a function of the event) likes. */
const hears = async (page, name, test = "() => true") =>
  (await page.waitForFunction(([name, test]) => {
    const likes = new Function("it", `return (${test})(it)`);
    return window.heard.find((it) => it.name === name && likes(it));
  }, [name, test])).jsonValue();

hosted("one line and one element show a scenario, and tell the page of it", async ({ page, show, widget }) => {
  await show('<rolewalk-playground id="one" src="wrong-trust"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  await hears(page, "ready", '(it) => it.id === "one"');
  const verdict = await hears(page, "verdict");
  assert.equal(verdict.outcome, "shut");
  assert.equal(verdict.headline, SHUT);
  assert.equal(verdict.door, "Assume execution role");
  assert.match(verdict.answer, /Could not assume role/);
  assert.match(verdict.reason, /lambda\.amazonaws\.com/);
  assert.match(verdict.fix, /sagemaker\.amazonaws\.com/);
  assert.equal((await heard(page, "change")).length, 0, "nobody has changed anything");
  await one.button(/Try it:/).click();
  await one.says(OPEN);
  const change = await hears(page, "change");
  assert.match(JSON.stringify(change.scenario), /sagemaker\.amazonaws\.com/);
  await hears(page, "verdict", '(it) => it.outcome === "open" && it.door === null && it.fix === null');
  await one.button("Reset").click();
  await one.says(SHUT);
  assert.equal(await one.button("Reset").isDisabled(), true, "it is as it was given");
});

hosted("the views are those that the author chooses, and can be changed", async ({ page, show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust"></rolewalk-playground>');
  const one = widget();
  const element = one.element;
  const [flow, trace] = [element.getByRole("list", { name: "Doors", exact: true }), element.locator(".picture-svg")];
  await flow.waitFor();
  await trace.waitFor();
  assert.equal(await one.text.count(), 0, "no editor in the flow");
  await one.set("view", "trace");
  await trace.waitFor({ state: "detached" });
  await element.getByText("Its one statement does not apply").waitFor();
  await one.set("view", "model");
  await element.getByRole("heading", { name: "Mental model" }).waitFor();
  await flow.waitFor({ state: "detached" });
  await element.evaluate((it) => (it.view = "editor"));
  await one.text.waitFor();
  await one.set("view", "account");
  await element.getByRole("tree").waitFor();
  await one.set("view", "editor flow");
  await one.text.waitFor();
  await flow.waitFor();
  await one.set("view", "whole");
  await element.getByRole("tree").waitFor();
  await element.getByRole("combobox", { name: "IAM user" }).waitFor();
  await element.getByRole("heading", { name: "Mental model" }).waitFor();
  await one.set("view", null);
  await one.text.waitFor({ state: "detached" });
  await flow.waitFor();
});

hosted("what opens in no view is shown below them, and can be shut again", async ({ show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust" view="trace"></rolewalk-playground>');
  const one = widget();
  await one.button("Show in policy").first().click();
  await one.text.waitFor();
  assert.match(await one.textNow(), /lambda\.amazonaws\.com/);
  await one.button("Close the editor").click();
  await one.text.waitFor({ state: "detached" });
});

hosted("the author opens a text, and the reader another one", async ({ show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust" view="editor" open="inline:role/ChurnExecutionRole/UseDataKey"></rolewalk-playground>');
  const one = widget();
  const choice = one.element.getByRole("combobox", { name: "Text", exact: true });
  await choice.waitFor();
  await one.element.locator("#policy-text").waitFor();
  const texts = await choice.locator("option").allTextContents();
  assert.ok(texts.length > 3, texts.join(", "));
  await choice.selectOption({ label: "Trust policy of ChurnExecutionRole" });
  await one.element.getByRole("heading", { name: "Trust policy of ChurnExecutionRole" }).waitFor();
  assert.match(await one.textNow(), /SageMakerTakesOnTheRole/);
  const name = await one.element.evaluate((it) => it.open);
  assert.equal(name, "inline:role/ChurnExecutionRole/UseDataKey");
});

hosted("read only, nothing changes, and that can be taken back", async ({ page, show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust" view="editor" readonly></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  await one.element.locator("[contenteditable]#policy-text[aria-readonly=true]").waitFor();
  assert.equal(await one.button(/Try it:/).isVisible(), false);
  assert.equal(await one.button("Reset").count(), 0);
  const before = await one.textNow();
  await one.text.focus();
  await page.keyboard.type("x");
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await one.textNow(), before);
  await one.element.evaluate((it) => (it.readonly = false));
  await one.element.locator("[contenteditable]#policy-text:not([aria-readonly])").waitFor();
  await one.write(before.replace("lambda", "sagemaker"));
  await one.says(OPEN);
  await one.set("readonly", "");
  await one.element.locator("[contenteditable]#policy-text[aria-readonly=true]").waitFor();
  // A step back is a change like another.
  await one.text.focus();
  await page.keyboard.press("ControlOrMeta+z");
  assert.match(await one.textNow(), /sagemaker\.amazonaws\.com/);
  await one.says(OPEN);
});

hosted("the theme is said, or follows the host's page", { colorScheme: "light" }, async ({ page, show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust" theme="dark"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  const frame = one.element.locator(".rolewalk");
  const isDark = async () => {
    const color = await frame.evaluate((it) => getComputedStyle(it).backgroundColor);
    return Number(color.match(/\d+/)[0]) < 128;
  };
  const becomes = (theme) => one.element.locator(`.rolewalk[data-theme=${theme}]`).waitFor();
  await becomes("dark");
  assert.equal(await isDark(), true);
  await one.element.evaluate((it) => (it.theme = "auto"));
  await becomes("light");
  assert.equal(await isDark(), false);
  const on = (change) => page.evaluate(change);
  // Docusaurus, Tailwind, Bootstrap, mdBook, Material for MkDocs.
  await on(() => document.documentElement.setAttribute("data-theme", "dark"));
  await becomes("dark");
  await on(() => document.documentElement.removeAttribute("data-theme"));
  await becomes("light");
  await on(() => document.documentElement.classList.add("dark"));
  await becomes("dark");
  await on(() => (document.documentElement.className = "ayu js"));
  await becomes("dark");
  await on(() => (document.documentElement.className = "rust js"));
  await becomes("light");
  await on(() => {
    document.documentElement.className = "";
    document.documentElement.setAttribute("data-bs-theme", "dark");
  });
  await becomes("dark");
  await on(() => document.documentElement.setAttribute("data-bs-theme", "light"));
  await becomes("light");
  await on(() => {
    document.documentElement.removeAttribute("data-bs-theme");
    document.body.setAttribute("data-md-color-scheme", "slate");
  });
  await becomes("dark");
  await on(() => document.body.removeAttribute("data-md-color-scheme"));
  await becomes("light");
  // Its colours alone.
  await on(() => (document.body.style.backgroundColor = "rgb(20, 20, 30)"));
  await becomes("dark");
  await on(() => (document.body.style.backgroundColor = ""));
  await becomes("light");
  // What the reader likes, where the page goes along with it.
  await page.emulateMedia({ colorScheme: "dark" });
  await becomes("light");
  await on(() => (document.documentElement.style.colorScheme = "light dark"));
  await becomes("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await becomes("light");
});

hosted("a scenario comes from a file, a link, a name, the element or a script", async ({ page, host, show, widget, address }) => {
  host.file("own.rolewalk.json", world("wrong-trust"));
  const inline = world("wrong-trust").replaceAll("<", "\\u003c");
  await show(`
    <rolewalk-playground id="file" loading="eager" src="own.rolewalk.json"></rolewalk-playground>
    <rolewalk-playground id="script" loading="eager"><script type="application/json">${inline}</script></rolewalk-playground>
    <rolewalk-playground id="text" loading="eager">${inline.replaceAll("&", "&amp;")}</rolewalk-playground>
    <rolewalk-playground id="none" loading="eager"></rolewalk-playground>`);
  for (const idx of [0, 1, 2]) await widget(idx).says(SHUT);
  await widget(3).says(OPEN);
  const url = await widget(0).call("getShareUrl");
  assert.ok(url.startsWith(`${address}#/s/v`), url);
  const text = url.slice(url.indexOf("#/s/") + 4);
  for (const src of [text, url]) {
    await widget(3).set("src", "working-studio");
    await widget(3).says(OPEN);
    await widget(3).set("src", src);
    await widget(3).says(SHUT);
  }
  assert.deepEqual(await widget(3).call("getScenario"), await widget(0).call("getScenario"));
  // One of the library, which is fetched for it.
  await widget(3).set("src", "pass-role-missing");
  await widget(3).says(/^Stopped at door/);
  assert.match(JSON.stringify(await widget(3).call("getScenario")), /PassRole/);
  const link = widget(0).element.getByRole("link", { name: /Open in Rolewalk/ });
  assert.equal(await link.getAttribute("href"), address, "the link is made when somebody reaches for it");
  await link.hover();
  await page.waitForFunction((url) => document.querySelector("#file").shadowRoot.querySelector(".embed-out").href === url, url);
  assert.equal(await link.getAttribute("target"), "_blank");
});

for (const way of ["with the mouse", "with the keyboard"]) {
  hosted(`the scenario as it stands is opened in Rolewalk ${way}, in a tab of its own`, async ({ page, context, show, widget, address }) => {
    await show('<rolewalk-playground src="wrong-trust"></rolewalk-playground>');
    const one = widget();
    await one.says(SHUT);
    await one.button(/Try it:/).click();
    await one.says(OPEN);
    const link = one.element.getByRole("link", { name: /Open in Rolewalk/ });
    const opened = context.waitForEvent("page");
    if (way === "with the mouse") await link.click();
    else {
      await link.focus();
      await page.keyboard.press("Enter");
    }
    const tab = await opened;
    await tab.getByRole("region", { name: "Verdict" }).getByText(OPEN).first().waitFor();
    assert.ok(tab.url().startsWith(`${address}#/s/v`), tab.url());
    assert.equal(await tab.evaluate(() => window.opener), null);
    await one.says(OPEN);
  });
}

hosted("a script gives a scenario, takes it, and puts it back", async ({ page, show, widget, address }) => {
  await show('<rolewalk-playground id="one" view="editor"></rolewalk-playground>', { script: "" });
  // Before the element is known.
  await page.evaluate((it) => (document.querySelector("#one").scenario = it), JSON.parse(world("wrong-trust")));
  await page.addScriptTag({ type: "module", url: `${address}rolewalk-playground.js` });
  const one = widget();
  await one.says(SHUT);
  const given = await one.call("getScenario");
  assert.equal(given.name, "Wrong trust");
  assert.deepEqual(await one.element.evaluate((it) => it.scenario), given);
  await one.write((await one.textNow()).replace("lambda", "sagemaker"));
  await one.says(OPEN);
  const edited = await one.call("getScenario");
  assert.notDeepEqual(edited, given);
  // To ask for the link, or to load once more, leaves the edits.
  assert.match(await one.call("getShareUrl"), /#\/s\/v/);
  await one.call("load");
  assert.deepEqual(await one.call("getScenario"), edited);
  await one.call("reset");
  await one.says(SHUT);
  assert.deepEqual(await one.call("getScenario"), given);
  await one.call("setScenario", JSON.parse(world("working-studio")));
  await one.says(OPEN);
  await one.call("setScenario", "wrong-trust");
  await one.says(SHUT);
  // What cannot be read leaves what there is.
  const refused = await one.element.evaluate((it) => it.setScenario({ rolewalk: 999 }).catch((error) => error));
  assert.equal(refused.code, "newer-scenario");
  assert.match(refused.message, /format 999/);
  await one.says(SHUT);
  const error = await hears(page, "error");
  assert.equal(error.code, "newer-scenario");
});

hosted("what is none is refused before anything is shown, too", async ({ page, show, widget }) => {
  await show('<rolewalk-playground id="one" src="wrong-trust" loading="click"></rolewalk-playground>');
  const one = widget();
  await one.button("Open the playground").waitFor();
  const refused = await one.element.evaluate((it) => {
    void it.load();
    return it.setScenario({ rolewalk: 999 }).catch((error) => error);
  });
  assert.equal(refused.code, "newer-scenario");
  await one.element.getByRole("alert").getByText(/format 999/).waitFor();
  await hears(page, "error", '(it) => it.code === "newer-scenario"');
  // Who only asks that it be loaded is not told once more.
  await one.call("load");
  await one.call("setScenario", "wrong-trust");
  await one.says(SHUT);
});

hosted("where the link to Rolewalk cannot be made, a click says why", async ({ show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  // Too little of it repeats for a link to be short enough.
  let state = 1;
  const noise = Array.from({ length: 90_000 }, () => String.fromCharCode(48 + ((state = (state * 48_271) % 2_147_483_647) % 64)).replace("\\", "z")).join("");
  await one.call("setScenario", { ...JSON.parse(world("wrong-trust")), about: noise });
  const link = one.element.getByRole("link", { name: /Open in Rolewalk/ });
  await link.click();
  const alert = one.element.locator(".embed-foot").getByRole("alert");
  await alert.getByText(/link of \d+ bytes/).waitFor();
  await one.call("setScenario", "wrong-trust");
  await alert.waitFor({ state: "detached" });
});

hosted("a link to the glossary is the glossary's again after a right click", async ({ page, context, show, widget }) => {
  await show('<rolewalk-playground id="one" src="wrong-trust" view="whole"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  const link = one.element.getByRole("link", { name: "Glossary: Trust policy" }).first();
  const [address, target] = [await link.getAttribute("href"), await link.getAttribute("target")];
  await link.evaluate((it) => it.addEventListener("contextmenu", () => (window.asked = [it.getAttribute("href"), it.target])));
  await link.click({ button: "right" });
  const asked = await page.evaluate(() => window.asked);
  assert.match(asked[0], /^https?:.*#\/glossary/, "the browser's menu has Rolewalk's address");
  assert.equal(asked[1], "_blank");
  await page.waitForFunction(
    (address) => document.querySelector("#one").shadowRoot.querySelector(`a[href="${address}"]`),
    address,
  );
  assert.equal(await link.getAttribute("target"), target);
  await page.keyboard.press("Escape");
  await link.click();
  await one.element.getByRole("dialog", { name: "Glossary" }).waitFor();
  assert.equal(context.pages().length, 1);
});

hosted("several on a page know nothing of each other, and share one module", async ({ page, show, widget, requests }) => {
  await show(`
    <rolewalk-playground id="a" src="wrong-trust" view="editor" loading="eager"></rolewalk-playground>
    <rolewalk-playground id="b" src="wrong-trust" view="editor" loading="eager"></rolewalk-playground>
    <rolewalk-playground id="c" src="working-studio" view="whole" loading="eager"></rolewalk-playground>`);
  const [a, b, c] = [0, 1, 2].map(widget);
  for (const [one, words] of [[a, SHUT], [b, SHUT], [c, OPEN]]) await one.says(words);
  await b.element.locator("[contenteditable]#policy-text").waitFor();
  await a.write((await a.textNow()).replace("lambda", "sagemaker"));
  await a.says(OPEN);
  await b.says(SHUT);
  assert.match(await b.textNow(), /lambda/);
  // Undo, dialogs, links to the glossary and what waits for a moment are each one's own.
  await b.write((await b.textNow()).replace("lambda", "ec2"));
  await b.element.locator("#policy-text").press("ControlOrMeta+z");
  await page.waitForFunction(() => /lambda/.test(document.querySelector("#b").shadowRoot.querySelector("#policy-text").value));
  await a.says(OPEN);
  await b.button("Show in the trust policy").click();
  const place = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.id + " in " + document.activeElement.id);
  await page.waitForFunction(() => document.activeElement.shadowRoot?.activeElement?.id === "policy-text");
  assert.equal(await place(), "policy-text in b");
  await c.element.getByRole("link", { name: "Glossary: Trust policy" }).first().click();
  await c.element.getByRole("dialog", { name: "Glossary" }).waitFor();
  assert.equal(await a.element.getByRole("dialog").count(), 0);
  await page.keyboard.press("Escape");
  await c.element.getByRole("dialog").waitFor({ state: "detached" });
  const ids = (await heard(page, "change")).map((it) => it.id);
  assert.equal(ids.includes("c"), false, "nothing happened in the third");
  const fetched = requests.filter((it) => /rolewalk-web-[0-9a-f]+_bg\.wasm$/.test(it));
  assert.equal(fetched.length, 1, "one module for all three");
  assert.equal(requests.filter((it) => /editor[^/]*\.js$/.test(it)).length, 1, "one editor's file, too");
});

hosted("moved in the page it loses nothing; taken out and put back it is as it was left", async ({ page, show, widget }) => {
  await show('<div id="here"><rolewalk-playground id="one" src="wrong-trust" view="editor"></rolewalk-playground></div><div id="there"></div>');
  const one = widget();
  await one.says(SHUT);
  await one.write((await one.textNow()).replace("lambda", "sagemaker"));
  await one.says(OPEN);
  const left = await one.call("getScenario");
  await page.evaluate(() => {
    window.node = document.querySelector("#one").shadowRoot.querySelector(".embed");
    document.querySelector("#there").append(document.querySelector("#one"));
  });
  await one.says(OPEN);
  assert.equal(await page.evaluate(() => window.node.isConnected), true, "the very same nodes");
  await one.element.locator("#policy-text").press("ControlOrMeta+z");
  await one.says(SHUT);
  await one.element.locator("#policy-text").press("ControlOrMeta+y");
  await one.says(OPEN);
  await page.evaluate(() => {
    window.one = document.querySelector("#one");
    window.one.remove();
  });
  await page.waitForFunction(() => !window.node.isConnected && !window.one.shadowRoot.querySelector(".embed"));
  assert.deepEqual(await page.evaluate(() => window.one.getScenario()), left, "it can be asked for while it is out of the page");
  await page.evaluate(() => document.querySelector("#here").append(window.one));
  await one.says(OPEN);
  assert.deepEqual(await one.call("getScenario"), left);
  await one.button("Reset").click();
  await one.says(SHUT);
});

hosted("moved before it is shown, it begins once: what the reader then does stays", async ({ page, show, widget }) => {
  await show(`
    <p style="height: 5000px">A long text.</p>
    <div id="here"><rolewalk-playground id="one" src="wrong-trust"></rolewalk-playground></div><div id="there"></div>`);
  const one = widget();
  await one.element.getByText("A live playground").waitFor({ state: "attached" });
  await page.evaluate(() => document.querySelector("#there").append(document.querySelector("#one")));
  /** Scrolls, and waits until whoever watches as the element does has heard of it. */
  const scroll = (y, isNear) =>
    page.evaluate(([y, isNear]) => new Promise((done) => {
      const observer = new IntersectionObserver((all) => {
        if (all.at(-1).isIntersecting !== isNear) return;
        observer.disconnect();
        requestIdleCallback(done);
      }, { rootMargin: "600px 0px" });
      observer.observe(document.querySelector("#one"));
      scrollTo(0, y);
    }), [y, isNear]);
  await scroll(5000, true);
  await one.says(SHUT);
  await one.button(/Try it:/).click();
  await one.says(OPEN);
  const edited = await one.call("getScenario");
  await scroll(0, false);
  await scroll(5000, true);
  await one.call("load");
  assert.deepEqual(await one.call("getScenario"), edited);
});

hosted("another `src` while it is out of the page is what it comes back with", async ({ page, show, widget }) => {
  await show('<div id="here"><rolewalk-playground id="one" src="wrong-trust"></rolewalk-playground></div>');
  const one = widget();
  await one.says(SHUT);
  for (const [src, words, isAtOnce] of [["working-studio", OPEN, true], ["wrong-trust", SHUT, false]]) {
    await page.evaluate(async ([src, isAtOnce]) => {
      const one = document.querySelector("#one");
      one.remove();
      if (!isAtOnce) await new Promise((done) => setTimeout(done));
      one.src = src;
      document.querySelector("#here").append(one);
    }, [src, isAtOnce]);
    await one.says(words);
  }
});

for (const [loading, what] of [
  ["lazy", "comes near"],
  ["click", "presses a button"],
]) {
  hosted(`${loading}: nothing heavy is fetched before the reader ${what}`, async ({ page, context, show, widget, address }) => {
    let weight = 0;
    let isNear = false;
    const names = [];
    context.on("response", async (response) => {
      if (!response.url().startsWith(address)) return;
      names.push(response.url().slice(address.length));
      if (!isNear) weight += brotliCompressSync(await response.body()).length;
    });
    await show(`<p style="height: 5000px">A long text.</p><rolewalk-playground src="wrong-trust" loading="${loading}"></rolewalk-playground>`);
    const one = widget();
    await one.element.getByText("A live playground").waitFor({ state: "attached" });
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
    assert.deepEqual(names, ["rolewalk-playground.js"]);
    assert.ok(weight > 0 && weight < 10_000, `${weight} bytes after brotli`);
    isNear = true;
    console.log(`${loading}: ${weight} bytes after brotli before the reader ${what}`);
    if (loading === "click") {
      await one.element.scrollIntoViewIfNeeded();
      await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
      assert.equal(names.length, 1, "to see it is not enough");
      await one.button("Open the playground").click();
    } else {
      await page.evaluate(() => scrollTo(0, 4300));
    }
    await one.says(SHUT);
    assert.ok(names.some((it) => it.endsWith("_bg.wasm")));
    if (loading === "click") {
      const isInside = await page.evaluate(() => document.activeElement.localName === "rolewalk-playground");
      assert.equal(isInside, true, "the focus goes where the button was");
    }
  });
}

hosted("loading can be changed, and asked for", async ({ page, show, widget }) => {
  await show('<rolewalk-playground id="a" src="wrong-trust" loading="click"></rolewalk-playground><rolewalk-playground id="b" src="wrong-trust" loading="click"></rolewalk-playground>');
  await widget(0).element.evaluate((it) => it.load());
  await widget(0).says(SHUT);
  assert.equal(await widget(1).button("Open the playground").count(), 1);
  await widget(1).element.evaluate((it) => (it.loading = "eager"));
  await widget(1).says(SHUT);
  assert.equal(await page.evaluate(() => document.querySelector("#b").loading), "eager");
});

const RUDE = `<style>
  * { color: rgb(255, 0, 0) !important; letter-spacing: 4px; text-transform: uppercase; line-height: 3; text-align: right; box-sizing: content-box }
  button, select, h2, li { background: yellow !important; border: 9px solid lime; font-size: 40px !important; margin: 40px; list-style: square }
  .verdict, .embed, .icon, .chip { display: none !important }
  :root { --bg: red; --text: red; --surface: red; --left: 900px; --scale: 5; --accent: red }
</style>`;

hosted("styles get neither in nor out", async ({ page, show, widget }) => {
  const looks = () =>
    page.evaluate(() => {
      const of = (it) => {
        const style = getComputedStyle(it);
        return [style.color, style.fontSize, style.fontFamily, style.letterSpacing, style.textTransform, style.lineHeight, style.backgroundColor, style.textAlign, style.borderTopWidth, style.margin];
      };
      const inside = document.querySelector("rolewalk-playground").shadowRoot;
      const outside = [".host", "h1", "body", "html"].map((it) => of(document.querySelector(it)));
      return { inside: [".embed", ".verdict-words", ".embed-foot .button", "h2", "li.door"].map((it) => of(inside.querySelector(it))), outside };
    });
  const body = '<button class="host icon">A button</button><rolewalk-playground src="wrong-trust"></rolewalk-playground>';
  await show(body);
  await widget().says(SHUT);
  const calm = await looks();
  const bare = await page.evaluate(async () => {
    document.querySelector("rolewalk-playground").remove();
    const style = getComputedStyle(document.querySelector(".host"));
    return [style.color, style.fontSize, document.styleSheets.length, document.adoptedStyleSheets.length, document.head.querySelectorAll("style, link").length];
  });
  assert.deepEqual(bare.slice(0, 2), calm.outside[0].slice(0, 2));
  assert.deepEqual(bare.slice(2), [0, 0, 0], "no style was put into the page");
  await show(body, { head: RUDE });
  await widget().says(SHUT);
  const rude = await looks();
  assert.deepEqual(rude.inside, calm.inside);
});

hosted("text is as large as the host's", async ({ page, show, widget }) => {
  await show('<style>body { font-size: 24px }</style><rolewalk-playground src="wrong-trust"></rolewalk-playground>');
  await widget().says(SHUT);
  const size = () => widget().element.locator(".about-text").evaluate((it) => Number.parseFloat(getComputedStyle(it).fontSize));
  const large = await size();
  await page.evaluate(() => (document.body.style.fontSize = "16px"));
  await page.setViewportSize({ width: 900, height: 800 });
  await page.waitForFunction((large) => Number.parseFloat(getComputedStyle(document.querySelector("rolewalk-playground").shadowRoot.querySelector(".about-text")).fontSize) < large, large);
  assert.ok(Math.abs(large / (await size()) - 1.5) < 0.01, `${large}`);
});

hosted("what the visitor has, and the host's address, title and keys stay as they are", async ({ page, host, show, widget }) => {
  await show('<input id="field"><a id="link" href="#x">x</a><rolewalk-playground id="one" src="wrong-trust" view="whole"></rolewalk-playground>');
  await page.evaluate(() => {
    localStorage.setItem("rolewalk", "the visitor's own");
    window.taken = [];
    window.addEventListener("keydown", (event) => window.taken.push(`${event.key} ${event.defaultPrevented}`));
  });
  const one = widget();
  await one.says(SHUT);
  const before = await page.evaluate(() => [location.href, document.title, history.length]);
  await one.button(/Try it:/).click();
  await one.says(OPEN);
  // With the focus elsewhere no key means anything here.
  await page.locator("#link").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("/");
  await page.locator("#field").focus();
  await page.keyboard.type("a/b");
  await page.keyboard.press("ControlOrMeta+z");
  await one.says(OPEN);
  const taken = await page.evaluate(() => window.taken.filter((it) => it.endsWith("true")));
  assert.deepEqual(taken, []);
  assert.equal(await page.evaluate(() => document.activeElement.id), "field");
  await one.element.getByRole("link", { name: "Glossary: Trust policy" }).first().click();
  await one.element.getByRole("dialog", { name: "Glossary" }).getByRole("button", { name: "Close" }).click();
  await page.evaluate(() => document.querySelector("#one").remove());
  assert.deepEqual(await page.evaluate(() => [location.href, document.title, history.length]), before);
  assert.deepEqual(await page.evaluate(() => [Object.entries({ ...localStorage }), Object.keys({ ...sessionStorage })]), [[["rolewalk", "the visitor's own"]], []]);
  assert.ok(before[0].startsWith(host.address));
});

hosted("a host with a strict policy sees nothing that breaks it", async ({ page, show, widget, address }) => {
  const site = new URL(address).origin;
  const csp = `default-src 'none'; script-src ${site} 'wasm-unsafe-eval'; connect-src 'self' ${site}; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;
  await show('<rolewalk-playground src="wrong-trust" view="whole"></rolewalk-playground><rolewalk-playground src="wrong-trust" view="editor" theme="dark" loading="click"></rolewalk-playground>', { csp: csp.replace("; require-trusted-types-for 'script'", "") });
  const one = widget();
  await one.says(SHUT);
  await one.button("Show in the trust policy").first().click();
  await one.write((await one.textNow()).replace("lambda", "sagemaker"));
  await one.says(OPEN);
  await one.element.locator("#policy-text").press("ControlOrMeta+f");
  await one.element.locator(".cm-search").waitFor();
  await page.keyboard.press("Escape");
  await one.element.locator("#policy-text").press("ControlOrMeta+Home");
  await one.element.locator("#policy-text").press("ArrowDown");
  await one.element.locator("#policy-text").press("ControlOrMeta+ArrowRight");
  await one.button("What is this?").click();
  await one.element.locator(".cm-card").waitFor();
  await page.keyboard.press("Escape");
  await one.element.getByRole("treeitem", { name: /ml-platform/ }).first().click();
  await one.element.getByRole("heading", { name: "ml-platform", exact: true }).waitFor();
  await one.element.getByRole("treeitem", { name: /ml-platform/ }).first().click({ button: "right" });
  await one.element.getByRole("menu").waitFor();
  await page.keyboard.press("Escape");
  await widget(1).button("Open the playground").click();
  await widget(1).says(SHUT);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
});

hosted("a scenario of a stranger is text, and what is none is told in a sentence", async ({ page, host, show, widget, expectError }) => {
  expectError(/got 404|status of 404|gone\.rolewalk\.json/);
  const evil = '<img src=x onerror="window.harm=1"><script>window.harm=1</script>';
  const scenario = JSON.parse(world("wrong-trust"));
  const poisoned = (it, key) => {
    if (typeof it === "string") return /^(arn|trust|rolewalk|d-|\d)|^(true|false)$/.test(it) || !["name", "about", "text", "description", "person", "alias", "prefix", "sid"].includes(key) ? it : it + evil;
    if (Array.isArray(it)) return it.map((one) => poisoned(one, key));
    if (it && typeof it === "object") return Object.fromEntries(Object.entries(it).map(([name, value]) => [name, poisoned(value, name)]));
    return it;
  };
  const loud = { ...poisoned({ name: scenario.name, about: scenario.about }), world: scenario.world, choice: { ...scenario.choice, person: `Alice${evil}` }, checks: [], rolewalk: scenario.rolewalk };
  host.file("evil.json", JSON.stringify(loud));
  host.file("large.json", `{"rolewalk":1,"name":"${"x".repeat(1_000_000)}"}`);
  host.file("wrong.json", "{ this is not JSON");
  host.file("other.json", '{"hello":"world"}');
  host.file("newer.json", JSON.stringify({ ...scenario, rolewalk: 999 }));
  const all = {
    "evil.json": /onerror/,
    "large.json": /more than 262144 bytes/,
    "wrong.json": /not a Rolewalk scenario/,
    "other.json": /not a Rolewalk scenario/,
    "newer.json": /format 999.*newer Rolewalk/,
    "gone.rolewalk.json": /answered with 404/,
    "no-such-world": /no world no-such-world/,
    "v1.AAAA.00000000": /cut off or changed/,
    "v9.AAAA.00000000": /version that this Rolewalk does not know/,
    "javascript:window.harm=1//x.json": /could not be fetched/,
  };
  await show(Object.keys(all).map((src) => `<rolewalk-playground id="${src}" loading="eager" view="whole" src="${src}"></rolewalk-playground>`).join("") + "<p id=after>The page goes on.</p>");
  for (const [idx, pattern] of Object.values(all).entries()) {
    if (idx === 0) {
      await widget(0).says(SHUT);
      assert.match(await widget(0).element.locator(".embed").innerText(), pattern);
      continue;
    }
    const alert = widget(idx).element.getByRole("alert");
    await alert.waitFor();
    assert.match(await alert.innerText(), pattern);
  }
  const errors = await heard(page, "error");
  assert.deepEqual(errors.map((it) => it.id).sort(), Object.keys(all).slice(1).sort());
  for (const error of errors) for (const part of ["code", "message", "help"]) assert.ok(error[part], part);
  assert.equal(await page.evaluate(() => window.harm), undefined);
  assert.equal(await page.locator("#after").innerText(), "The page goes on.");
  // Mended, it is shown.
  await widget(2).set("src", "wrong-trust");
  await widget(2).says(SHUT);
});

hosted("where Rolewalk cannot be fetched, the element says so, and tries again when asked", async ({ page, show, widget, expectError }) => {
  expectError(/ERR_FAILED|Failed to fetch|rolewalk-near/);
  let isOffline = true;
  await page.route(/rolewalk-near/, (route) => (isOffline ? route.abort() : route.continue()));
  await show('<rolewalk-playground src="wrong-trust"></rolewalk-playground>');
  await widget().element.getByRole("alert").getByText("could not be fetched").waitFor();
  await hears(page, "error", '(it) => it.code === "not-fetched"');
  isOffline = false;
  await widget().call("load");
  await widget().says(SHUT);
});

for (const colorScheme of ["light", "dark"]) {
  hosted(`axe finds nothing, ${colorScheme}`, { colorScheme }, async ({ page, show, widget, axe }) => {
    await show(
      ["flow", "trace", "editor", "model", "whole"].map((view) => `<h2>${view}</h2><rolewalk-playground src="wrong-trust" loading="eager" label="About ${view}" view="${view}"></rolewalk-playground>`).join("") +
        '<h2>click</h2><rolewalk-playground src="wrong-trust" loading="click" label="Later"></rolewalk-playground><h2>none</h2><rolewalk-playground src="nowhere"></rolewalk-playground>',
      { head: '<meta name="color-scheme" content="light dark">' },
    );
    for (const idx of [0, 1, 2, 3, 4]) await widget(idx).says(SHUT);
    for (const idx of [2, 4]) await widget(idx).element.locator("[contenteditable]#policy-text").waitFor();
    await widget(6).element.scrollIntoViewIfNeeded();
    await widget(6).element.getByRole("alert").waitFor();
    assert.equal(await widget(0).element.locator(`.rolewalk[data-theme=${colorScheme}]`).count(), 1);
    assert.equal(await axe(page), "");
    await widget(0).element.getByRole("group", { name: "About flow" }).waitFor();
  });
}

hosted("with the keyboard alone one comes in, mends the policy, and leaves", async ({ page, show, widget }) => {
  await show('<button id="first">First</button><rolewalk-playground id="one" src="wrong-trust" view="editor"></rolewalk-playground><button id="last">Last</button>');
  const one = widget();
  await one.says(SHUT);
  await one.element.locator("[contenteditable]#policy-text").waitFor();
  await page.locator("#first").focus();
  const focused = () => page.evaluate(() => {
    let it = document.activeElement;
    while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
    return it?.id || it?.textContent?.trim().slice(0, 40);
  });
  const reach = async (name) => {
    const seen = [];
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press("Tab");
      seen.push(await focused());
      if (seen.at(-1)?.includes(name)) return;
    }
    assert.fail(`Tab never came to ${name}: ${seen.join(", ")}`);
  };
  await reach("policy-text");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText((await one.textNow()).replace("lambda", "sagemaker"));
  await one.says(OPEN);
  await page.keyboard.press("ControlOrMeta+z");
  await one.says(SHUT);
  await page.keyboard.press("ControlOrMeta+y");
  await one.says(OPEN);
  await reach("Reset");
  await page.keyboard.press("Enter");
  await one.says(SHUT);
  await reach("last");
});

hosted("in a column of a phone everything has room", { viewport: { width: 320, height: 700 } }, async ({ page, show, widget }) => {
  await show(
    "<style>body { margin: 0 } main { padding: 0 }</style>" +
      ["flow", "trace", "editor", "model", "whole"].map((view) => `<rolewalk-playground src="wrong-trust" loading="eager" view="${view}"></rolewalk-playground>`).join(""),
  );
  for (const idx of [0, 1, 2, 3, 4]) await widget(idx).says(SHUT);
  await widget(4).element.locator("#policy-text").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll("rolewalk-playground")].flatMap((it) =>
      [...it.shadowRoot.querySelectorAll("button, select, p, h2, h3, li, label")]
        .filter((one) => !one.closest(".code, dialog, svg, .picture") && one.getClientRects().length > 0)
        .filter((one) => one.getBoundingClientRect().right > 321 || one.getBoundingClientRect().left < -1)
        .map((one) => `${it.view}: ${one.className} ${one.textContent.slice(0, 30)}`),
    ),
  );
  assert.deepEqual(wide, []);
});

hosted("two hundred come and go, and leave nothing behind", { viewport: { width: 900, height: 700 } }, async ({ page, context, show, widget }) => {
  await show('<div id="here"></div>');
  const cdp = await context.newCDPSession(page);
  const mount = (n) =>
    page.evaluate(async (n) => {
      const here = document.querySelector("#here");
      for (let idx = 0; idx < n; idx += 1) {
        const it = document.createElement("rolewalk-playground");
        it.setAttribute("src", "wrong-trust");
        it.setAttribute("view", idx % 2 ? "editor" : "whole");
        it.loading = "eager";
        const ready = new Promise((done) => it.addEventListener("ready", done));
        here.append(it);
        await ready;
        it.remove();
        await new Promise((done) => setTimeout(done));
      }
      window.heard.length = 0;
    }, n);
  const measure = async () => {
    await page.evaluate(() => new Promise((done) => setTimeout(done, 0)));
    for (let n = 0; n < 3; n += 1) await cdp.send("HeapProfiler.collectGarbage");
    const { nodes, jsEventListeners, documents } = await cdp.send("Memory.getDOMCounters");
    const { usedSize } = await cdp.send("Runtime.getHeapUsage");
    const wasm = await page.evaluate(async () => {
      const all = performance.getEntriesByType("resource").map((it) => it.name);
      const app = await import(all.find((it) => /rolewalk-web-[0-9a-f]+\.js$/.test(it)));
      return (await app.default()).memory.buffer.byteLength;
    });
    return { nodes, jsEventListeners, documents, heap: usedSize, wasm };
  };
  await mount(20);
  const before = await measure();
  await mount(200);
  const now = await measure();
  console.log("after 20:", JSON.stringify(before), "after 220:", JSON.stringify(now));
  // The browser may hold on to the one that was there last, some 3,000 nodes; two hundred would be two hundred times that.
  assert.ok(now.nodes <= 8000, `${before.nodes} → ${now.nodes} nodes`);
  assert.ok(now.jsEventListeners <= before.jsEventListeners + 50, `${before.jsEventListeners} → ${now.jsEventListeners} listeners`);
  assert.ok(now.wasm <= before.wasm + 2_000_000, `${before.wasm} → ${now.wasm} bytes of wasm memory`);
  assert.ok(now.heap < before.heap + 4_000_000, `${before.heap} → ${now.heap} bytes of heap`);
  await page.evaluate(() => document.querySelector("#here").append(document.createElement("rolewalk-playground")));
  await widget().says(OPEN);
});

for (const sandbox of ["", 'sandbox="allow-scripts"']) {
  hosted(`alone in a frame${sandbox && " without an origin of its own"} it tells its height and what happens`, async ({ page, show, address }) => {
    await show(
      `<iframe id="frame" title="A playground" ${sandbox} style="width: 700px; height: 200px; border: 0" src="${address}#/embed?view=editor&amp;src=wrong-trust"></iframe>`,
      {
        script: `<script>
          addEventListener("message", ({ source, data, origin }) => {
            const frame = document.querySelector("#frame");
            if (source !== frame.contentWindow || data?.source !== "rolewalk") return;
            (window.told ??= []).push({ ...data, origin });
            if (data.type === "height") frame.style.height = data.height + "px";
          });
        </script>`,
      },
    );
    const told = async (type, test = "() => true") =>
      (await page.waitForFunction(([type, test]) => {
        const likes = new Function("it", "return (" + test + ")(it)");
        return window.told?.find((it) => it.type === type && likes(it));
      }, [type, test])).jsonValue();
    const verdict = await told("verdict");
    assert.equal(verdict.detail.outcome, "shut");
    assert.equal(verdict.origin, sandbox ? "null" : new URL(address).origin);
    await told("height", "(it) => it.height > 500");
    await page.waitForFunction(() => document.querySelector("#frame").getBoundingClientRect().height > 500);
    const inside = page.frameLocator("#frame");
    await inside.getByRole("button", { name: /Try it:/ }).click();
    await told("verdict", '(it) => it.detail.outcome === "open"');
    await told("change");
    const ask = (message) => page.evaluate((message) => document.querySelector("#frame").contentWindow.postMessage({ target: "rolewalk", ...message }, "*"), message);
    await ask({ type: "getShareUrl", id: 1 });
    assert.match((await told("answer", "(it) => it.id === 1")).value, /#\/s\/v/);
    await ask({ type: "setScenario", scenario: "working-studio", id: 2 });
    await told("answer", "(it) => it.id === 2");
    await inside.getByText("At the start every door is open").waitFor();
    await ask({ type: "setScenario", scenario: { rolewalk: 999 }, id: 3 });
    assert.match((await told("answer", "(it) => it.id === 3")).error, /format 999/);
    await ask({ type: "getScenario", id: 4 });
    assert.equal((await told("answer", "(it) => it.id === 4")).value.name, "A working studio");
    // The frame's page keeps no scrollbar of its own: the frame is as high as what is in it.
    const room = await page.frames()[1].evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
    assert.ok(room <= 1, `${room} pixels are out of sight`);
  });
}

hosted("a frame whose script cannot be fetched says so, and loads it anew on a click", async ({ page, address, expectError }) => {
  expectError(/ERR_FAILED|rolewalk-playground/);
  let isOffline = true;
  await page.route(/rolewalk-playground\.js/, (route) => (isOffline ? route.abort() : route.continue()));
  await page.goto(`${address}#/embed?src=wrong-trust`);
  await page.getByRole("alert").getByText("could not be fetched").waitFor();
  isOffline = false;
  await page.getByRole("button", { name: "Reload" }).click();
  await widgetOf(page, 0).says(SHUT);
});
