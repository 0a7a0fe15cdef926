// Uploads one by one: compresses photos on the device, shows progress, retries alone. Without this file the boxes
// are sent with the form.
const LONGEST = 2400;
const QUALITY = 0.82;
const SMALL = 900_000;

// Turn a big photo into a smaller JPEG, upright; anything else, or a photo the device cannot read, goes as it is.
async function smaller(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= SMALL) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' });
  } catch { return file; }
}

function line(name) {
  const item = document.createElement('li');
  item.className = 'ts-file';
  const words = Object.assign(document.createElement('span'), { className: 'ts-file__words', textContent: name });
  const progress = Object.assign(document.createElement('progress'), { max: 100, value: 0 });
  progress.setAttribute('aria-label', name);
  item.append(words, progress);
  return item;
}

function send(zone, file, progress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', zone.dataset.upload);
    request.setRequestHeader('X-CSRFToken', zone.closest('form').elements.csrfmiddlewaretoken.value);
    request.upload.onprogress = (event) => { if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total; };
    request.onload = () => (request.status < 500 && request.responseText.includes('ts-file') ? done(request.responseText) : fail());
    request.onerror = request.ontimeout = fail;
    const data = new FormData();
    data.append('field', zone.dataset.name);
    data.append('file', file, file.name);
    request.send(data);
  });
}

// A file that is too big is named at once, not after minutes of sending.
function refuse(item, words) {
  item.className = 'ts-file ts-file--wrong';
  item.querySelector('progress').remove();
  item.querySelector('.ts-file__words').append(Object.assign(document.createElement('span'), { className: 'ts-file__problem', textContent: words }));
}

// A form that is sent meanwhile waits for its files; one that did not arrive keeps the page where it can be sent again.
const onTheirWay = new Set();
function underWay(way) {
  onTheirWay.add(way);
  way.finally(() => onTheirWay.delete(way));
}

async function takeAll(zone, files) {
  let arrived = true;
  for (const file of files) arrived = (await take(zone, file)) && arrived;
  return arrived;
}

async function take(zone, original, item = line(original.name)) {
  const list = zone.querySelector('.ts-files');
  if (!item.isConnected) list.append(item);
  const progress = item.querySelector('progress');
  const file = await smaller(original);
  const { mostBytes, tooBig } = zone.closest('form').dataset;
  if (mostBytes && file.size > Number(mostBytes)) { refuse(item, tooBig); return false; }
  try {
    const html = await send(zone, file, progress);
    const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('li.ts-file');
    item.replaceWith(fresh);
    zone.dispatchEvent(new Event('input', { bubbles: true }));
    return !fresh.classList.contains('ts-file--wrong');
  } catch {
    progress.value = 0;
    if (item.querySelector('button')) return false;
    const again = Object.assign(document.createElement('button'), { type: 'button', className: 'ts-plain', textContent: zone.dataset.again });
    again.addEventListener('click', () => { again.remove(); underWay(take(zone, original, item)); });
    item.append(again);
    return false;
  }
}

document.addEventListener('submit', async (event) => {
  if (!onTheirWay.size) return;
  event.preventDefault();
  const { target: form, submitter } = event;
  submitter?.setAttribute('aria-busy', 'true');
  const arrived = await Promise.all([...onTheirWay]);
  submitter?.removeAttribute('aria-busy');
  if (!arrived.includes(false)) form.requestSubmit(submitter);
  else form.querySelector('.ts-file > button[type="button"]')?.focus();
}, true);

document.addEventListener('change', (event) => {
  const zone = event.target.closest?.('[data-upload]');
  if (!zone?.dataset.upload || event.target.type !== 'file') return;
  const files = [...event.target.files];
  event.target.value = '';
  underWay(takeAll(zone, files));
});

// Removing a file: the server forgets it first, then the line goes. If that fails the form is sent as without scripts.
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('button[name="remove-file"]');
  const zone = button?.closest('[data-upload]');
  if (!zone?.dataset.upload || 'plain' in button.dataset) return;
  event.preventDefault();
  const data = new FormData();
  data.append('field', zone.dataset.name);
  data.append('remove-file', button.value);
  const token = zone.closest('form').elements.csrfmiddlewaretoken.value;
  const answer = await fetch(zone.dataset.upload, { method: 'POST', body: data, headers: { 'X-CSRFToken': token, 'X-Part': 'file' } }).catch(() => null);
  if (!answer?.ok) { button.dataset.plain = ''; button.click(); return; }
  button.closest('li').remove();
  zone.dispatchEvent(new Event('input', { bubbles: true }));
  zone.querySelector('.ts-upload__way--file input').focus();
});

for (const type of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(type, (event) => {
    const zone = event.target.closest?.('[data-upload]');
    if (!zone?.dataset.upload) return;
    event.preventDefault();
    zone.classList.toggle('ts-upload--over', type === 'dragover');
    if (type === 'drop') underWay(takeAll(zone, [...event.dataTransfer.files]));
  });
}
