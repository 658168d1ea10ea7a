// What may stand at a place of a YAML text, by its JSON schema: for completion.

// The keys above a place, by indentation: ["policies", "*", "benefit"].
function pathTo(lines, number, column) {
  const path = [];
  let depth = column;
  for (let at = number - 1; at >= 0 && depth > 0; at--) {
    const [, space, dash = "", key] = /^(\s*)(- +)?(?:([^\s#'"[\]{}-][^:]*):(?:\s|$))?/.exec(lines[at]);
    if (key && space.length + dash.length < depth) {
      path.unshift(key);
      depth = space.length + dash.length;
    }
    // A list may stand as far to the left as its key; an item beside this one is none above it.
    const beside = path[0] === "-" && space.length === depth - 1;
    if (dash && space.length < depth && !beside) {
      path.unshift("-");
      depth = space.length + 1;
    }
  }
  return path;
}

const ENTRY = /^(\s*(?:- +)*)(?:([^\s#'"[\]{},-][^:,[\]{}]*):\s+)?$/;

// What is open before a place: the texts about each bracket, outermost first; null in
// a quotation or a comment. A bracket opens something only where a value may begin.
function opened(text) {
  let stack = [];
  let indent = 0; // of the line on which the outermost one stands
  let from = 0; // where the entry begins that is being written
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    const entry = text.slice(from, at);
    if (one === "\n") {
      const [, space, first] = /^( *)(.?)/.exec(text.slice(at + 1));
      // What stands no further in than the line of a bracket is not within it.
      if (space.length <= indent && /[^\s#}\]]/.test(first)) stack = [];
      if (!stack.length) from = at + 1;
    } else if (one === "#" && (at === 0 || /\s/.test(text[at - 1]))) {
      const end = text.indexOf("\n", at);
      if (end < 0) return null;
      at = end - 1;
    } else if (/["']/.test(one) && ENTRY.test(entry)) {
      const end = text.indexOf(one, at + 1);
      if (end < 0) return null;
      at = end;
    } else if (/[[{]/.test(one) && ENTRY.test(entry)) {
      if (!stack.length) indent = /^ */.exec(entry)[0].length;
      stack.push({ kind: one, entry, at: from });
      from = at + 1;
    } else if (stack.length && /[\]}]/.test(one)) {
      stack.pop();
    } else if (stack.length && one === ",") from = at + 1;
  }
  return { stack, entry: text.slice(from) };
}

// Where a place is: the keys above it, the key whose value stands there ("" where a
// key does), and what is written of it. Null where nothing can be completed.
export function where(text) {
  const found = opened(text);
  if (!found) return null;
  const { stack, entry } = found;
  const line = text.slice(0, stack[0]?.at ?? text.length - entry.length).split("\n").length - 1;
  const [, space, key] = (stack.length ? ENTRY.exec(stack[0].entry) : /^(\s*(?:- +)*)(?:([^\s:#]+):\s+)?\S*$/.exec(entry)) ?? [];
  if (space === undefined) return null;
  const path = pathTo([...text.split("\n").slice(0, line), `${space.replace(/\S/g, " ")}x: `], line, space.length);
  if (space.includes("-") && path.at(-1) !== "-") path.push("-");
  if (!stack.length) return { path, key: key ?? "", word: /\S*$/.exec(entry)[0] };
  if (key) path.push(key);
  for (const inner of stack.slice(1)) path.push(ENTRY.exec(inner.entry)[2] ?? "-");
  if (stack.at(-1).kind === "[") {
    const word = /^\s*(\S*)$/.exec(entry)?.[1];
    return word === undefined ? null : { path, key: "-", word };
  }
  const [, name = "", word] = /^\s*(?:([^\s:]+):\s+)?(\S*)$/.exec(entry) ?? [];
  return word === undefined ? null : { path, key: name, word };
}

const whole = (schema, node, seen = new Set()) => {
  if (!node || seen.has(node)) return [];
  seen.add(node);
  if (node.$ref) return whole(schema, schema.$defs[node.$ref.split("/").at(-1)], seen);
  const parts = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  return [node, ...parts.flatMap((one) => whole(schema, one, seen))];
};

function below(schema, nodes, key) {
  const found = [];
  for (const node of nodes) {
    if (key === "-") found.push(...whole(schema, node.items));
    else if (node.properties?.[key]) found.push(...whole(schema, node.properties[key]));
    else if (typeof node.additionalProperties === "object") found.push(...whole(schema, node.additionalProperties));
    else for (const one of Object.values(node.patternProperties ?? {})) found.push(...whole(schema, one));
  }
  return found;
}

const at = (schema, path) => path.reduce((nodes, key) => below(schema, nodes, key), whole(schema, schema));

// Keys that may stand at a place, each with what the schema says of it.
export function keys(schema, path) {
  const found = new Map();
  for (const node of at(schema, path)) {
    for (const [name, one] of Object.entries(node.properties ?? {})) {
      if (!found.has(name)) found.set(name, whole(schema, one).find((part) => part.description)?.description ?? "");
    }
  }
  return found;
}

// Values that may stand after a key.
export function values(schema, path) {
  const found = new Set();
  for (const node of at(schema, path)) {
    for (const one of node.enum ?? []) found.add(String(one));
    if (node.const !== undefined) found.add(String(node.const));
    if (node.type === "boolean") ["true", "false"].forEach((one) => found.add(one));
  }
  return found;
}
