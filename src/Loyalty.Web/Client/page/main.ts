export { toggleFullscreen } from './fullscreen';
export { keepAwake, letSleep } from './wakeLock';
