// A page that looks again by itself: numbers on a telephone, the board on the wall, the queue at a counter.
// Every so many seconds it asks its own address for the part alone; when that fails it says so and shows what it had.
const box = document.querySelector('[data-live]');
const offline = document.querySelector('[data-offline]');
const said = new Set();
let seen = '';
// What the server said of the part that is shown: unchanged, it answers in a few bytes.
let tag = '';
let aloud = false;

function calls() {
  return [...box.querySelectorAll('[data-call]:not([data-serving])')];
}

function speak() {
  for (const line of calls().reverse()) {
    if (said.has(line.dataset.call)) continue;
    said.add(line.dataset.call);
    if (!aloud) continue;
    const words = new SpeechSynthesisUtterance(line.dataset.spoken);
    words.lang = document.documentElement.lang === 'en' ? 'en-US' : 'vi-VN';
    speechSynthesis.speak(words);
  }
}

async function look() {
  if (document.hidden) return;
  try {
    const asked = tag ? { 'X-Part': 'live', 'If-None-Match': tag } : { 'X-Part': 'live' };
    const answer = await fetch(location.href, { headers: asked, cache: 'no-store' });
    if (!answer.ok && answer.status !== 304) throw new Error(answer.status);
    const text = answer.status === 304 ? seen : await answer.text();
    const isNew = text !== seen;
    if (!isNew) tag = answer.headers.get('ETag') ?? '';
    if (isNew) {
      // What somebody is about to press must not be swapped from under their finger.
      if (!box.contains(document.activeElement) || document.activeElement === document.body) {
        box.innerHTML = text;
        seen = text;
        tag = answer.headers.get('ETag') ?? '';
        if ('speaks' in box.dataset) speak();
      }
    }
    if (offline) offline.hidden = true;
  } catch {
    if (offline) offline.hidden = false;
  }
}

if (box) {
  if ('speaks' in box.dataset) for (const line of calls()) said.add(line.dataset.call);
  setInterval(look, Number(box.dataset.live) * 1000);
  document.addEventListener('visibilitychange', look);
}

// A browser speaks only after somebody has touched the page.
const sound = document.querySelector('[data-sound]');
if (sound && 'speechSynthesis' in window) {
  sound.hidden = false;
  sound.addEventListener('click', () => {
    aloud = !aloud;
    sound.setAttribute('aria-pressed', String(aloud));
    sound.querySelector('span').textContent = aloud ? sound.dataset.on : sound.dataset.off;
    if (!aloud) speechSynthesis.cancel();
  });
}
