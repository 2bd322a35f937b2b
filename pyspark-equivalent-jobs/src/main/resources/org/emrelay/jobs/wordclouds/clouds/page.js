'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const years = data.years;
  const colors = 8;
  const topCount = 20;
  const element = id => document.getElementById(id);
  const image = element('image');
  const boxes = element('boxes');
  const slider = element('slider');
  const tip = element('tip');

  // For each year: word index → count.
  const counts = years.map(year => new Map(year.words.map(word => [word[0], word[1]])));
  // The selected words; the index of each one determines its color.
  const selected = new Array(colors).fill(null);
  const suggested = new Set([...data.rose, ...data.fell]);
  const own = [];
  let current = years.length - 1;
  let timer = 0;
  let highlighted = null;

  const make = (name, attributes = {}, text) => {
    const node = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const draw = (name, attributes = {}, text) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const formatCount = value => value.toLocaleString('en', {maximumSignificantDigits: value < 1000 ? 4 : 15});
  const percent = share => (100 * share).toLocaleString('en', {maximumSignificantDigits: 3}) + ' %';
  const share = (word, year) => (counts[year].get(word) || 0) / (years[year].total || 1);
  const colorOf = word => 'var(--c' + selected.indexOf(word) + ')';

  // Years with few titles are noisy: each point averages enough neighboring years to cover a minimum share of all words.
  const all = years.reduce((sum, year) => sum + year.total, 0);
  const minTotal = all / (years.length > 40 ? 20 : 50);
  const windows = years.map((_, year) => {
    let [from, to, total] = [year, year, years[year].total];
    while (total < minTotal && (from > 0 || to < years.length - 1)) {
      if (from > 0) total += years[--from].total;
      if (to < years.length - 1) total += years[++to].total;
    }
    return {from, to, total};
  });
  const smoothed = windows.some(({from, to}) => from < to);
  const smooth = (word, year) => {
    const {from, to, total} = windows[year];
    let count = 0;
    for (let near = from; near <= to; near++) count += counts[near].get(word) || 0;
    return total ? count / total : 0;
  };

  const source = year => element('picture-' + year).textContent;
  const preload = year => {
    if (year < years.length) new Image().src = source(year);
  };

  function showYear(year) {
    current = Math.max(0, Math.min(years.length - 1, year));
    const {label, words} = years[current];
    image.src = source(current);
    image.alt = 'Word cloud of ' + label + '. Largest: ' + words.slice(0, 5).map(word => data.words[word[0]]).join(', ') + '.';
    slider.value = current;
    slider.setAttribute('aria-valuetext', label);
    element('year').textContent = label;
    element('top-heading').textContent = 'Top words of ' + label;
    showBoxes();
    showTop();
    showNow();
    tip.hidden = true;
    preload(current + 1);
  }

  function showBoxes() {
    boxes.replaceChildren(...years[current].words.filter(word => word.length > 2).map(([word, , x, y, width, height]) => {
      const box = make('div');
      box.dataset.word = word;
      box.style.left = 100 * x / data.width + '%';
      box.style.top = 100 * y / data.height + '%';
      box.style.width = 100 * width / data.width + '%';
      box.style.height = 100 * height / data.height + '%';
      return box;
    }));
    markChosen();
  }

  function showTop() {
    const top = years[current].words.slice(0, topCount);
    const most = top.length ? top[0][1] : 1;
    const focused = document.activeElement && element('top').contains(document.activeElement) ? document.activeElement.dataset.word : null;
    element('top').replaceChildren(...top.map(([word, count]) => {
      const item = make('li');
      const button = make('button', {type: 'button', class: 'word', title: percent(share(word, current)) + ' of the year’s words'});
      button.dataset.word = word;
      button.style.setProperty('--part', 100 * count / most + '%');
      button.append(make('bdi', {}, data.words[word]), make('span', {}, formatCount(count)));
      item.append(button);
      return item;
    }));
    markChosen();
    if (focused !== null) {
      const restored = element('top').querySelector('[data-word="' + focused + '"]');
      (restored || element('top').querySelector('button')).focus();
    }
  }

  function showChips() {
    const chip = word => {
      const button = make('button', {type: 'button', class: 'chip'});
      button.dataset.word = word;
      button.append(make('bdi', {}, data.words[word]));
      return button;
    };
    element('rose').replaceChildren(...data.rose.map(chip));
    element('fell').replaceChildren(...data.fell.map(chip));
    element('own').replaceChildren(...own.map(chip));
    element('rose-choice').hidden = !data.rose.length;
    element('fell-choice').hidden = !data.fell.length;
    element('own-choice').hidden = !own.length;
    for (const id of ['rose', 'fell', 'own']) element(id + '-choice').style.display = element(id + '-choice').hidden ? 'none' : '';
    markChosen();
  }

  function markChosen() {
    document.querySelectorAll('[data-word]').forEach(marked => {
      const isSelected = selected.includes(Number(marked.dataset.word));
      marked.classList.toggle('chosen', isSelected);
      if (marked.tagName === 'BUTTON') marked.setAttribute('aria-pressed', isSelected);
      if (isSelected) marked.style.setProperty('--mark', colorOf(Number(marked.dataset.word)));
    });
  }

  function toggle(word) {
    const at = selected.indexOf(word);
    if (at >= 0) {
      selected[at] = null;
      if (own.includes(word)) own.splice(own.indexOf(word), 1);
    } else {
      const free = selected.indexOf(null);
      const slot = free >= 0 ? free : selected.indexOf(selected.find(other => !own.includes(other)) ?? selected[0]);
      const replaced = selected[slot];
      if (own.includes(replaced)) own.splice(own.indexOf(replaced), 1);
      selected[slot] = word;
      if (!suggested.has(word)) own.push(word);
    }
    showChips();
    showChart();
  }

  const plot = {height: 320, left: 46, top: 12, bottom: 26, right: 120, width: 0};
  const across = year => plot.left + (years.length > 1 ? year / (years.length - 1) : 0.5) * (plot.width - plot.left - plot.right);

  function showChart() {
    plot.width = Math.max(280, element('chart').clientWidth);
    plot.right = plot.width < 560 ? 84 : 130;
    const words = selected.filter(word => word !== null);
    const series = words.map(word => ({word, shares: years.map((_, year) => smooth(word, year))}));
    const most = Math.max(1e-9, ...series.flatMap(line => line.shares));
    const step = niceStep(most / 4);
    const highest = Math.ceil(most / step) * step;
    const down = value => plot.top + (1 - value / highest) * (plot.height - plot.top - plot.bottom);
    const svg = draw('svg', {viewBox: '0 0 ' + plot.width + ' ' + plot.height, height: plot.height, role: 'img'});
    svg.append(draw('title', {}, 'Share of the year’s words, ' + years[0].label + ' to ' + years[years.length - 1].label + ': '
      + (words.map(word => data.words[word]).join(', ') || 'no word selected')));
    for (let value = 0; value <= highest * 1.001; value += step) {
      svg.append(draw('line', {class: 'grid', x1: plot.left, x2: plot.width - plot.right, y1: down(value), y2: down(value)}));
      svg.append(draw('text', {x: plot.left - 8, y: down(value) + 4, 'text-anchor': 'end'}, percent(value)));
    }
    const ticks = Math.max(1, Math.ceil(years.length / Math.max(2, (plot.width - plot.left - plot.right) / 64)));
    for (let year = 0; year < years.length; year += ticks) {
      svg.append(draw('text', {x: across(year), y: plot.height - 6, 'text-anchor': 'middle'}, years[year].label));
    }
    svg.append(draw('line', {class: 'now', id: 'now', y1: plot.top, y2: plot.height - plot.bottom}));
    for (const {word, shares} of series) {
      const points = shares.map((value, year) => across(year).toFixed(1) + ',' + down(value).toFixed(1));
      const line = draw('polyline', {points: points.join(' ')});
      line.dataset.line = word;
      line.style.stroke = colorOf(word);
      svg.append(line);
      if (years.length === 1) {
        const dot = draw('circle', {cx: across(0), cy: down(shares[0]), r: 4});
        dot.style.fill = colorOf(word);
        svg.append(dot);
      }
    }
    labelLines(svg, series, down);
    svg.append(...series.map(({word}) => {
      const dot = draw('circle', {r: 4});
      dot.dataset.dot = word;
      dot.style.fill = colorOf(word);
      return dot;
    }));
    svg.addEventListener('pointermove', event => pointAt(svg, event));
    svg.addEventListener('pointerleave', () => { tip.hidden = true; });
    svg.addEventListener('click', event => showYear(yearAt(svg, event)));
    element('chart').replaceChildren(svg);
    plot.down = down;
    showNow();
  }

  // Labels at the ends of the lines, moved apart to avoid overlap.
  function labelLines(svg, series, down) {
    const names = series.map(({word, shares}) => ({word, y: down(shares[shares.length - 1])})).sort((one, other) => one.y - other.y);
    for (let next = 1; next < names.length; next++) names[next].y = Math.max(names[next].y, names[next - 1].y + 16);
    for (let last = names.length - 1, lowest = plot.height - plot.bottom; last >= 0; last--, lowest -= 16) {
      names[last].y = Math.min(names[last].y, lowest);
    }
    for (const {word, y} of names) {
      const text = data.words[word];
      const letters = plot.right < 100 ? 10 : 16;
      const name = draw('text', {class: 'name', x: plot.width - plot.right + 9, y: y + 4}, text.length > letters ? [...text].slice(0, letters - 1).join('') + '…' : text);
      name.style.fill = colorOf(word);
      name.dataset.line = word;
      svg.append(name);
    }
  }

  function showNow() {
    const now = element('now');
    if (!now) return;
    now.setAttribute('x1', across(current));
    now.setAttribute('x2', across(current));
    document.querySelectorAll('[data-dot]').forEach(dot => {
      dot.setAttribute('cx', across(current));
      dot.setAttribute('cy', plot.down(smooth(Number(dot.dataset.dot), current)));
    });
  }

  function niceStep(least) {
    const power = 10 ** Math.floor(Math.log10(least));
    return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= least) || power * 10;
  }

  function yearAt(svg, event) {
    const box = svg.getBoundingClientRect();
    const part = ((event.clientX - box.left) * plot.width / box.width - plot.left) / (plot.width - plot.left - plot.right);
    return Math.max(0, Math.min(years.length - 1, Math.round(part * (years.length - 1))));
  }

  function pointAt(svg, event) {
    const year = yearAt(svg, event);
    const lines = selected.filter(word => word !== null).map(word => [word, share(word, year)]).sort((one, other) => other[1] - one[1]);
    showTip(event, years[year].label, ...lines.map(([word, value]) => data.words[word] + '  ' + percent(value)));
  }

  function showTip(event, ...lines) {
    tip.replaceChildren(...lines.map((line, number) => {
      const shown = make('div', {dir: 'auto'}, line);
      if (!number) shown.style.fontWeight = '650';
      return shown;
    }));
    tip.hidden = false;
    tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)) + 'px';
    tip.style.top = Math.max(4, Math.min(event.clientY + 16, innerHeight - tip.offsetHeight - 8)) + 'px';
  }

  function highlight(word) {
    if (highlighted === word) return;
    highlighted = word;
    const fades = word !== null && selected.includes(word);
    document.querySelectorAll('[data-line]').forEach(line => line.classList.toggle('faded', fades && Number(line.dataset.line) !== word));
  }

  function play(on) {
    clearInterval(timer);
    timer = 0;
    if (on) {
      if (current === years.length - 1) showYear(0);
      timer = setInterval(() => current < years.length - 1 ? showYear(current + 1) : play(false), data.delay);
    }
    element('play').setAttribute('aria-label', on ? 'Pause' : 'Play');
    element('play-shape').setAttribute('d', on ? 'M7 5h4v14H7zM13 5h4v14h-4z' : 'M8 5v14l11-7z');
  }

  const pauseAt = year => { play(false); showYear(year); };

  boxes.addEventListener('pointermove', event => {
    const word = event.target.dataset.word;
    if (word === undefined) {
      tip.hidden = true;
      highlight(null);
      return;
    }
    const number = Number(word);
    highlight(number);
    showTip(event, data.words[number], formatCount(counts[current].get(number)) + ' · ' + percent(share(number, current)) + ' of ' + years[current].label);
  });
  boxes.addEventListener('pointerleave', () => { tip.hidden = true; highlight(null); });
  document.addEventListener('click', event => {
    const clicked = event.target.closest('[data-word]');
    if (clicked) toggle(Number(clicked.dataset.word));
  });
  document.addEventListener('keydown', event => {
    if (event.target === slider || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowRight') pauseAt(current + 1);
    else if (event.key === 'ArrowLeft') pauseAt(current - 1);
    else if (event.key === 'Home') pauseAt(0);
    else if (event.key === 'End') pauseAt(years.length - 1);
    else return;
    event.preventDefault();
  });
  slider.addEventListener('input', () => pauseAt(Number(slider.value)));
  element('play').addEventListener('click', () => play(!timer));
  addEventListener('resize', showChart);

  document.body.classList.toggle('light-paper', data.lightPaper);
  element('picture').style.aspectRatio = data.width + ' / ' + data.height;
  element('picture').style.setProperty('--paper', data.background);
  element('picture').style.maxWidth = 'calc(max(74vh, 20rem) * ' + data.width / data.height + ')';
  slider.max = years.length - 1;
  const [first, last] = [years[0].label, years[years.length - 1].label];
  element('span').textContent = years.length === 1 ? first : first + ' to ' + last + ' · ' + years.length + ' years';
  element('first').textContent = first;
  element('last').textContent = last;
  document.querySelector('.controls').style.display = years.length === 1 ? 'none' : '';
  element('year').style.minWidth = Math.max(...years.map(year => year.label.length)) + 'ch';
  element('note').textContent = 'Each line is the share of a word among all words of a year. '
    + (smoothed ? 'Years with few titles are averaged with their neighbors. ' : '')
    + 'Words outside the top words of a year count as 0. Click a word in the image or in the list to add it to the chart.';
  [...data.rose.slice(0, 3), ...data.fell.slice(0, 3)].forEach((word, slot) => { selected[slot] = word; });
  if (!selected.some(word => word !== null)) years[current].words.slice(0, 3).forEach(([word], slot) => { selected[slot] = word; suggested.add(word); });
  showChips();
  showChart();
  showYear(current);
})();
