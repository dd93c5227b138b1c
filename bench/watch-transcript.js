// Runs in the page before the app does: opens a session the way the app's links do, and notes when its last message was painted in
// sight. A file of its own and not a function of transcript-app.ts, because what compiles that one adds helpers that the page does
// not have.
/** @type {(address: string, last: string) => Promise<number>} */
window.openTranscript = (address, last) =>
  new Promise((resolve) => {
    /** @type {(message: Element) => boolean} */
    const isSeen = (message) => {
      const { top, bottom } = message.getBoundingClientRect();
      const isShown = message.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      return isShown && bottom > 0 && top < innerHeight;
    };
    const isInSight = () => [...document.querySelectorAll(`article[data-message="${last}"]`)].some(isSeen);
    const look = () => {
      // the frame it was seen in is painted when the next task runs
      if (isInSight()) setTimeout(() => resolve(performance.now() - began));
      else requestAnimationFrame(look);
    };
    const began = performance.now();
    history.pushState(null, '', address);
    requestAnimationFrame(look);
  });
