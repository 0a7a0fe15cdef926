// The desk by keyboard: «/» to the search box, arrows and j/k through the list, x ticks, Enter opens, Escape closes the
// pane; on a dossier j/k and left/right walk through the list it came from, n/p change the paper, r turns it, + − zoom.
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
  if (typing(target) && !target.matches('[data-list] input[type=checkbox]')) return;
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step && document.querySelector('[data-list]')) return move(event, step);
  if (event.key === 'x') return tick(event);
  const walk = { ArrowRight: 1, j: 1, ArrowLeft: -1, k: -1 }[event.key];
  if (walk) return document.querySelector(`[data-walk="${walk}"]`)?.click();
  const paper = { n: 1, p: -1 }[event.key];
  if (paper) return document.querySelector(`[data-paper="${paper}"]`)?.click();
  if (event.key === 'r') return turn();
  const bigger = { '+': 1, '=': 1, '-': -1 }[event.key];
  if (bigger) zoom(bigger);
});

function tick(event) {
  const box = event.target.closest('tr')?.querySelector('input[type=checkbox][name=chon]');
  if (!box) return;
  event.preventDefault();
  box.checked = !box.checked;
  box.dispatchEvent(new Event('change', { bubbles: true }));
}

function move(event, step) {
  const links = [...document.querySelectorAll('[data-list] tbody .is-what a')];
  if (!links.length) return;
  const here = document.activeElement.closest?.('tr')?.querySelector('.is-what a');
  const from = links.indexOf(here);
  const current = links.findIndex((link) => link.closest('tr').classList.contains('is-current'));
  const next = links[Math.max(0, Math.min(links.length - 1, (from < 0 ? current : from) + step))];
  event.preventDefault();
  next.focus();
}

// One box chooses all rows of the page.
document.addEventListener('change', (event) => {
  if (!('chooseAll' in event.target.dataset)) return;
  for (const box of event.target.closest('table').querySelectorAll('tbody input[type=checkbox]')) box.checked = event.target.checked;
  count();
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
const chosen = document.querySelector('[data-count]');
function count() {
  if (chosen) chosen.textContent = chosen.dataset.count.replace('{n}', document.querySelectorAll('input[name=chon]:checked').length);
  if (!sign) return;
  const words = sign.querySelector('span');
  sign.dataset.none ??= words.textContent;
  const ticked = document.querySelectorAll('.desk-sign tbody input:checked').length;
  words.textContent = ticked ? sign.dataset.label.replace('{n}', ticked) : sign.dataset.none;
}
document.addEventListener('change', () => setTimeout(count));

// The paper beside the answers: turned by quarters, four sizes; what htmx brings begins upright.
const SIZES = [1, 1.5, 2, 3];
const picture = () => document.querySelector('[data-viewer] img');
function lay(image) {
  const quarter = Number(image.dataset.quarter ?? 0);
  const size = SIZES[Number(image.dataset.size ?? 0)];
  image.style.width = `${size * 100}%`;
  const across = quarter % 2 && image.clientWidth ? image.clientHeight / image.clientWidth : 1;
  image.style.transform = `rotate(${quarter * 90}deg) scale(${across < 1 ? 1 : 1 / across})`;
}
function turn() {
  const image = picture();
  if (!image) return;
  image.dataset.quarter = (Number(image.dataset.quarter ?? 0) + 1) % 4;
  lay(image);
}
function zoom(by) {
  const image = picture();
  if (!image) return;
  image.dataset.size = Math.max(0, Math.min(SIZES.length - 1, Number(image.dataset.size ?? 0) + by));
  lay(image);
}
function offerTools() { for (const tools of document.querySelectorAll('[data-tools]')) tools.hidden = false; }
offerTools();
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-turn]')) turn();
  const by = event.target.closest('[data-zoom]');
  if (by) zoom(Number(by.dataset.zoom));
});
document.addEventListener('htmx:afterSettle', (event) => {
  if (event.detail.target?.id !== 'xem-giay' && event.detail.elt.id !== 'xem-giay') return;
  offerTools();
  document.getElementById('xem-giay-ten')?.focus();
});
