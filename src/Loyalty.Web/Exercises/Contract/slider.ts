/**
 * Shows the slider of each `<input type="range" data-slider="field" hidden>` and lets it say the same as the number field of that
 * name, which holds the answer. While the field is empty the slider is pale: nobody has answered by leaving it where it stands.
 */
export function sliders(form: HTMLFormElement): void {
  form.querySelectorAll<HTMLInputElement>('[data-slider]').forEach(slider => {
    const field = form.elements.namedItem(slider.dataset['slider']!) as HTMLInputElement;
    const show = (): void => {
      if (field.value) slider.value = field.value;
      slider.classList.toggle('untouched', !field.value);
    };
    slider.hidden = false;
    // A tap on where it stands already is an answer too, but no input.
    slider.oninput = slider.onclick = () => {
      field.value = slider.value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    field.addEventListener('input', show);
    show();
  });
}
