'use strict';
const POINTS = 120;

// ---- numbers for people

function count(n) {
  return n < 10000 ? String(n) : n < 1e6 ? (n / 1e3).toFixed(1) + 'k' : (n / 1e6).toFixed(2) + 'M';
}

function rate(n) {
  return n === 0 ? '0' : n < 10 ? n.toFixed(1) : count(Math.round(n));
}

function millis(ms) {
  if (ms === null) return '–';
  return ms < 10 ? ms.toFixed(1) + ' ms' : ms < 1000 ? Math.round(ms) + ' ms' : (ms / 1000).toFixed(1) + ' s';
}

function ago(ms) {
  const s = Math.max(0, ms / 1000);
  if (s < 10) return s.toFixed(1) + ' s';
  if (s < 120) return Math.round(s) + ' s';
  return s < 7200 ? Math.round(s / 60) + ' min' : s < 172800 ? Math.round(s / 3600) + ' h' : Math.round(s / 86400) + ' d';
}

function clock(date) {
  return date.toLocaleTimeString([], { hour12: false });
}

// ---- charts

const SVG = 'http://www.w3.org/2000/svg';

class Chart {
  constructor(withFaults) {
    this.values = [];
    this.faults = withFaults ? [] : null;
    this.svg = document.createElementNS(SVG, 'svg');
    this.svg.setAttribute('viewBox', '0 0 ' + (POINTS - 1) + ' 30');
    this.svg.setAttribute('preserveAspectRatio', 'none');
    this.svg.setAttribute('role', 'img');
    this.area = this.path('area');
    this.line = this.path('line');
    if (withFaults) this.fault = this.path('fault');
  }

  path(name) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', name);
    this.svg.append(path);
    return path;
  }

  add(value, faults) {
    this.values.push(value);
    if (this.values.length > POINTS) this.values.shift();
    if (this.faults) {
      this.faults.push(faults);
      if (this.faults.length > POINTS) this.faults.shift();
    }
  }

  draw(label) {
    const top = Math.max(...this.values, 1e-9);
    const line = this.points(this.values, top);
    const begin = POINTS - this.values.length;
    this.line.setAttribute('d', line);
    this.area.setAttribute('d', line + 'L' + (POINTS - 1) + ',30L' + begin + ',30Z');
    if (this.faults) this.fault.setAttribute('d', Math.max(...this.faults) > 0 ? this.points(this.faults, top) : '');
    this.svg.setAttribute('aria-label', label);
  }

  points(values, top) {
    const begin = POINTS - values.length;
    return 'M' + values.map((v, i) => (begin + i) + ',' + (29 - 28 * v / top).toFixed(1)).join('L');
  }
}
