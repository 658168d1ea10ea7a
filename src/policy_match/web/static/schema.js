// What may stand at a place of a rule file, by its JSON schema: for completion.

// The keys above a place, by indentation: ["policies", "*", "benefit"].
export function pathTo(lines, number, column) {
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
