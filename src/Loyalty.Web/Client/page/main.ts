import './countdown';

export { captureForm, closeDialog, showDialog, timeZone } from './forms';
export { toggleFullscreen } from './fullscreen';
export { listenToKeys } from './keys';
export { startRoom } from './room';
export { watchServer } from './server';
export { keepAwake, letSleep } from './wakeLock';
