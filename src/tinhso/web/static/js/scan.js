// The counter's scanner: gathers pages from files and the camera, in order, and shows them before they are sent.
// Without this file the two boxes are sent with the form as they are.
const form = document.querySelector('[data-scan]');
const box = form.querySelector('#tep');
const camera = form.querySelector('#chup');
const list = form.querySelector('[data-pages]');
let pages = [];

function keep() {
  const held = new DataTransfer();
  pages.forEach((file) => held.items.add(file));
  box.files = held.files;
}

function button(words, name, act) {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: 'ts-plain', textContent: words });
  made.append(Object.assign(document.createElement('span'), { className: 'govuk-visually-hidden', textContent: ` ${name}` }));
  made.addEventListener('click', act);
  return made;
}

function row(file, place) {
  const item = document.createElement('li');
  item.className = 'ts-file';
  if (file.type.startsWith('image/')) {
    const picture = Object.assign(document.createElement('img'), { className: 'ts-file__preview', alt: '', width: 56, height: 56 });
    picture.src = URL.createObjectURL(file);
    picture.onload = () => URL.revokeObjectURL(picture.src);
    item.append(picture);
  }
  const words = Object.assign(document.createElement('span'), { className: 'ts-file__words' });
  words.append(Object.assign(document.createElement('strong'), { textContent: `${list.dataset.page} ${place + 1}` }));
  words.append(Object.assign(document.createElement('small'), { textContent: file.name }));
  const tooBig = file.size > Number(form.dataset.mostBytes);
  if (tooBig) {
    item.classList.add('ts-file--wrong');
    words.append(Object.assign(document.createElement('span'), { className: 'ts-file__problem', textContent: form.dataset.tooBig }));
  }
  item.append(words);
  if (place) item.append(button(list.dataset.up, file.name, () => { pages.splice(place - 1, 0, pages.splice(place, 1)[0]); show(); }));
  item.append(button(list.dataset.remove, file.name, () => { pages.splice(place, 1); show(); box.focus(); }));
  return item;
}

function show() {
  keep();
  list.replaceChildren(...pages.map(row));
}

function take(files) {
  pages = [...pages, ...files];
  show();
}

box.addEventListener('change', () => take([...box.files]));
camera.addEventListener('change', () => { const files = [...camera.files]; camera.value = ''; take(files); });
// What was gathered travels in one box.
camera.removeAttribute('name');

// A counter's computer has its camera on a stand; a phone takes pictures through the box itself.
const live = form.querySelector('[data-live]');
const view = form.querySelector('[data-live-view]');
const video = form.querySelector('[data-live-video]');
const trouble = form.querySelector('[data-camera-trouble]');
const touch = matchMedia('(pointer: coarse)').matches;
let stream = null;

async function look() {
  if (!navigator.mediaDevices?.enumerateDevices) return;
  const devices = await navigator.mediaDevices.enumerateDevices();
  const found = devices.some((one) => one.kind === 'videoinput');
  form.querySelector('[data-camera]').hidden = !found || !touch;
  form.querySelector('[data-no-camera]').hidden = found;
  live.hidden = !found || touch;
}

function close() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  view.hidden = true;
  live.hidden = false;
}

form.querySelector('[data-live-open]').addEventListener('click', async () => {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 3840 }, height: { ideal: 2160 }, facingMode: 'environment' } });
    video.srcObject = stream;
    await video.play();
    trouble.hidden = true;
    view.hidden = false;
    live.hidden = true;
  } catch { trouble.hidden = false; }
});
form.querySelector('[data-live-take]').addEventListener('click', () => {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d').drawImage(video, 0, 0);
  canvas.toBlob((blob) => take([new File([blob], `trang-${pages.length + 1}.jpg`, { type: 'image/jpeg' })]), 'image/jpeg', 0.9);
});
form.querySelector('[data-live-close]').addEventListener('click', close);
addEventListener('pagehide', close);
look();
