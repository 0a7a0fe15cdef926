// On every page: focus on the error summary, copy buttons, dialogs, one send per click. Pages work without it.
// Boxes that only work with scripts are drawn for them from here on.
document.documentElement.classList.add('js');
const find = (selector, root = document) => root.querySelectorAll(selector);

function prepare(root = document) {
  for (const element of find('[data-copy],[data-opens],[data-print]', root)) element.hidden = false;
}

// Browsers that do not know autofocus on a box of text.
function focusErrors() {
  const summary = document.querySelector('[data-error-summary]');
  if (summary && document.activeElement !== summary) summary.focus();
}

async function copy(button) {
  const words = button.querySelector('span');
  const before = words.textContent;
  await navigator.clipboard.writeText(button.dataset.copy);
  words.textContent = button.dataset.done;
  say(button.dataset.done);
  setTimeout(() => { words.textContent = before; }, 2500);
}

// Speak through the page's live region; it is emptied so that the next words are heard again.
function say(sentence) {
  const region = document.getElementById('spoken');
  region.textContent = '';
  setTimeout(() => { region.textContent = sentence; }, 50);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.copy) copy(button);
  if (button.dataset.opens) document.getElementById(button.dataset.opens)?.showModal();
  if ('print' in button.dataset) window.print();
  if ('closes' in button.dataset) button.closest('dialog')?.close();
});

// A double click sends once. The button keeps its name and value: it is not disabled, the second send is stopped.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method !== 'post' || event.defaultPrevented) return;
  form.dataset.sent = '1';
  event.submitter?.setAttribute('aria-busy', 'true');
  setTimeout(() => { delete form.dataset.sent; event.submitter?.removeAttribute('aria-busy'); }, 8000);
});
addEventListener('pageshow', () => { for (const form of find('form[data-sent]')) delete form.dataset.sent; });

// An open menu closes on Escape and on a click elsewhere.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of find('.ts-menu[open]')) { menu.open = false; menu.querySelector('summary').focus(); }
});
document.addEventListener('click', (event) => {
  for (const menu of find('.ts-menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});

// On paper nothing can be unfolded.
addEventListener('beforeprint', () => {
  for (const folded of find('[data-print-open] details:not([open])')) { folded.open = true; folded.dataset.unfolded = ''; }
});
addEventListener('afterprint', () => {
  for (const folded of find('details[data-unfolded]')) { folded.open = false; delete folded.dataset.unfolded; }
});

// Other modules ask by events: an import would load this file twice, under its plain and its hashed name.
document.addEventListener('ts:say', (event) => say(event.detail));
document.addEventListener('ts:new', (event) => prepare(event.target));
document.addEventListener('htmx:load', (event) => prepare(event.detail.elt));
prepare();
requestAnimationFrame(() => requestAnimationFrame(focusErrors));
