// The map drawn by Leaflet in place of the server's picture: the same records, the same list. Without this file the page works by links.
const frame = document.querySelector('[data-map]');
const list = document.querySelector('[data-map-list]');
const said = document.querySelector('[data-map-said]');
const form = document.querySelector('[data-map-form]');
const KM = 6371.0088;
const PIN = 26;
// Where the reader stands, from the page of tiles to the map around it; it never leaves the machine.
const HERE = 'ts:here';
const L = window.L;

if (frame && 'tiled' in frame.dataset) { offerLocation((place) => go(place)); sayTapped(); }
else if (frame && L) begin();

function begin() {
  const words = frame.dataset;
  const [west, south, east, north] = words.limits.split(',').map(Number);
  const limits = L.latLngBounds([south, west], [north, east]);
  const symbols = frame.querySelector('defs').cloneNode(true);
  frame.replaceChildren();
  frame.classList.add('map-live');
  frame.append(sprite(symbols));
  frame.setAttribute('role', 'application');
  frame.setAttribute('aria-label', words.name);

  const map = L.map(frame, { attributionControl: false, zoomControl: false, maxBounds: limits.pad(0.15), maxBoundsViscosity: 1, zoomSnap: 0.25, maxZoom: 18 });
  L.control.zoom({ position: 'topleft', zoomInTitle: words.closer, zoomOutTitle: words.farther }).addTo(map);
  L.control.scale({ imperial: false, position: 'bottomleft' }).addTo(map);
  // Without boundaries the province as a whole is a picture of tiles, a page of its own.
  map.setMinZoom(map.getBoundsZoom(limits) + ('close' in words ? 1.25 : -0.5));

  const areas = L.geoJSON(null, { interactive: false, style: () => ({ className: 'map-area', weight: 1 }), pointToLayer: (_one, at) => L.circleMarker(at, { radius: 2, className: 'map-area', interactive: false }) }).addTo(map);
  const names = L.layerGroup().addTo(map);
  const outlines = L.geoJSON(null, { style: (one) => ({ className: `map-outline map-look-${one.properties.look}`, weight: 1.5 }), filter: (one) => one.geometry.type !== 'Point', onEachFeature: (one, layer) => layer.on('click', () => choose(one.id, true)) }).addTo(map);
  const pins = L.layerGroup().addTo(map);
  const byId = new Map();
  let here = null;
  let turn = 0;
  let counted = new Set();
  let keepAreas = '';

  // The server is asked for whole hundredths of a degree: where exactly somebody looks, or stands, it need not know.
  function box() {
    const bounds = map.getBounds();
    const step = map.getZoom() > 14 ? 0.002 : 0.01;
    const low = (one) => (Math.floor(one / step) * step).toFixed(4);
    const high = (one) => (Math.ceil(one / step) * step).toFixed(4);
    return [low(bounds.getWest()), low(bounds.getSouth()), high(bounds.getEast()), high(bounds.getNorth())].join(',');
  }

  function query() {
    const asked = new URLSearchParams(new FormData(form));
    if (words.only) asked.set('lop', words.only);
    ['khung', 'tim'].forEach((name) => asked.delete(name));
    for (const [name, value] of [...asked]) if (!value) asked.delete(name, value);
    asked.set('khung', box());
    return asked;
  }

  async function load() {
    const mine = ++turn;
    const asked = query();
    loadAreas(asked.get('khung'));
    const answer = await fetch(`${words.features}?${asked}`, { headers: { 'X-Part': 'map' } }).catch(() => null);
    if (mine !== turn) return;
    if (!answer?.ok) { said.textContent = words.broken; return; }
    const found = await answer.json();
    draw(found);
    list.innerHTML = found.list;
    said.textContent = found.said;
    document.querySelector('[data-map-sheet]').href = found.sheet;
    if (!here) history.replaceState(null, '', found.query || location.pathname);
    if (here) sortFrom(here);
  }

  async function loadAreas(asked) {
    const near = map.getZoom() >= map.getBoundsZoom(limits) + 1;
    const key = near ? asked : 'whole';
    if (key === keepAreas) return;
    keepAreas = key;
    const answer = await fetch(`${words.areas}${near ? `?khung=${asked}` : ''}`).catch(() => null);
    if (!answer?.ok || key !== keepAreas) return;
    const found = await answer.json();
    areas.clearLayers();
    areas.addData(found.features);
    areas.bringToBack();
    names.clearLayers();
    for (const one of found.features) {
      const [x, y] = one.properties.label;
      const icon = L.divIcon({ className: 'map-name', html: '<span></span>', iconSize: [0, 0] });
      const marker = L.marker([y, x], { icon, interactive: false, keyboard: false }).addTo(names);
      marker.getElement().firstChild.textContent = one.properties.name;
      marker.fullName = one.properties.full_name;
    }
    thin();
  }

  function draw(found) {
    outlines.clearLayers();
    pins.clearLayers();
    byId.clear();
    outlines.addData(found.features);
    counted = new Set(found.bubbles.map((one) => one.name));
    for (const one of [...found.features].reverse()) pin(one);
    for (const one of found.bubbles) bubble(one, found.bubbles.filter((other) => other.name === one.name));
    thin();
  }

  function pin(one) {
    const { look, title, at: [x, y] } = one.properties;
    const html = `<svg width="${PIN}" height="${PIN}" viewBox="0 0 20 20" aria-hidden="true" class="map-look-${look}"><use class="map-mark" href="#map-mark-${look}" width="20" height="20"/></svg>`;
    const marker = L.marker([y, x], { icon: L.divIcon({ className: 'map-pin', html, iconSize: [PIN, PIN] }), keyboard: false, title, riseOnHover: true }).addTo(pins);
    marker.bindPopup(() => card(one), { maxWidth: 260 });
    marker.on('click', () => choose(one.id, false));
    byId.set(one.id, marker);
  }

  // What the list says of it, where it is listed.
  function card(one) {
    const { title, url } = one.properties;
    const text = document.createElement('div');
    const name = document.createElement('p');
    name.append(Object.assign(document.createElement('strong'), { textContent: title }));
    text.append(name);
    for (const part of ['near', 'facts']) {
      const told = document.querySelector(`[data-map-item="${one.id}"] .map-items__${part}`);
      const words = told && (told.children.length ? [...told.children].map((fact) => fact.textContent).join(' · ') : told.textContent);
      if (words) text.append(Object.assign(document.createElement('p'), { textContent: words }));
    }
    if (url) text.append(Object.assign(document.createElement('a'), { href: url, textContent: frame.dataset.open }));
    return text;
  }

  function bubble(one, beside) {
    const count = Number(one.count.replace(/\D/g, ''));
    const size = 22 + Math.min(20, Math.round(Math.sqrt(count) * 1.6)) + (one.count.length > 3 ? 8 : 0);
    const place = beside.indexOf(one) - (beside.length - 1) / 2;
    const icon = L.divIcon({ className: `map-count map-look-${one.look}`, html: one.count, iconSize: [size, size], iconAnchor: [size / 2 - place * 30, size / 2] });
    const marker = L.marker([one.at[1], one.at[0]], { icon, keyboard: false, title: `${one.name}: ${one.count}` }).addTo(pins);
    const box = new URLSearchParams(one.url.slice(1)).get('khung')?.split(',').map(Number);
    marker.on('click', () => box && map.fitBounds([[box[1], box[0]], [box[3], box[2]]]));
  }

  // Names that would lie on one another are hidden: those that come first stay.
  function thin() {
    const taken = pins.getLayers().map((one) => map.latLngToContainerPoint(one.getLatLng())).map((at) => [at.x - 8, at.y - 8, at.x + 8, at.y + 8]);
    for (const layer of names.getLayers()) {
      const element = layer.getElement();
      const at = map.latLngToContainerPoint(layer.getLatLng());
      const below = counted.has(layer.fullName);
      element.classList.toggle('map-name--below', below);
      if (below) at.y += 21;
      const wide = element.textContent.length * 6.6 + 6;
      const rect = [at.x - wide / 2, at.y - 7, at.x + wide / 2, at.y + 7];
      const meets = taken.some((one) => one[0] < rect[2] && rect[0] < one[2] && one[1] < rect[3] && rect[1] < one[3]);
      element.classList.toggle('map-name--hidden', meets);
      if (!meets) taken.push(rect);
    }
  }

  function choose(id, open) {
    list.querySelector('.is-chosen')?.classList.remove('is-chosen');
    frame.querySelector('.map-pin.is-chosen')?.classList.remove('is-chosen');
    document.querySelector(`[data-map-item="${id}"]`)?.classList.add('is-chosen');
    byId.get(id)?.getElement()?.classList.add('is-chosen');
    if (open) byId.get(id)?.openPopup();
  }

  function sortFrom(place) {
    for (const one of list.querySelectorAll('.map-items')) {
      const items = [...one.children].map((item) => [away(place, item.dataset.at.split(',').map(Number)), item]);
      items.sort((left, right) => left[0] - right[0]);
      for (const [far, item] of items) {
        item.querySelector('[data-map-far]').textContent = `${words.awayKm} ${told(far)}`;
        one.append(item);
      }
    }
  }

  function stand(place) {
    here = place;
    L.marker([place[1], place[0]], { icon: L.divIcon({ className: 'map-here', iconSize: [18, 18] }), title: words.here, keyboard: false, zIndexOffset: 1000 }).addTo(map);
    map.setView([place[1], place[0]], 13, { animate: false });
    document.dispatchEvent(new CustomEvent('ts:say', { detail: words.found }));
    note(words.found);
  }

  function note(text) {
    let place = document.querySelector('[data-map-note]');
    if (!place) {
      place = Object.assign(document.createElement('p'), { className: 'ts-quiet' });
      place.dataset.mapNote = '';
      list.before(place);
    }
    place.textContent = text;
  }

  offerLocation(stand);
  document.querySelector('[data-map-whole]')?.addEventListener('click', (event) => { if (!('close' in words)) { event.preventDefault(); map.fitBounds(limits); } });
  list.addEventListener('mouseover', (event) => { const item = event.target.closest('[data-map-item]'); if (item) choose(item.dataset.mapItem, false); });
  list.addEventListener('focusin', (event) => { const item = event.target.closest('[data-map-item]'); if (item) choose(item.dataset.mapItem, false); });
  // A form sent is a page anew: it keeps the part of the province that is seen, unless another commune was chosen.
  form.addEventListener('submit', () => {
    const chosen = form.querySelector('[data-map-unit]');
    form.querySelector('[data-map-box]')?.remove();
    const went = chosen.value !== (chosen.querySelector('option[selected]')?.value || '');
    if (!went && map.getZoom() > map.getMinZoom() + 0.5) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'khung', value: box() }));
    for (const input of form.querySelectorAll('input, select')) if (!input.value) input.disabled = true;
  });
  addEventListener('pageshow', () => { for (const input of form.querySelectorAll(':disabled')) input.disabled = false; });

  const [w, s, e, n] = words.box.split(',').map(Number);
  map.fitBounds([[s, w], [n, e]], { animate: false });
  let waiting = 0;
  map.on('moveend', () => { clearTimeout(waiting); waiting = setTimeout(load, 120); });
  load();
  const stood = sessionStorage.getItem(HERE);
  sessionStorage.removeItem(HERE);
  if (stood) stand(JSON.parse(stood));
  document.documentElement.dataset.mapReady = '';
}

// Asks the browser where the reader is, when they want it; the place itself stays here.
// On a phone the tiles bear no names: the one that is tapped says its own.
function sayTapped() {
  const before = said.textContent;
  frame.addEventListener('click', ({ target }) => {
    const tile = target.closest('.map-areas path');
    if (!tile) return;
    frame.querySelector('.map-areas .is-tapped')?.classList.remove('is-tapped');
    tile.classList.add('is-tapped');
    said.textContent = [tile.querySelector('title').textContent, before].filter(Boolean).join(' · ');
  });
}

function offerLocation(found) {
  const button = document.querySelector('[data-map-locate]');
  const words = frame.dataset;
  if (!navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener('click', () => navigator.geolocation.getCurrentPosition(({ coords }) => {
    const [west, south, east, north] = words.limits.split(',').map(Number);
    const place = [coords.longitude, coords.latitude];
    const inside = west <= place[0] && place[0] <= east && south <= place[1] && place[1] <= north;
    if (inside) found(place);
    else said.textContent = words.away;
  }, () => { said.textContent = words.refused; document.querySelector('[data-map-unit]').focus(); }, { enableHighAccuracy: false, timeout: 10000, maximumAge: 60000 }));
}

// To the map around a place, to a hundredth of a degree.
function go([x, y]) {
  const asked = new URLSearchParams(location.search);
  const [u, v] = [x, y].map((one) => Math.round(one * 100) / 100);
  asked.set('khung', [u - 0.05, v - 0.04, u + 0.05, v + 0.04].map((one) => one.toFixed(2)).join(','));
  for (const { name, value } of form.querySelectorAll('input[name=lop]:checked')) if (!asked.getAll('lop').includes(value)) asked.append(name, value);
  sessionStorage.setItem(HERE, JSON.stringify([x, y]));
  location.search = asked;
}

function sprite(defs) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('width', '0');
  svg.setAttribute('height', '0');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(defs);
  return svg;
}

function away([x, y], [u, v]) {
  const turn = Math.PI / 180;
  const half = Math.sin(((v - y) * turn) / 2) ** 2 + Math.cos(y * turn) * Math.cos(v * turn) * Math.sin(((u - x) * turn) / 2) ** 2;
  return 2 * KM * Math.asin(Math.sqrt(half));
}

function told(km) {
  if (km < 1) return `${Math.round(km * 100) * 10} m`;
  return `${km.toLocaleString(document.documentElement.lang, { maximumFractionDigits: km < 10 ? 1 : 0 })} km`;
}
