// What a person would look for on the page, in the page's own terms.

// Text that is hard to read: WCAG 2.1, 1.4.3, contrast of 4.5 (3 for large text).
export function hardToRead() {
  const parse = color => {
    const parts = color.match(/[\d.]+/g).map(Number);
    return { r: parts[0], g: parts[1], b: parts[2], a: parts[3] ?? 1 };
  };
  const channel = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const luminance = c => 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
  const behind = node => {
    for (let at = node; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.a === 1) return color;
    }
    return { r: 255, g: 255, b: 255 };
  };
  const found = [];
  for (const node of document.querySelectorAll('body *')) {
    const said = [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim());
    const box = node.getBoundingClientRect();
    if (!said || !box.width || box.right < 0 || node.closest('script, style, noscript, dialog:not([open])')) continue;
    const style = getComputedStyle(node);
    const [one, other] = [luminance(parse(style.color)), luminance(behind(node))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (contrast < (large ? 3 : 4.5)) found.push(node.tagName + ' "' + node.textContent.trim().slice(0, 30) + '" ' + contrast.toFixed(2));
  }
  return found;
}

// Controls that a screen reader couldn't name, pictures without a text, identifiers that are there twice.
export function unnamed() {
  const found = [];
  for (const node of document.querySelectorAll('button, a[href], input, select, [tabindex="0"]')) {
    const label = node.getAttribute('aria-label') || node.textContent.trim()
      || (node.labels?.length ? node.labels[0].textContent.trim() : '')
      || (node.getAttribute('aria-labelledby') ? document.getElementById(node.getAttribute('aria-labelledby'))?.textContent : '');
    if (!label) found.push(node.outerHTML.slice(0, 80));
  }
  for (const node of document.querySelectorAll('svg[role=img]')) {
    if (node.getBoundingClientRect().width && !node.getAttribute('aria-label')) found.push('a chart without a text');
  }
  const ids = [...document.querySelectorAll('[id]')].map(node => node.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => found.push('twice: #' + id));
  if (!document.documentElement.lang) found.push('no language');
  if (document.querySelectorAll('h1').length !== 1 || document.querySelectorAll('main').length !== 1) found.push('not one h1 and one main');
  return found;
}

export const rowOf = (page, name) => page.locator('tbody tr', { has: page.locator('td.name b', { hasText: new RegExp('^' + name + '$') }) });
export const stateOf = (page, name) => rowOf(page, name).locator('.state').first();
