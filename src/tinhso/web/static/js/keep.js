// What is typed into a box that names itself by data-keep stays in this tab until it was sent, also across a sign-in
// that ran out. Another tab, and the next visitor of a shared computer, never see it.
for (const box of document.querySelectorAll('[data-keep]')) {
  const name = `keep:${box.dataset.keep}`;
  if ('forget' in box.dataset) sessionStorage.removeItem(name);
  if (!box.value.trim()) box.value = sessionStorage.getItem(name) ?? '';
  box.addEventListener('input', () => { sessionStorage.setItem(name, box.value); });
}
