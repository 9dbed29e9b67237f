// Chips to choose several options of a list. Underneath they are checkboxes.
interface Props {
  legend: string
  hint?: string
  options: [string, string][]
  chosen: string[]
  onChoose(chosen: string[]): void
}

export function Picks({ legend, hint, options, chosen, onChoose }: Props) {
  const toggle = (key: string) =>
    onChoose(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div class="picks">
        {options.map(([key, name]) => (
          <label class="pick" key={key}>
            <input type="checkbox" checked={chosen.includes(key)} onChange={() => toggle(key)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
