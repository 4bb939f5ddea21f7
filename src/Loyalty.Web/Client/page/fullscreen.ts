/** Resolves to whether the page is full screen afterwards. Browsers without the API stay as they are. */
export async function toggleFullscreen(): Promise<boolean> {
  if (document.fullscreenElement) {
    await document.exitFullscreen();
  } else if (document.fullscreenEnabled) {
    await document.documentElement.requestFullscreen();
  }

  return document.fullscreenElement !== null;
}
