// Letters to tap in place of each select, which goes on holding the answer. A second tap takes the grade back.
import type { PhoneTools } from '../../Client/phone/tools';

export function enhance(form: HTMLFormElement, tools: PhoneTools): void {
  const template = form.querySelector<HTMLTemplateElement>('[data-grade-pick]');
  form.querySelectorAll<HTMLElement>('.grade-row').forEach(row => {
    const select = row.querySelector('select')!;
    if (!select.hidden) row.append(template!.content.cloneNode(true));
    select.hidden = true;
    const buttons = row.querySelectorAll('button');

    const show = () => {
      const [letter = '', sign = ''] = select.value;
      buttons.forEach(button => {
        const own = button.dataset['letter'];
        const on = own ? own === letter : button.dataset['sign'] === sign;
        button.setAttribute('aria-pressed', String(on));
        if (!own) button.disabled = ![...select.options].some(o => o.value === letter + button.dataset['sign']);
        else if (own !== '?') button.textContent = own + (on ? sign.replace('-', '−') : '');
      });
    };

    row.onclick = event => {
      const button = (event.target as Element).closest('button');
      if (!button) return;
      const [letter = '', sign = ''] = select.value;
      const { letter: own, sign: wanted = '' } = button.dataset;
      select.value = own ? (own === letter ? '' : own) : letter + (wanted === sign ? '' : wanted);
      show();
      form.querySelectorAll<HTMLElement>('[data-error]').forEach(error => (error.hidden = true));
      tools.changed();
    };
    show();
  });
}
