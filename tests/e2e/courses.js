// A course made by hand, and what a course's link is made of.

import { packed as packedAs } from "./share.js";

/** Packs a text as links are packed. */
export const packed = (text, version = "c1") => packedAs(version, text);

const read = (action) => ({ workload: { apiCall: { action, resource: "arn:aws:s3:::plans/a.txt" } } });
const policy = (action, resource) => ({ Version: "2012-10-17", Statement: [{ Sid: "Own", Effect: "Allow", Action: action, Resource: resource }] });
const plans = "arn:aws:s3:::plans/*";

const scenario = {
  rolewalk: 2,
  name: "Plans",
  about: "Dana reads a plan.",
  world: {
    region: "eu-central-1",
    home: {
      account: "111122223333",
      users: [{ name: "dana", inlinePolicies: [{ name: "Reads", document: policy("sts:GetCallerIdentity", "*") }] }],
      roles: [],
      buckets: [{ name: "plans" }],
    },
  },
  choice: {
    person: "Dana",
    user: "dana",
    role: null,
    domain: "",
    userProfile: "",
    ...read("s3:GetObject"),
    data: { bucket: "plans", prefix: "" },
    repository: "",
    time: "2026-11-24T12:00:00Z",
  },
};

/** The lesson; `text` is its Markdown. */
function lesson(id, title, text) {
  return {
    lesson: {
      rolewalkLesson: 1,
      id,
      title,
      idea: "Only what is allowed is allowed.",
      minutes: 2,
      start: { base: "plans" },
      editable: ["users/dana/inlinePolicies"],
      goals: [
        { id: "read", text: "Dana reads the plan", ask: read("s3:GetObject"), expect: { stopsAt: null } },
        { id: "no-delete", text: "Dana still deletes nothing", ask: read("s3:DeleteObject"), expect: { stopsAt: "apiCall" } },
      ],
      hints: ["Look at the action."],
      wrong: [
        {
          name: "Everything",
          changes: [{ document: "inline:user:dana:Reads", text: policy("s3:*", plans) }],
          misses: ["no-delete"],
          feedback: "That deletes as well.",
        },
      ],
      solution: {
        changes: [{ document: "inline:user:dana:Reads", text: policy("s3:GetObject", plans) }],
        because: "One action is enough.",
      },
      takeaway: "Name the action.",
    },
    text,
  };
}

/** A course of one lesson or two. `change` may change it before it becomes a text. */
export function handmade(change = (it) => it, text = "Dana wants to read **one** plan.") {
  const course = {
    rolewalkCourse: 1,
    course: { id: "handmade", title: "Made by hand", about: "A course of one’s own.", lessons: ["a"] },
    bases: { plans: scenario },
    lessons: [lesson("first-plan", "The first plan", text)],
  };
  return JSON.stringify(change(course));
}

/** What solves the lesson. */
export const answer = JSON.stringify(policy("s3:GetObject", plans), null, 2);
