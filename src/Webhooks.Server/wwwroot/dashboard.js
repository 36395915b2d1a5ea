// What only the browser can do for a page of the dashboard.
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

// Some browsers let framed pages keep nothing: then nothing is kept.
function kept(storage, name) {
  try {
    return window[storage].getItem(name);
  } catch {
    return null;
  }
}

function keep(storage, name, value) {
  try {
    window[storage].setItem(name, value);
  } catch {
    // lasts as long as the page
  }
}

export function prefersDark() {
  const chosen = kept('localStorage', 'theme');
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

export function chooseTheme(dark) {
  keep('localStorage', 'theme', dark ? 'dark' : 'light');
  showTheme(dark);
}

export const showTheme = dark => { document.documentElement.dataset.theme = dark ? 'dark' : 'light'; };

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or the page came over plain http
  }
}

export function download(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

// Keys that act on a list; not while somebody types. The page says which it takes.
export function listenToKeys(page, keys) {
  const listener = event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog]')) return;
    if (!keys.includes(event.key)) return;
    event.preventDefault();
    page.invokeMethodAsync('OnKeyAsync', event.key);
  };
  document.addEventListener('keydown', listener);
  return { stop: () => document.removeEventListener('keydown', listener) };
}

export const scrollTo = id => document.getElementById(id)?.scrollIntoView({ block: 'nearest' });

export const focusOn = id => document.getElementById(id)?.focus();

// The portal's token comes in the address's fragment, which no server and no log sees. It is kept for this tab and taken out of the address.
export function portalToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) history.replaceState(history.state, '', location.pathname + location.search);
  if (given) keep('sessionStorage', 'portal-token', given);
  return given ?? kept('sessionStorage', 'portal-token');
}
