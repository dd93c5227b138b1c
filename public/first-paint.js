// Decides before the first paint how the page looks. A file of its own: the policy of the page allows no inline script.
(function () {
  var page = document.documentElement;
  var theme = remembered('dramatis.theme');
  if (theme === 'light' || theme === 'dark') page.dataset.theme = theme;

  // the page comes with the first screen in it, which is not for those who have been here or go elsewhere
  var isFirstVisit = theme === null && remembered('dramatis.used') === null;
  page.dataset.firstScreen = isFirstVisit && location.pathname === '/' ? 'shown' : 'hidden';
  // pressed before the app listens: main.tsx presses it again
  document.addEventListener('click', ({ target }) => {
    if (page.dataset.firstScreen !== 'shown' || !(target instanceof Element)) return;
    target.closest('button')?.setAttribute('data-pressed', '');
  });

  /** @param {string} key */
  function remembered(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is blocked: nothing is remembered
    }
  }
})();
