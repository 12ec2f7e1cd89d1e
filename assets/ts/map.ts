// Maps with Leaflet. Pages without a map never load this. No tiles unless the operator configured a source: the ground
// is neutral, and points and imported outlines carry the picture.
import L from "leaflet";

interface Dot {
  lat: number;
  lon: number;
  text: string;
  note?: string;
  url?: string;
  kind?: string;
}

interface MapData {
  points: Dot[];
  outlines?: string;
  bounds: [number, number, number, number];
  pickLat?: string;
  pickLon?: string;
  tiles?: string;
  credit?: string;
  minZoom?: number;
}

/** With more places than this, names would cover each other: they then show in the popup only. */
const mostNames = 12;

const styleURL = "/assets/map.css";

async function start(): Promise<void> {
  const boxes = [...document.querySelectorAll<HTMLElement>("[data-map]")];
  if (boxes.length === 0) return;
  await loadStyle();
  for (const box of boxes) draw(box, JSON.parse(box.dataset["map"] ?? "{}") as MapData);
}

/** Leaflet measures its box at once, so its style must be there first. */
function loadStyle(): Promise<void> {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = styleURL;
    link.onload = () => resolve();
    link.onerror = () => resolve();
    document.head.append(link);
  });
}

function draw(box: HTMLElement, data: MapData): void {
  if (!data.bounds) return;
  box.hidden = false;
  const list = box.parentElement?.querySelector<HTMLDetailsElement>("[data-map-list]");
  if (list) list.open = false;

  const [west, south, east, north] = data.bounds;
  const area = L.latLngBounds([south, west], [north, east]);
  const map = L.map(box, {
    maxBounds: area.pad(0.15),
    maxBoundsViscosity: 1,
    minZoom: data.minZoom ?? 8,
    maxZoom: 18,
    zoomControl: false,
    attributionControl: Boolean(data.credit),
    scrollWheelZoom: false,
  });
  L.control.zoom({ zoomInTitle: box.dataset["zoomIn"] ?? "+", zoomOutTitle: box.dataset["zoomOut"] ?? "−" }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  if (data.tiles) {
    L.tileLayer(data.tiles, { attribution: data.credit ?? "", bounds: area, minZoom: data.minZoom ?? 8 }).addTo(map);
  }

  const placed = data.points.map((p) => marker(p).addTo(map));
  if (placed.length <= mostNames) placed.forEach((m, i) => name(m, data.points[i]?.text ?? ""));
  const around = placed.length > 0 ? L.latLngBounds(placed.map((m) => m.getLatLng())).pad(0.1) : area;
  map.fitBounds(around, { maxZoom: 13 });
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());

  if (data.outlines) void outlines(map, data.outlines);
  if (data.pickLat && data.pickLon) pick(map, area, data.pickLat, data.pickLon);
}

function marker(p: Dot): L.Marker {
  const kind = p.kind === "valid" || p.kind === "open" ? p.kind : "other";
  const icon = L.divIcon({ className: `dot dot--${kind}`, iconSize: [44, 44], html: "<span></span>" });
  const m = L.marker([p.lat, p.lon], { icon, title: p.text, alt: p.text, riseOnHover: true });
  return m.bindPopup(words(p));
}

/** Writes a place's name beside it. */
function name(m: L.Marker, text: string): void {
  m.bindTooltip(textNode(text), { permanent: true, direction: "auto", offset: [8, 0], className: "name" });
}

function textNode(text: string): HTMLElement {
  const span = document.createElement("span");
  span.textContent = text;
  return span;
}

/** The text of a popup, built from nodes: what people typed never becomes markup. */
function words(p: Dot): HTMLElement {
  const box = document.createElement("div");
  const title = document.createElement(p.url ? "a" : "strong");
  title.textContent = p.text;
  if (title instanceof HTMLAnchorElement && p.url) title.href = p.url;
  box.append(title);
  if (p.note) {
    const note = document.createElement("p");
    note.textContent = p.note;
    box.append(note);
  }
  return box;
}

async function outlines(map: L.Map, url: string): Promise<void> {
  try {
    const answer = await fetch(url);
    if (!answer.ok) return;
    L.geoJSON(await answer.json(), { interactive: false, style: { className: "outline" } }).addTo(map).bringToBack();
    map.getContainer().classList.add("map--outlined");
  } catch {
    // The outlines are a help for the eye; without them the points still stand.
  }
}

/** A tap fills the two fields of the form; typing there moves the pin. */
function pick(map: L.Map, area: L.LatLngBounds, latID: string, lonID: string): void {
  const lat = document.getElementById(latID);
  const lon = document.getElementById(lonID);
  if (!(lat instanceof HTMLInputElement) || !(lon instanceof HTMLInputElement)) return;
  const pin = L.marker(area.getCenter(), { icon: L.divIcon({ className: "dot dot--pick", iconSize: [44, 44], html: "<span></span>" }) });
  const fromFields = () => {
    const at = L.latLng(Number(lat.value.replace(",", ".")), Number(lon.value.replace(",", ".")));
    if (lat.value && lon.value && area.contains(at)) {
      pin.setLatLng(at).addTo(map);
      map.panTo(at);
    }
  };
  map.on("click", (event: L.LeafletMouseEvent) => {
    if (!area.contains(event.latlng)) return;
    lat.value = event.latlng.lat.toFixed(6);
    lon.value = event.latlng.lng.toFixed(6);
    fromFields();
  });
  for (const field of [lat, lon]) field.addEventListener("change", fromFields);
  fromFields();
}

void start();
