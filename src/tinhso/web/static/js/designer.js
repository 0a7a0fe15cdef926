// The designer: what is typed saves itself, the citizen's view and the mistakes follow, conditions show what they need.
const WAIT = 1200;
const form = document.querySelector('form[data-designer]');

let timer = 0;
let turn = 0;
let saving = null;
function later() {
  clearTimeout(timer);
  timer = setTimeout(() => { saving = save().finally(() => { saving = null; }); }, WAIT);
}

async function save() {
  if (form.dataset.sent) return;
  const mine = ++turn;
  const data = new FormData(form);
  data.set('do', 'autosave');
  try {
    const response = await fetch(form.action || location.href, { method: 'POST', body: data, headers: { 'X-Part': 'autosave' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (mine !== turn) return;
    swap('save-state', page);
    if (!response.ok) return;
    const revision = page.querySelector('input[name=revision]')?.value;
    if (revision) for (const box of document.querySelectorAll('input[name=revision]')) box.value = revision;
    swap('mistakes', page);
    const live = document.getElementById('live');
    if (live) live.src = live.src;
  } catch {
    const words = document.getElementById(navigator.onLine ? 'save-failed' : 'save-offline');
    const present = document.getElementById('save-state');
    if (words && present) present.innerHTML = words.content.firstElementChild.innerHTML;
  }
}

function swap(id, page) {
  const fresh = page.getElementById(id);
  const present = document.getElementById(id);
  if (!fresh || !present) return;
  present.className = fresh.className;
  present.innerHTML = fresh.innerHTML;
}

if (form) {
  form.addEventListener('input', later);
  form.addEventListener('change', (event) => {
    // Another type has other boxes: the whole page comes again.
    if (event.target.name === 'type') form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (!saving) return;
    // What saves itself right now changes the revision: wait for it, or the form would meet its own change.
    event.preventDefault();
    event.stopPropagation();
    saving.finally(() => form.requestSubmit(event.submitter));
  });
}

// A condition shows the lines or the text, whichever was chosen; a value's suggestions follow its question.
function settle(condition) {
  const mode = condition.querySelector('input[type=radio]:checked')?.value;
  for (const part of condition.querySelectorAll('[data-mode]')) part.hidden = part.dataset.mode !== mode;
}
for (const condition of document.querySelectorAll('[data-condition]')) {
  settle(condition);
  condition.addEventListener('change', (event) => {
    settle(condition);
    if (!('conditionName' in event.target.dataset)) return;
    const value = document.getElementById(event.target.id.replace(/-name$/, '-value'));
    const list = `${event.target.id.replace(/-\d+-name$/, '')}-of-${event.target.value}`;
    if (document.getElementById(list)) value.setAttribute('list', list); else value.removeAttribute('list');
  });
}
