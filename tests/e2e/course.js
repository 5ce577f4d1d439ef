// What the journeys know of lessons: their parts on the page, and states of a lesson as the page keeps them.
//
// The course is the file beside the page. A state is made as the page makes it: what is kept of a lesson is unpacked,
// changed as the lesson's own solutions and wrong answers say, and put back, so that the page judges it as its own.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { builtSite, fileOf } from "./server.js";
import { playground } from "./playground.js";

/** The course as the site has it. */
export const course = JSON.parse(readFileSync(join(builtSite(), fileOf(builtSite(), "course.json")), "utf8"));
export const lessons = course.lessons.map((it) => it.lesson);
const ID = course.course.id;

/** Everything that is to be solved: lessons, and tickets with their lesson before a slash. */
export const exercises = lessons.flatMap((lesson) =>
  lesson.tickets?.length
    ? lesson.tickets.map((ticket) => ({ ...ticket, id: `${lesson.id}/${ticket.id}`, lesson, wrong: ticket.wrong ?? [] }))
    : [{ id: lesson.id, lesson, solution: lesson.solution, wrong: lesson.wrong ?? [] }],
);

/** The parts of a lesson's page. */
export function lessonPage(page) {
  const panel = page.locator(".panel-lesson");
  return {
    ...playground(page),
    panel,
    goal: (text) => panel.getByRole("listitem").filter({ hasText: text }).first(),
    solved: panel.getByText("Solved", { exact: true }),
    /** Waits until the goal with that text is met. */
    async meets(text) {
      await panel.locator(".goal.is-met", { hasText: text }).first().waitFor();
    },
    /** Opens one of the tabs of a narrow screen. */
    tab: (name) => page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name }).click(),
  };
}

/** Opens a lesson by its address. */
export async function openLesson({ page, open }, id) {
  await open(`#/learn/${id}`);
  await page.locator(".panel-lesson").waitFor();
  return lessonPage(page);
}

/** What the page has saved. */
export const saved = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("rolewalk") ?? "{}"));

/** Saves progress in which these lessons are solved, before the page opens. */
export async function withSolved(page, ids, works = {}) {
  const lessons = Object.fromEntries(ids.map((id) => [id, { solved: true }]));
  const progress = JSON.stringify({ rolewalkProgress: 1, courses: { [ID]: { lessons } } });
  await page.addInitScript((learned) => {
    if (localStorage.getItem("rolewalk") === null) localStorage.setItem("rolewalk", JSON.stringify({ learned }));
  }, { progress, works });
}

/** The ids of all lessons but that one. */
export const allBut = (id) => lessons.map((it) => it.id).filter((it) => it !== id.split("/")[0]);

/** The key under which a lesson's work is kept. */
export const workKey = (id) => `${ID}/${id}`;

/** A kept state, as JSON. */
export function unpacked(text) {
  const [, payload] = text.split(".");
  return JSON.parse(inflateRawSync(Buffer.from(payload, "base64url")).toString());
}

/** A state as it is kept. */
export function packed(scenario, version = "v1") {
  const json = Buffer.from(JSON.stringify(scenario));
  return `${version}.${deflateRawSync(json).toString("base64url")}.${adler32(json)}`;
}

function adler32(bytes) {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return (((b << 16) | a) >>> 0).toString(16).padStart(8, "0");
}

/** A state with a lesson's changes. */
export function changed(scenario, changes) {
  const state = structuredClone(scenario);
  for (const change of changes) {
    if (change.document) setDocument(state, change.document, change.text);
    else setValue(state, change.at, change.value);
  }
  return state;
}

const NAMES = ["domainId", "userProfileName", "spaceName", "keyId", "vpcEndpointId", "vpcId", "subnetId", "groupId", "arn", "account", "name", "id"];
const nameOf = (item) => NAMES.map((it) => item?.[it]).find((it) => it !== undefined);
const step = (place, name) =>
  Array.isArray(place) ? (/^\d+$/.test(name) ? place[name] : place.find((it) => nameOf(it) === name)) : place[name];

function setValue(state, at, value) {
  const steps = at.split("/").slice(1);
  const last = steps.pop();
  const place = steps.reduce(step, state);
  if (last === "-") place.push(value);
  else place[last] = value;
}

function setDocument(state, id, text) {
  const home = state.world.home;
  const [kind, ...rest] = id.split(":");
  if (kind === "trust") step(home.roles, rest[0]).trustPolicy = text;
  else if (kind === "key") step(home.keys, rest[0]).policy = text;
  else {
    const [owner, name, policy] = rest;
    const whose = step(home[`${owner}s`], name);
    whose.inlinePolicies ??= [];
    const own = step(whose.inlinePolicies, policy);
    if (own) own.document = text;
    else whose.inlinePolicies.push({ name: policy, document: text });
  }
}
