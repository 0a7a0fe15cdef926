// Choosing procedures: «some» opens the list, typing searches it through the form's own button, what is ticked stays.
for (const box of document.querySelectorAll('[data-scope]')) {
  const some = box.querySelector('[data-scope-some]');
  const form = box.closest('form');
  const show = () => { some.hidden = !box.querySelector('[value="mot-so"]').checked; };
  box.addEventListener('change', (event) => { if (event.target.name === 'pham-vi') show(); });
  show();

  let asked = 0;
  let waiting;
  const search = async () => {
    const turn = (asked += 1);
    const data = new FormData(form);
    data.set('do', 'tim-thu-tuc');
    try {
      const answer = await fetch(form.action, { method: 'POST', body: data, headers: { 'X-Part': 'scope' } });
      if (!answer.ok || turn !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const list = page.querySelector('[data-scope-list]');
      if (!list) return;
      // What was ticked while the answer travelled is not in it yet.
      for (const ticked of box.querySelectorAll('[data-scope-list] input:checked')) {
        const same = list.querySelector(`#${CSS.escape(ticked.id)}`);
        if (same) same.checked = true;
      }
      box.querySelector('[data-scope-list]').replaceWith(list);
    } catch { /* Without an answer the list stays as it is; the button still works. */ }
  };
  const words = box.querySelector('[type="search"]');
  words.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(search, 300); });
  words.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); clearTimeout(waiting); search(); } });
  box.querySelector('[value="tim-thu-tuc"]').addEventListener('click', (event) => { event.preventDefault(); search(); });
}
