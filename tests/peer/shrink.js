// Makes a case smaller while something stays true of it, so that a person can read it.

/** The smallest case found of which `holds` (which may be asynchronous) is true, as it is of `question`. */
export async function shrink(question, holds) {
  let smallest = question;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const candidate of smaller(smallest)) {
      if (await holds(candidate)) {
        smallest = candidate;
        isSmaller = true;
        break;
      }
    }
  }
  return smallest;
}

/** The case with one member less, large ones first. */
function* smaller(question) {
  for (const path of paths(question).sort((a, b) => a.length - b.length)) {
    const copy = structuredClone(question);
    const parent = path.slice(0, -1).reduce((it, name) => it[name], copy);
    const name = path.at(-1);
    if (Array.isArray(parent)) {
      parent.splice(name, 1);
    } else {
      delete parent[name];
    }
    yield copy;
  }
}

/** Where something may be left out: settings, context keys, documents, statements, conditions, values. */
function paths({ request, policies, settings }) {
  const found = [];
  if (settings) {
    found.push(["settings"]);
  }
  found.push(...Object.keys(request.context ?? {}).map((it) => ["request", "context", it]));
  for (const [layer, value] of Object.entries(policies)) {
    found.push(["policies", layer], ...inside(value, ["policies", layer]));
  }
  return found;
}

function inside(value, path) {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, child]) => {
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    return isOptional(value, name) ? [at, ...inside(child, at)] : inside(child, at);
  });
}

function isOptional(parent, name) {
  if ("Effect" in parent || "Statement" in parent) {
    return name === "Condition";
  }
  // What is not a document may not be left empty: AWS would not save it.
  return Object.keys(parent).length > 1 || isDocument(parent[name]);
}

/** A document, or a list of them. */
function isDocument(value) {
  return Array.isArray(value) ? value.every(isDocument) : "Statement" in Object(value);
}
