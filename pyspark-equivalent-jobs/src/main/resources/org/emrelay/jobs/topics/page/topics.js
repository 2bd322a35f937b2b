'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const element = id => document.getElementById(id);
  const topics = data.topics;
  const slider = element('lambda');
  let current = 0;

  const percent = share => share > 0 && share < 0.001 ? '< 0.1 %' : (100 * share).toFixed(share < 0.0995 ? 1 : 0) + ' %';
  const times = lift => (lift < 10 ? lift.toFixed(1) : Math.round(lift).toLocaleString('en')) + ' ×';
  // Sievert and Shirley, 2014.
  const relevance = ([, probability, lift], lambda) => lambda * Math.log(probability) + (1 - lambda) * Math.log(lift);

  function showTerms() {
    const {id, terms, longest} = topics[current];
    const lambda = Number(slider.value);
    const shown = [...terms].sort((one, other) => relevance(other, lambda) - relevance(one, lambda)).slice(0, data.bars);
    element('value').textContent = lambda;
    element(id).querySelectorAll('.terms li').forEach((row, place) => {
      const [term, probability, lift] = shown[place];
      const [all, own] = row.querySelectorAll('rect');
      const [share, factor] = row.querySelectorAll('span');
      row.querySelector('bdi').textContent = term;
      all.setAttribute('width', 100 * probability / lift / longest);
      own.setAttribute('width', 100 * probability / longest);
      share.textContent = percent(probability);
      factor.textContent = times(lift);
    });
  }

  function show(index) {
    current = (index + topics.length) % topics.length;
    topics.forEach(({id}, topic) => { element(id).hidden = topic !== current; });
    const target = '#' + topics[current].id;
    document.querySelectorAll('a[href^="#topic-"]').forEach(link => {
      const chosen = link.getAttribute('href') === target;
      link.classList.toggle('chosen', chosen);
      if (chosen) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current');
      const row = link.closest('tr');
      if (row) row.classList.toggle('chosen', chosen);
    });
    showTerms();
  }

  const indexOf = hash => topics.findIndex(({id}) => '#' + id === hash);

  function showHash() {
    const index = indexOf(location.hash);
    if (index >= 0) show(index);
  }

  function step(by) {
    show(current + by);
    history.replaceState(null, '', '#' + topics[current].id);
  }

  document.addEventListener('click', event => {
    const link = event.target.closest('a[href^="#topic-"]');
    if (!link) return;
    // Shown before the browser scrolls to it, because a hidden element has no position.
    const index = indexOf(link.getAttribute('href'));
    if (index < 0) return;
    show(index);
    if (link.closest('.overview') && innerWidth > 820) {
      event.preventDefault();
      history.replaceState(null, '', link.getAttribute('href'));
    }
  });
  addEventListener('hashchange', showHash);
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(details => { details.open = true; }));
  slider.addEventListener('input', showTerms);
  element('previous').addEventListener('click', () => step(-1));
  element('next').addEventListener('click', () => step(1));

  element('controls').hidden = false;
  show(Math.max(0, indexOf(location.hash)));
})();
