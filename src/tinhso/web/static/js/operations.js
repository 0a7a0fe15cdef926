// The operations room: counters that follow the ledger by server-sent events, and a wall that goes on to the next tab.
// Without this file the page shows the figures of the moment it was loaded, and a link that loads it again.
const box = document.querySelector('[data-stream]');
const note = document.querySelector('[data-stream-said]');
const turn = document.querySelector('[data-turn]');
// Milliseconds between questions where there is no place for a stream, and until one is asked for again.
const ASKS = 5000;
const AGAIN = 60000;
let source;
let asking;
let tag = '';

function say(words) {
  if (note) note.textContent = note.dataset[words];
}

function put(figures) {
  for (const [id, shown] of Object.entries(figures)) {
    const place = box.querySelector(`[data-figure="${id}"]`);
    if (place && place.textContent !== shown) place.textContent = shown;
  }
  const overdue = box.querySelector('[data-figure="overdue"]');
  overdue?.closest('li').classList.toggle('is-alarm', overdue.textContent !== '0');
}

function listen() {
  if (document.hidden || source) return;
  source = new EventSource(box.dataset.stream);
  source.addEventListener('open', () => {
    clearInterval(asking);
    asking = 0;
    say('streamSaid');
  });
  source.addEventListener('live', (event) => put(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    // A stream that ended is opened again by the browser; one that was refused is not.
    if (source.readyState !== EventSource.CLOSED) return;
    stop();
    if (!asking) asking = setInterval(ask, ASKS);
    ask();
    setTimeout(listen, AGAIN);
  });
}

function stop() {
  source?.close();
  source = undefined;
}

async function ask() {
  if (document.hidden) return;
  try {
    const headers = tag ? { 'X-Part': 'live', 'If-None-Match': tag } : { 'X-Part': 'live' };
    const answer = await fetch(location.href, { headers, cache: 'no-store' });
    if (answer.status !== 304) {
      if (!answer.ok) throw new Error(answer.status);
      const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const figures = [...drawn.querySelectorAll('[data-figure]')];
      put(Object.fromEntries(figures.map((one) => [one.dataset.figure, one.textContent])));
      tag = answer.headers.get('ETag') ?? '';
    }
    say('streamAsks');
  } catch {
    say('streamLost');
  }
}

if (box && 'EventSource' in window) {
  listen();
  document.addEventListener('visibilitychange', () => (document.hidden ? stop() : listen()));
  addEventListener('pagehide', stop);
  addEventListener('pageshow', (event) => event.persisted && listen());
} else if (box) {
  asking = setInterval(ask, ASKS);
}

if (turn) setTimeout(() => location.assign(turn.dataset.turn), Number(turn.dataset.turnAfter) * 1000);
