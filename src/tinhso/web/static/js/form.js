// A form on the portal: saves itself, asks the server which questions are in sight, finds communes while typing.
// Everything goes to the form's own address; without this file the same form is sent whole.
const speak = (sentence) => document.dispatchEvent(new CustomEvent('ts:say', { detail: sentence }));
const form = document.querySelector('form[data-autosave], form[data-refresh]');
const WAIT = 1500;

function answers(intent) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set('do', intent);
  return data;
}

async function post(intent) {
  const response = await fetch(form.action, { method: 'POST', body: answers(intent), headers: { 'X-Part': intent } });
  if (!response.ok && response.status !== 422) throw new Error(String(response.status));
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

// Autosave: the server answers with the component save-state.
let timer = 0;
let waiting = false;
function later() {
  waiting = true;
  clearTimeout(timer);
  timer = setTimeout(save, WAIT);
}
async function save() {
  if (form.dataset.sent) return;
  try {
    const page = await post('autosave');
    waiting = false;
    swap(page.getElementById('save-state'));
  } catch {
    const words = document.getElementById(navigator.onLine ? 'save-failed' : 'save-offline');
    if (words) swap(words.content.firstElementChild.cloneNode(true));
  }
}
function swap(state) {
  const present = document.getElementById('save-state');
  if (!state || !present) return;
  present.className = state.className;
  present.innerHTML = state.innerHTML;
}

// Conditional questions: the server draws the questions again; what has the focus keeps it.
let asked = 0;
async function refresh() {
  const turn = ++asked;
  const focused = document.activeElement?.id;
  const page = await post('refresh').catch(() => null);
  const fresh = page?.getElementById('questions');
  if (!fresh || turn !== asked) return;
  const present = document.getElementById('questions');
  const before = names(present);
  const open = [...present.querySelectorAll('input[type=text], input:not([type]), input[type=tel], input[type=email], textarea')];
  const typed = new Map(open.map((box) => [box.name, box.value]));
  keepUploads(present, fresh);
  present.replaceWith(fresh);
  for (const box of fresh.querySelectorAll('input[type=text], input:not([type]), input[type=tel], input[type=email], textarea')) {
    if (typed.has(box.name)) box.value = typed.get(box.name);
  }
  fresh.dispatchEvent(new CustomEvent('ts:new', { bubbles: true }));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (names(fresh).some((name) => !before.includes(name))) speak(form.dataset.revealed || '');
}
// Files on their way, and those that were refused, stay before the eyes of whoever sends them.
function keepUploads(present, fresh) {
  for (const zone of present.querySelectorAll('[data-upload]')) {
    if (!zone.querySelector('progress, .ts-file--wrong')) continue;
    const place = [...fresh.querySelectorAll('[data-upload]')].find((other) => other.dataset.name === zone.dataset.name);
    place?.replaceWith(zone);
  }
}
const names = (root) => [...root.querySelectorAll('[name]')].map((box) => box.name);

if (form) {
  form.addEventListener('input', () => { if ('autosave' in form.dataset) later(); });
  form.addEventListener('change', (event) => {
    const decides = event.target.matches('input[type=radio], input[type=checkbox], select');
    if ('refresh' in form.dataset && decides) refresh();
  });
  addEventListener('online', () => { if (waiting) save(); });
  document.addEventListener('visibilitychange', () => { if (document.hidden && waiting) save(); });
  form.addEventListener('submit', () => clearTimeout(timer));
}

// Communes: suggestions of the server in the browser's own list.
let search = 0;
document.addEventListener('input', (event) => {
  const box = event.target;
  if (!box.dataset?.communes) return;
  clearTimeout(search);
  search = setTimeout(() => suggest(box), 200);
});
async function suggest(box) {
  const words = box.value.trim();
  if (words.length < 2) return;
  const response = await fetch(`${box.dataset.communes}?q=${encodeURIComponent(words)}`).catch(() => null);
  if (!response?.ok || box.value.trim() !== words) return;
  const found = await response.json();
  box.list?.replaceChildren(...found.map(({ name }) => Object.assign(document.createElement('option'), { value: name })));
}
