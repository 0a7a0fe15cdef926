// The desk by keyboard: «/» to the search box, arrows and j/k through the list, Enter opens, Escape closes the pane.
const typing = (element) => element.closest('input, select, textarea, [contenteditable], dialog');

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  if (event.key === '/' && !typing(target)) {
    event.preventDefault();
    document.querySelector('[data-focus-key="/"], .desk-main [role=search] input[type=search]')?.focus();
    return;
  }
  if (event.key === 'Escape' && !document.querySelector('dialog[open], details[open].ts-menu')) {
    document.querySelector('.desk-pane__close')?.click();
    return;
  }
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step && !typing(target)) move(event, step);
});

function move(event, step) {
  const links = [...document.querySelectorAll('[data-list] tbody .is-what a')];
  if (!links.length) return;
  const from = links.indexOf(document.activeElement);
  const current = links.findIndex((link) => link.closest('tr').classList.contains('is-current'));
  const next = links[Math.max(0, Math.min(links.length - 1, (from < 0 ? current : from) + step))];
  event.preventDefault();
  next.focus();
}

// One box chooses all rows of the page.
document.addEventListener('change', (event) => {
  if (!('chooseAll' in event.target.dataset)) return;
  for (const box of event.target.closest('table').querySelectorAll('tbody input[type=checkbox]')) box.checked = event.target.checked;
});

// The panel beside the list is swapped by htmx: the frame opens or closes with it, its row is marked, its heading focused.
function settle(pane) {
  const open = !pane.hidden;
  document.body.classList.toggle('desk--pane-open', open);
  let left = null;
  for (const row of document.querySelectorAll('[data-list] tr.is-current')) {
    row.classList.remove('is-current');
    row.querySelector('[aria-current]')?.removeAttribute('aria-current');
    left = row;
  }
  const row = open && document.querySelector(`[data-row="${pane.dataset.dossier}"]`);
  if (row) {
    row.classList.add('is-current');
    row.querySelector('.is-what a').setAttribute('aria-current', 'true');
  }
  const target = open ? pane.querySelector('.desk-pane__title') : left?.querySelector('.is-what a');
  target?.focus();
}

document.addEventListener('htmx:afterSettle', (event) => {
  if (event.detail.elt.id === 'pane' || event.detail.target?.id === 'pane') settle(document.getElementById('pane'));
  if (event.detail.target?.id === 'act-body') {
    const dialog = document.getElementById('act-dialog');
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('h2')?.focus();
  }
});
// What cannot be shown in the panel or the dialog is a page of its own.
document.addEventListener('htmx:responseError', (event) => { location.href = event.detail.requestConfig.path; });

// On a phone the tabs are a strip: begin at the one that is open.
document.querySelector('.ts-tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

// A menu of the filter line acts at once; its button is for pages without this file.
const filter = document.querySelector('[data-filter]');
if (filter) {
  filter.querySelector('button').hidden = true;
  filter.addEventListener('change', () => filter.requestSubmit());
  filter.addEventListener('submit', () => { for (const box of filter.elements) if (!box.value) box.disabled = true; });
}

// How many results the button is about to sign.
const sign = document.querySelector('[data-sign]');
function count() {
  const words = sign.querySelector('span');
  sign.dataset.none ??= words.textContent;
  const chosen = document.querySelectorAll('.desk-sign tbody input:checked').length;
  words.textContent = chosen ? sign.dataset.label.replace('{n}', chosen) : sign.dataset.none;
}
if (sign) document.addEventListener('change', () => setTimeout(count));
