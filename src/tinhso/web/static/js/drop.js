// A file dropped anywhere on its zone is taken; without this the plain box works.
for (const zone of document.querySelectorAll('[data-drop]')) {
  const box = document.getElementById(zone.dataset.drop);
  for (const words of zone.querySelectorAll('[hidden]')) words.hidden = false;
  const light = (on) => zone.classList.toggle('ts-drop--over', on);
  zone.addEventListener('dragover', (event) => { event.preventDefault(); light(true); });
  zone.addEventListener('dragleave', () => light(false));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    light(false);
    if (event.dataTransfer.files.length) box.files = event.dataTransfer.files;
  });
}
