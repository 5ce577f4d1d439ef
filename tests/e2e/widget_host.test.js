// The widget in a page of somebody else: what it leaves alone there, what it withstands, and who can use it where.

import assert from "node:assert/strict";
import { OPEN, SHUT, heard, hears, hosted, world } from "./hosted.js";

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

hosted("names and policies grow with the sentences, and their lines with them", async ({ page, show, widget }) => {
  await show('<style>body { font-size: 24px }</style><rolewalk-playground src="wrong-trust" view="flow editor"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  await one.element.locator(".cm-line").first().waitFor();
  const sizes = () =>
    one.element.evaluate((it) =>
      [".about-text", "code", ".cm-line"].flatMap((part) => {
        const style = getComputedStyle(it.shadowRoot.querySelector(part));
        return part === ".cm-line" ? [style.fontSize, style.lineHeight] : [style.fontSize];
      }).map(Number.parseFloat),
    );
  const large = await sizes();
  await page.evaluate(() => (document.body.style.fontSize = "16px"));
  await page.setViewportSize({ width: 900, height: 800 });
  await page.waitForFunction(
    (large) => Number.parseFloat(getComputedStyle(document.querySelector("rolewalk-playground").shadowRoot.querySelector(".about-text")).fontSize) < large,
    large[0],
  );
  const grown = (await sizes()).map((it, idx) => large[idx] / it);
  assert.ok(grown.every((it) => Math.abs(it - 1.5) < 0.01), `${grown}`);
  // What is clicked is where the caret comes: the editor has measured its lines anew.
  await page.evaluate(() => (document.body.style.fontSize = "24px"));
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.waitForFunction(
    (large) => Number.parseFloat(getComputedStyle(document.querySelector("rolewalk-playground").shadowRoot.querySelector(".cm-line")).fontSize) === large,
    large[2],
  );
  await one.element.locator(".cm-line", { hasText: "lambda.amazonaws.com" }).click();
  await page.keyboard.press("End");
  const line = await one.element.locator("#policy-text").evaluate((it) => it.value.slice(0, it.selectionStart).split("\n").at(-1));
  assert.match(line, /lambda\.amazonaws\.com/);
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
  const csp = `default-src 'none'; script-src ${site} 'wasm-unsafe-eval'; connect-src 'self' ${site}; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'`;
  await show('<rolewalk-playground src="wrong-trust" view="whole"></rolewalk-playground><rolewalk-playground src="wrong-trust" view="editor" theme="dark" loading="click"></rolewalk-playground>', { csp });
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

hosted("side by side nothing is tiny, and no view leaves half of its room empty", { viewport: { width: 1232, height: 800 } }, async ({ page, show, widget }) => {
  const all = ["model trace", "flow editor", "editor trace", "account model", "editor model flow", "account flow editor", "flow account", "account model trace"];
  await show(
    "<style>body { margin: 16px } main { padding: 0 }</style>" + all.map((view) => `<rolewalk-playground src="wrong-trust" loading="eager" view="${view}"></rolewalk-playground>`).join(""),
  );
  for (const [idx, view] of all.entries()) {
    const one = widget(idx);
    await one.says(SHUT);
    if (view.includes("editor")) await one.element.locator("#policy-text").waitFor();
    const seen = await one.element.evaluate((it) => {
      const box = (selector) => {
        const found = it.shadowRoot.querySelector(selector)?.getBoundingClientRect();
        return found && { x: found.x, y: found.y, width: found.width, height: found.height, bottom: found.bottom };
      };
      const views = Object.fromEntries(["account", "flow", "trace", "editor", "model"].map((name) => [name, box(`.is-${name}-view`)]));
      return { ...views, all: box(".embed-views"), picture: box(".picture-svg"), ideas: [...it.shadowRoot.querySelectorAll(".idea")].map((it) => it.getBoundingClientRect().y) };
    });
    // With the widest stations of the picture in one row, a word in it has ten pixels from here on.
    if (seen.picture) assert.ok(seen.picture.width >= 600, `${view}: the picture is ${seen.picture.width} wide`);
    for (const name of view.split(" ")) assert.ok(seen[name].width >= 200, `${view}: ${name} is ${seen[name].width} wide`);
    if (seen.model && !(seen.account && (seen.flow || seen.trace || seen.editor))) {
      assert.equal(new Set(seen.ideas).size, 1, `${view}: the ideas are one row`);
      assert.equal(Math.round(seen.model.width), Math.round(seen.all.width), view);
    }
  }
  // The text stays in sight along the doors.
  const editor = widget(all.indexOf("editor trace"));
  await editor.element.getByText("A role can be assumed only if").evaluate((it) => it.scrollIntoView({ block: "center" }));
  const top = await editor.element.locator("#policy-text").evaluate((it) => it.getBoundingClientRect().top);
  assert.ok(top >= 0 && top < 400, `the text is at ${top}`);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
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
    await page.frames()[1].waitForFunction(() => document.documentElement.scrollHeight - document.documentElement.clientHeight <= 1);
  });
}

hosted("a frame whose script cannot be fetched says so, and loads it anew on a click", async ({ page, address, widget, expectError }) => {
  expectError(/ERR_FAILED|rolewalk-playground/);
  let isOffline = true;
  await page.route(/rolewalk-playground\.js/, (route) => (isOffline ? route.abort() : route.continue()));
  await page.goto(`${address}#/embed?src=wrong-trust`);
  await page.getByRole("alert").getByText("could not be fetched").waitFor();
  isOffline = false;
  await page.getByRole("button", { name: "Reload" }).click();
  await widget().says(SHUT);
});
