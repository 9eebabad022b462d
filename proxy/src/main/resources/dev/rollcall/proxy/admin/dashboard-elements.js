// No text from outside becomes markup here: everything goes through textContent or attributes.

const SPARKS = 60;
const $ = id => document.getElementById(id);
const token = { value: '' };
let services = [];
let polledAt = 0;
let pollTimer = 0;
const counted = new Map();
const serviceCards = new Map();

// Named although they are tables: on a phone they are laid out as blocks and would lose their meaning.
const ROLES = { table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', th: 'columnheader', td: 'cell' };

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  if (ROLES[tag]) made.setAttribute('role', ROLES[tag]);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

