// Runs in a page before it does: notes how long the page's thread works on each frame that follows a turn of the wheel or a
// move of the pointer, from the input until the frame is handed over, and how long it is from frame to frame. Plain, for the same
// reason as watch.js.
{
  const frames = { work: [], apart: [] };
  const { port1, port2 } = new MessageChannel();
  let began = 0;
  let last = 0;

  const input = () => {
    if (began === 0) began = performance.now();
  };
  const everyFrame = () => {
    requestAnimationFrame(everyFrame);
    const now = performance.now();
    if (began === 0) {
      last = 0;
      return;
    }
    if (last > 0) frames.apart.push(now - last);
    last = now;
    const from = began;
    began = 0;
    // comes when this frame was painted
    port2.postMessage(from);
  };

  port1.addEventListener('message', ({ data: from }) => frames.work.push(performance.now() - from));
  port1.start();
  window.watchedFrames = frames;
  window.addEventListener('wheel', input, { capture: true, passive: true });
  window.addEventListener('pointermove', input, { capture: true, passive: true });
  requestAnimationFrame(everyFrame);
}
