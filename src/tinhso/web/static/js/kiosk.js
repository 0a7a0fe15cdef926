// The kiosk: a send that fails for lack of a connection says so and loses nothing; a slip goes home by itself.
const offline = document.querySelector('[data-offline]');
const LAST = 'hall-last-number';
const HOME_AFTER = 30000;
const AGAIN_AFTER = 5000;

function remember(label) {
  try { sessionStorage.setItem(LAST, label); } catch { /* a browser that keeps nothing still works */ }
}

function lastNumber() {
  try { return sessionStorage.getItem(LAST); } catch { return null; }
}

function cut(isCut) {
  if (!offline) return;
  offline.hidden = !isCut;
  const place = offline.querySelector('[data-last-number]');
  const label = lastNumber();
  if (place && label) { place.hidden = false; place.querySelector('b').textContent = label; }
}

async function reachable() {
  try {
    const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
    return answer.ok;
  } catch { return false; }
}

async function watch() {
  const there = await reachable();
  cut(!there);
  setTimeout(watch, there ? 3 * AGAIN_AFTER : AGAIN_AFTER);
}

// Asked first, so that the browser's own page of trouble never takes the kiosk's place. The form keeps its key:
// sent again, it draws the same number.
for (const form of document.querySelectorAll('form[data-kiosk]')) {
  form.addEventListener('submit', async (event) => {
    if (form.dataset.asked) return;
    event.preventDefault();
    const button = event.submitter;
    if (await reachable()) {
      form.dataset.asked = '1';
      delete form.dataset.sent;
      form.requestSubmit(button);
    } else {
      cut(true);
    }
  });
}
addEventListener('pageshow', () => { for (const form of document.querySelectorAll('form[data-asked]')) delete form.dataset.asked; });

const slip = document.querySelector('[data-slip]');
if (slip) {
  remember(slip.dataset.slip);
  setTimeout(() => { location.assign(slip.dataset.home); }, HOME_AFTER);
} else {
  setTimeout(watch, AGAIN_AFTER);
}
