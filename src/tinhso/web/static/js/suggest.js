// Suggestions under a search box while typing: a combobox with a list (ARIA 1.2). Without this file the box is a plain form.
const WAIT = 180;
const LEAST = 2;
const speak = (sentence) => document.dispatchEvent(new CustomEvent('ts:say', { detail: sentence }));

for (const box of document.querySelectorAll('input[data-suggest]')) attach(box);

function attach(box) {
  const list = document.getElementById(box.dataset.list);
  let timer = 0;
  let turn = 0;
  box.setAttribute('role', 'combobox');
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-expanded', 'false');
  box.setAttribute('aria-controls', list.id);

  const options = () => [...list.querySelectorAll('[role=option]')];
  const current = () => list.querySelector('[aria-selected=true]');

  function show(open) {
    list.hidden = !open;
    box.setAttribute('aria-expanded', String(open));
    if (!open) choose(null);
  }

  function choose(option) {
    current()?.setAttribute('aria-selected', 'false');
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) box.setAttribute('aria-activedescendant', option.id);
    else box.removeAttribute('aria-activedescendant');
  }

  async function ask() {
    const asked = ++turn;
    const words = box.value;
    if (words.trim().length < LEAST) { show(false); return; }
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(words)}`, { headers: { 'X-Part': 'suggestions' } }).catch(() => null);
    if (!answer?.ok || asked !== turn) return;
    list.innerHTML = await answer.text();
    const found = options().length > 0;
    show(found);
    speak(found ? box.dataset.found : box.dataset.none);
  }

  function move(step) {
    const all = options();
    if (list.hidden || !all.length) return;
    const place = all.indexOf(current()) + step;
    choose(place < -1 ? all[all.length - 1] : all[place] || null);
  }

  box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  box.addEventListener('focusout', () => setTimeout(() => show(false), 150));
  box.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      show(false);
    } else if (event.key === 'Enter' && current()) {
      event.preventDefault();
      location.assign(current().dataset.url);
    }
  });
  // The box keeps the focus while an option is pressed.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role=option]');
    if (option) { event.preventDefault(); location.assign(option.dataset.url); }
  });
}
