// The desk by keyboard: «/» to the search box, arrows and j/k through the list, Enter opens, Escape closes the pane.
const typing = (element) => element.closest('input, select, textarea, [contenteditable], dialog');

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  if (event.key === '/' && !typing(target)) {
    event.preventDefault();
    document.querySelector('[data-focus-key="/"]')?.focus();
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
